import { connect, Socket } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { BrokerId } from "../../lib/ids";
import type { Said } from "../../lib/texts/said";
import { saying } from "../../lib/texts/said.harness";
import type { TopicFilter } from "../../lib/topics/parse";
import { createFakeClock } from "../testing/fakeClock";
import { harness, listen, mosquitto, recorder } from "./brokers.harness";
import { classifyDisconnect } from "./connectionFaults";
import { type Link, openLink } from "./link";
import { MAIN } from "./mqtt.harness";
import { reconnectDelay } from "./reconnectPolicy";
import { createShortConnections, explainShort, ROW, STEADY_MS } from "./shortConnections";

const CONNACK_5 = Buffer.from([0x20, 0x03, 0x00, 0x00, 0x00]);
const TAKEN_OVER = Buffer.from([0xe0, 0x02, 0x8e, 0x00]);

test("FA-108: closing a connection ends, also when the broker hangs up while it is at it", async () => {
  const h = harness();
  const { url } = await mosquitto();
  h.apply({ url }, {});
  await h.untilReady();
  // Both connections say goodbye; the broker has answered that, and the time for politeness is over, when the loop comes to look.
  const end = Socket.prototype.end;
  vi.spyOn(Socket.prototype, "end").mockImplementation(function (this: Socket, ...args: unknown[]) {
    Reflect.apply(end, this, args);
    for (const until = performance.now() + 400; performance.now() < until; );
    return this;
  });
  onTestFinished(() => void vi.restoreAllMocks());
  await h.brokers.stop();
});

describe("connections that last only seconds", () => {
  test("FA-22: a broker that accepts and hangs up is offline since the first time, and how often is counted", async () => {
    const { url } = await listen((socket) => socket.once("data", () => socket.end(CONNACK_5)));
    const h = harness();
    const from = Date.now();
    h.apply({ url, clientId: "boiler-room" }, { "a/#": 0 });
    const state = await h.untilState((s) => s.state === "offline" && (s.short?.times ?? 0) >= ROW + 1);
    expect(state).toMatchObject({ fault: "lost", reason: saying('the client id "boiler-room"') });
    expect(state.since).toBe(state.short?.since);
    expect(state.since - from).toBeLessThan(Date.now() - state.since);
  });

  test("FA-107: they come less and less often, up to 30 s, and a long connection or a failed attempt ends the row", () => {
    const shorts = createShortConnections();
    const longest: number[] = [];
    for (let i = 0; i < 10; i++) {
      shorts.ended(1500, i * 1000, false);
      longest.push(Math.round(reconnectDelay(shorts.failures(), "lost", 0.999_999) / 1000));
    }
    expect(longest).toEqual([2, 2, 4, 8, 16, 30, 30, 30, 30, 30]);
    // Two clients with one id take turns: each lasts as long as the other one waits.
    expect(shorts.ended(30_000, 100_000, false)).toEqual({ since: 0, times: 11 });
    expect(shorts.ended(STEADY_MS, 200_000, false)).toBeUndefined();
    // Below three in a row ten seconds are long: a broker that restarts twice is no reason to wait.
    expect(shorts.ended(9999, 1, false)).toEqual({ since: 1, times: 1 });
    expect(shorts.ended(10_000, 2, false)).toBeUndefined();
    shorts.ended(1000, 1, false);
    shorts.failed();
    expect(shorts.ended(1000, 2, false)).toEqual({ since: 2, times: 1 });
  });

  test("FA-23: a take-over is named as such at once, and each one counts however long the connection lasted", async () => {
    const { url } = await listen((socket) =>
      socket.once("data", () => socket.end(Buffer.concat([CONNACK_5, TAKEN_OVER]))),
    );
    const h = harness();
    h.apply({ url }, { "a/#": 0 });
    const state = await h.untilState((s) => s.state === "offline");
    expect(state).toMatchObject({ reason: saying("same client id") });
    expect(classifyDisconnect(0x8e).takenOver).toBe(true);
    const shorts = createShortConnections();
    expect([1, 2, 3].map((n) => shorts.ended(STEADY_MS * 2, n, true)?.times)).toEqual([1, 2, 3]);
    const told = classifyDisconnect(0x8e);
    expect(explainShort(told, { id: MAIN, url }).reason).toBe(told.reason);
  });
});

test("FA-28: brokers that do not answer a CONNECT or a SUBSCRIBE hold up no other broker", async () => {
  const mute = await listen((socket) => void socket.resume());
  let asked = () => {};
  const unanswered = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const deaf = await listen((socket) =>
    socket.once("data", () => {
      socket.write(CONNACK_5);
      socket.once("data", asked);
    }),
  );
  const broker = await mosquitto();
  const h = harness();
  const wants = new Map([["a/#" as TopicFilter, 0 as const]]);
  const other = (id: string, url: string) => ({ id: id as BrokerId, url });
  const all = [{ id: MAIN, url: broker.url }, other("mute", mute.url), other("deaf", deaf.url)];
  h.brokers.apply(all, new Map(all.map(({ id }) => [id, wants])));
  await unanswered;
  await h.untilReady();
  expect(await h.brokers.publish(h.command("a/b", "1"))).toEqual({ outcome: "acked" });
  await h.untilMessage((m) => m.topic === "a/b");
  expect(h.brokers.states().map(({ id, state }) => [id, state])).toEqual([
    [MAIN, "connected"],
    ["mute", "connecting"],
    ["deaf", "connected"],
  ]);
  expect(["mute", "deaf"].map((id) => h.brokers.connected(id as BrokerId))).toEqual([false, false]);
});

