import { createServer, type Server, type Socket } from "node:net";
import { Aedes } from "aedes";
import { afterEach } from "vitest";
import { freePort, type Mosquitto, type MosquittoOptions, startMosquitto } from "../testing/mosquitto";
import { type Recorder, startRecorder } from "../testing/recorder";
import { createHarness, type Harness } from "./mqtt.harness";

export const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export const mosquitto = async (options?: MosquittoOptions): Promise<Mosquitto> => {
  const broker = await startMosquitto(options);
  cleanups.push(() => broker.stop());
  return broker;
};
export const harness = (parts?: Parameters<typeof createHarness>[0]): Harness => {
  const made = createHarness(parts);
  cleanups.push(() => made.brokers.stop());
  return made;
};
export const recorder = async (url: string): Promise<Recorder> => {
  const made = await startRecorder(url);
  cleanups.push(() => made.stop());
  return made;
};
export const listen = async (onSocket: (socket: Socket) => void): Promise<{ url: string; server: Server }> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
    onSocket(socket);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `mqtt://127.0.0.1:${port}`, server };
};

/** A broker that speaks MQTT 3.1.1 only. */
export const aedes = async (refuses: (filter: string) => boolean = () => false): Promise<string> => {
  const broker = await Aedes.createBroker({
    authorizeSubscribe: (_client, subscription, done) => done(null, refuses(subscription.topic) ? null : subscription),
  });
  const { url } = await listen((socket) => broker.handle(socket));
  cleanups.push(() => new Promise<void>((resolve) => broker.close(() => resolve())));
  return url;
};

/** Everything said before has been heard when this has come back. Retained, so that a subscription still under way hears it too. */
export const flush = async (h: Harness, from: Recorder, topic: string): Promise<void> => {
  const mark = crypto.randomUUID();
  await from.publish(topic, mark, { qos: 1, retain: true });
  await h.untilMessage((message) => Buffer.from(message.payload).toString() === mark);
};
