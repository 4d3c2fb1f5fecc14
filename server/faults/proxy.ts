import { createServer, type Socket, connect as tcpConnect } from "node:net";
import { createWaiting } from "./waiting";

/** A connection that somebody tried through the proxy: when (epoch ms), and the MQTT client id that it named. */
export interface Attempt {
  at: number;
  clientId: string;
}

/**
 * A wire between Telltale and its broker that can be cut, or swallow everything without a word (a firewall that forgot the
 * connection). Writes down each attempt to connect, whatever becomes of it.
 */
export interface Proxy {
  readonly port: number;
  readonly url: string;
  readonly attempts: readonly Attempt[];
  until(what: string, find: (attempts: readonly Attempt[]) => boolean, withinMs?: number): Promise<unknown>;
  /** From now on nothing comes through, nothing is refused, and what is on its way is lost. */
  swallow(): void;
  /** New connections work again; those that were swallowed stay dead. */
  heal(): void;
  /**
   * From now on nothing comes through, and nothing is lost: it waits, as in a network that stands still. `answers`: only what the target
   * sends waits, so that a client does not know yet what changed.
   */
  stall(what?: "all" | "answers"): void;
  /** What waited comes through. */
  resume(): void;
  stop(): Promise<void>;
}

/** The client id in a CONNECT: behind the fixed header, the protocol name, version, flags, keepalive and (MQTT 5) properties. */
function clientIdOf(packet: Buffer): string {
  if (packet.length < 12 || packet[0] !== 0x10) return "";
  let at = 2;
  while (((packet[at - 1] as number) & 0x80) !== 0) at++;
  at += 2 + packet.readUInt16BE(at);
  const version = packet[at] as number;
  at += 4;
  if (version === 5) at += 1 + (packet[at] as number);
  const length = packet.readUInt16BE(at);
  return packet.toString("utf8", at + 2, at + 2 + length);
}

export async function startProxy(target: { host: string; port: number }): Promise<Proxy> {
  const sockets = new Set<Socket>();
  /** To the target. */
  const servers = new WeakSet<Socket>();
  const dead = new WeakSet<Socket>();
  const attempts: Attempt[] = [];
  const waiting = createWaiting(() => JSON.stringify(attempts));
  let swallowing = false;
  let stalled: "all" | "answers" | undefined;
  const waits = (socket: Socket): boolean => stalled === "all" || (stalled === "answers" && servers.has(socket));

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => sockets.delete(socket));
    return socket;
  };

  function join(client: Socket, first: Buffer): void {
    const server = keep(tcpConnect(target));
    servers.add(server);
    const pass = (from: Socket, to: Socket) => {
      from.on("data", (chunk) => {
        if (!dead.has(client)) to.write(chunk);
      });
      from.on("error", () => to.destroy());
      from.on("close", () => {
        // The end of a swallowed connection is not told to the other side either.
        if (!dead.has(client)) to.destroy();
      });
    };
    pass(client, server);
    pass(server, client);
    for (const socket of [client, server]) if (waits(socket)) socket.pause();
    server.write(first);
  }

  const listener = createServer((client) => {
    const at = Date.now();
    keep(client);
    client.on("error", () => client.destroy());
    client.once("data", (first: Buffer) => {
      attempts.push({ at, clientId: clientIdOf(first) });
      if (swallowing) {
        dead.add(client);
        client.resume();
      } else join(client, first);
      waiting.look();
    });
    if (waits(client)) client.pause();
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("no port");

  return {
    port: address.port,
    url: `mqtt://127.0.0.1:${address.port}`,
    attempts,
    until: (what, find, withinMs) => waiting.until(what, () => find(attempts), withinMs),
    swallow() {
      swallowing = true;
      for (const socket of sockets) dead.add(socket);
    },
    heal() {
      swallowing = false;
    },
    stall(what = "all") {
      stalled = what;
      for (const socket of sockets) if (waits(socket)) socket.pause();
    },
    resume() {
      stalled = undefined;
      for (const socket of sockets) socket.resume();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}