describe("a packet that is too large", () => {
  /** Lets nobody in with MQTT 5, hands everything else through, and counts what goes to the client. */
  const downgrade = async (port: number) => {
    const passed = { bytes: 0 };
    const { url } = await listen((socket) => {
      socket.once("data", (first: Buffer) => {
        // The protocol level stands behind the fixed header, the name "MQTT" and its length.
        if (first[8] === 5) return socket.end(Buffer.from([0x20, 0x03, 0x00, 0x84, 0x00]));
        const upstream: Socket = connect(port, "127.0.0.1");
        upstream.on("error", () => socket.destroy());
        socket.on("close", () => upstream.destroy());
        upstream.on("close", () => socket.destroy());
        upstream.on("data", (chunk) => {
          passed.bytes += chunk.length;
        });
        upstream.write(first);
        socket.pipe(upstream);
        upstream.pipe(socket);
      });
    });
    return { url, passed };
  };

  test("FA-24: over MQTT 3.1.1 the connection is cut at its header and the topic is named; retained, it is not asked for each second", async () => {
    const MIB = 1024 * 1024;
    const broker = await mosquitto();
    const device = await recorder(broker.url);
    const { url, passed } = await downgrade(broker.port);
    const h = harness();
    h.apply({ url }, { "camera/#": 0 });
    await h.untilReady();
    await device.publish("camera/hall", "x".repeat(32 * MIB), { qos: 1, retain: true });
    const state = await h.untilState((s) => s.state === "offline");
    expect(state).toMatchObject({
      fault: "too-large",
      reason: saying(/"camera\/hall" of 32 MiB, more than the 16 MiB/),
    });
    // What the sockets of both sides hold; the rest of it was never taken in.
    expect(passed.bytes).toBeLessThan(16 * MIB);
    expect(h.messages).toEqual([]);
    const again = await h.untilState((s) => s.state === "offline" && (s.short?.times ?? 0) >= ROW);
    expect(again).toMatchObject({ fault: "too-large", since: again.short?.since });
  });
});

describe("signs of life", () => {
  const LOOK = 1000;
  /** A link to a real broker whose watch moves with a fake clock. */
  const watched = async () => {
    const broker = await mosquitto();
    const clock = createFakeClock();
    const pings: number[] = [];
    let looks = 0;
    let ended: Said | undefined;
    const heard = new Set<() => void>();
    const link = await new Promise<Link>((resolve) => {
      openLink(
        {
          broker: { id: MAIN, url: broker.url },
          clientId: "watched",
          protocol: "5",
          clock,
          keepaliveMs: LOOK * 10,
          connectTimeoutMs: 60_000,
        },
        {
          onUp: (link) => link.client.subscribe("beat", () => resolve(link)),
          onDown: ({ reason }) => {
            ended = reason;
          },
          onMessage: () => {
            for (const done of heard) done();
          },
        },
      );
    });
    link.client.on("packetsend", ({ cmd }) => {
      if (cmd === "pingreq") pings.push(looks);
    });
    return {
      broker,
      link,
      pings,
      look: () => {
        looks++;
        clock.advance(LOOK);
      },
      nextMessage: () =>
        new Promise<void>((resolve) => {
          const done = () => {
            heard.delete(done);
            resolve();
          };
          heard.add(done);
        }),
      nextPong: () => new Promise<void>((resolve) => link.client.once("packetreceive", () => resolve())),
      ended: () => ended,
    };
  };

  test("FA-25: while messages arrive a ping goes out every 40 s only; in silence after 3 s, then every 4 s", async () => {
    const { broker, link, pings, look, nextMessage, nextPong } = await watched();
    const device = await recorder(broker.url);
    for (let i = 0; i < 85; i++) {
      const arrived = nextMessage();
      await device.publish("beat", String(i));
      await arrived;
      look();
    }
    expect(pings).toEqual([40, 80]);
    pings.length = 0;
    for (let i = 0; i < 12; i++) {
      const answered = nextPong();
      const before = pings.length;
      look();
      if (pings.length > before) await answered;
    }
    expect(pings).toEqual([88, 92, 96]);
    await link.close();
  });

  test("FA-25: a dead broker is found within 15 s", async () => {
    const { broker, link, look, ended } = await watched();
    broker.freeze();
    const down = new Promise<void>((resolve) => link.client.once("close", () => resolve()));
    for (let i = 0; i < 14; i++) look();
    await down;
    expect(ended()).toEqual(saying(/stopped responding/));
    broker.thaw();
  });
});
