import { afterEach, describe, expect, test } from "vitest";
import { openSocketHouse, type SocketHouse, until, watch } from "../testing/socketHouse";

let house: SocketHouse;
afterEach(() => house.stop());

describe("slow readers", () => {
  test("FR-20, FR-21: one that does not read leaves its room, costs a bounded memory, and is right again when it reads", async () => {
    house = await openSocketHouse(Array.from({ length: 200 }, (_, i) => ({ id: `p${i}`, filter: `p/${i}` })));
    const [slow, good] = [await house.connected(), await house.connected()];
    await watch(slow);
    await watch(good);
    const values = new Map<number, unknown>();
    let rev = 0;
    slow.on("frame", (frame) => {
      expect(frame.prev).toBeLessThanOrEqual(rev || frame.prev);
      rev = frame.rev;
      for (const [index, value] of frame.values) values.set(index, value);
    });
    const tcp = (slow.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }).ws
      ._socket;
    tcp.pause();
    let round = 0;
    while (house.sockets.counters().slow_now === 0) {
      round++;
      for (let i = 0; i < 200; i++) house.say(`p/${i}`, `${round} ${"x".repeat(1000)}`);
      house.clock.advance(300);
      await new Promise((resolve) => setImmediate(resolve));
      expect(round).toBeLessThan(500);
    }
    const frozen = rev;
    for (let more = 0; more < 20; more++) {
      round++;
      for (let i = 0; i < 200; i++) house.say(`p/${i}`, `${round} end`);
      house.clock.advance(300);
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(rev).toBe(frozen);
    tcp.resume();
    while (house.sockets.counters().slow_now !== 0) {
      house.clock.advance(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => rev === house.live.rev);
    expect([...values.values()]).toEqual(Array.from({ length: 200 }, () => `${round} end`));
    house.say("p/7", "after");
    await until(() => values.get(7) === "after");
  });

  test("FR-22: after a minute of not reading it is let go", async () => {
    house = await openSocketHouse(Array.from({ length: 200 }, (_, i) => ({ id: `p${i}`, filter: `p/${i}` })));
    const slow = await house.connected();
    await watch(slow);
    (slow.io.engine.transport as unknown as { ws: { _socket: { pause(): void } } }).ws._socket.pause();
    for (let round = 0; house.sockets.counters().slow_now === 0; round++) {
      for (let i = 0; i < 200; i++) house.say(`p/${i}`, `${round} ${"x".repeat(1000)}`);
      house.clock.advance(300);
      await new Promise((resolve) => setImmediate(resolve));
    }
    house.clock.advance(60_100);
    await until(() => house.sockets.counters().sockets === 0);
    expect(house.sockets.counters().too_slow).toBe(1);
  });
});
