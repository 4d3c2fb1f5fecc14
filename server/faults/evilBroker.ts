import { createServer, type Socket } from "node:net";

/** Takes MQTT 5 clients in, answers the first subscription, and then says what no broker may say. */
export interface EvilBroker {
  readonly url: string;
  stop(): Promise<void>;
}

const CONNACK = Buffer.from([0x20, 0x03, 0x00, 0x00, 0x00]);
const PINGRESP = Buffer.from([0xd0, 0x00]);

/** A PUBLISH at QoS 0, MQTT 5, with the topic's bytes as given. */
export function publishOf(topic: Uint8Array, payload: Uint8Array): Buffer {
  const length = 2 + topic.length + 1 + payload.length;
  if (length > 127) throw new Error("too long for one length byte");
  return Buffer.concat([
    Buffer.from([0x30, length, topic.length >> 8, topic.length & 0xff]),
    topic,
    Buffer.from([0]),
    payload,
  ]);
}

export async function startEvilBroker(evil: (socket: Socket) => void): Promise<EvilBroker> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      const type = (bytes[0] as number) & 0xf0;
      if (type === 0x10) socket.write(CONNACK);
      if (type === 0xc0) socket.write(PINGRESP);
      if (type !== 0x80) return;
      socket.write(Buffer.from([0x90, 0x04, bytes[2] as number, bytes[3] as number, 0x00, 0x00]));
      evil(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `mqtt://127.0.0.1:${address.port}`,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
