import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server, type Socket } from "socket.io";
import { afterEach, describe, expect, test } from "vitest";
import { PROTOCOL_VERSION } from "../lib/protocolLimits";
import { type LiveWire, liveWire } from "./liveWire";

/** The page's side of Socket.IO against Socket.IO's own server. */

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function serve(options: { pingInterval?: number; pingTimeout?: number } = {}) {
  const http = createServer();
  const io = new Server(http, { transports: ["websocket"], ...options });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  stops.push(() => io.close());
  return { io, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}

function pageOf(url: string) {
  const wire = liveWire(url, "user=ann", { retryMs: { first: 10, most: 50 } });
  stops.push(() => wire.socket.disconnect());
  return wire;
}

const next = <T = unknown>(wire: LiveWire, event: string): Promise<T> =>
  new Promise((resolve) => wire.socket.on(event as "connect", resolve as () => void));
const joins = (io: Server): Promise<Socket> => new Promise((resolve) => io.once("connection", resolve));
const LOOK = { view: { kind: "everything" as const } };

describe("the page's socket", () => {
  test("FR-92: is let in with its version, hears events, and has its questions answered each by its own answer", async () => {
    const { io, url } = await serve();
    const page = pageOf(url);
    const joined = joins(io);
    page.socket.connect();
    const [seat] = await Promise.all([joined, next(page, "connect")]);
    expect(seat.handshake.auth).toEqual({ protocol: PROTOCOL_VERSION });
    expect(seat.handshake.headers.cookie).toBe("user=ann");

    const later: ((reply: unknown) => void)[] = [];
    seat.on("view:watch", (_request, ack) => void later.push(ack));
    seat.on("view:sync", (request, ack) => ack({ ok: true, value: request }));
    const first = page.socket.timeout(5000).emitWithAck("view:watch", LOOK);
    const second = page.socket
      .timeout(5000)
      .emitWithAck("view:sync", { room: "[é\u2028", since: { epoch: "e", rev: 1 } });
    expect(await second).toEqual({ ok: true, value: { room: "[é\u2028", since: { epoch: "e", rev: 1 } } });
    later[0]?.({ ok: true, value: "late" });
    expect(await first).toEqual({ ok: true, value: "late" });

    const heard = next(page, "view:changed");
    seat.emit("view:changed", { room: "r" });
    expect(await heard).toEqual({ room: "r" });
  });

  test("FR-93: keeps nothing for later, and whoever waits for an answer learns when none will come", async () => {
    const { io, url } = await serve();
    const page = pageOf(url);
    const got: unknown[] = [];
    io.on("connection", (seat) => seat.on("view:watch", (request) => got.push(request)));
    await expect(page.socket.timeout(5000).emitWithAck("view:watch", LOOK)).rejects.toThrow("There is no connection.");
    page.socket.connect();
    await next(page, "connect");
    await expect(page.socket.timeout(20).emitWithAck("view:watch", LOOK)).rejects.toThrow("No answer in time.");
    await expect.poll(() => got).toEqual([LOOK]);
    const order: string[] = [];
    page.socket.on("disconnect", () => order.push("disconnect"));
    const waiting = page.socket.timeout(60_000).emitWithAck("view:watch", LOOK);
    page.cut();
    await expect(waiting.finally(() => order.push("answer"))).rejects.toThrow("The connection was lost.");
    expect(order).toEqual(["disconnect", "answer"]);
  });

  test("FR-94: comes back by itself after a broken connection, and not after the server hung up or refused it", async () => {
    const { io, url } = await serve();
    let refuse = false;
    io.use((_, admit) =>
      admit(refuse ? Object.assign(new Error("Sign in first."), { data: { code: "signed-out" } }) : undefined),
    );
    const page = pageOf(url);
    const ends: string[] = [];
    page.socket.on("disconnect", (reason) => ends.push(reason));
    const first = joins(io);
    page.socket.connect();
    await first;
    const again = joins(io);
    await next(page, "connect");
    page.cut();
    const seat = await again;
    expect(page.socket.active).toBe(true);
    const gone = next(page, "disconnect");
    seat.disconnect(true);
    await gone;
    expect(ends).toEqual(["transport close", "io server disconnect"]);
    expect(page.socket.active).toBe(false);

    refuse = true;
    const refused = next<Error>(page, "connect_error");
    page.socket.connect();
    expect(await refused).toMatchObject({ message: "Sign in first.", data: { code: "signed-out" } });
    expect(page.socket.active).toBe(false);
    expect(page.opened).toHaveLength(3);
  });

  test("FR-94: tries again while there is no server, and ends when it is told to", async () => {
    const { io, url } = await serve();
    await io.close();
    const page = pageOf(url);
    let failures = 0;
    const thrice = new Promise<void>((resolve) => page.socket.on("connect_error", () => ++failures === 3 && resolve()));
    page.socket.connect();
    await thrice;
    page.socket.disconnect();
    expect(page.socket.active).toBe(false);
    expect(page.opened).toHaveLength(3);
  });

  test("FR-95: answers the server's pings, and takes a server that no longer pings for gone", async () => {
    const { io, url } = await serve({ pingInterval: 30, pingTimeout: 5000 });
    const page = pageOf(url);
    const joined = joins(io);
    page.socket.connect();
    const seat = await joined;
    await new Promise<void>((resolve) => {
      let pongs = 0;
      seat.conn.on("heartbeat", () => ++pongs === 5 && resolve());
    });
    expect(seat.connected).toBe(true);

    const deaf = await serve({ pingInterval: 30, pingTimeout: 30 });
    const other = pageOf(deaf.url);
    other.socket.connect();
    await next(other, "connect");
    const lost = next(other, "disconnect");
    // What the server sends no longer arrives.
    other.opened[0]?.pause();
    expect(await lost).toBe("timeout");
    other.opened[0]?.resume();
  });
});
