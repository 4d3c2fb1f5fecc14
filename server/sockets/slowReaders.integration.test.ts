import { afterEach, describe, expect, test } from "vitest";
import { openSocketTestBed, type SocketTestBed, until, watch } from "../testing/socketTestBed";

let bed: SocketTestBed;
afterEach(() => bed.stop());

describe("slow readers", () => {
  test("FR-20, FR-21: one that does not read leaves its room, costs a bounded memory, and is right again when it reads", async () => {
    bed = await openSocketTestBed(Array.from({ length: 200 }, (_, i) => ({ id: `p${i}`, filter: `p/${i}` })));
    const [slow, good] = [await bed.connected(), await bed.connected()];
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
    while (bed.sockets.counters().slow_now === 0) {
      round++;
      for (let i = 0; i < 200; i++) bed.say(`p/${i}`, `${round} ${"x".repeat(1000)}`);
      bed.clock.advance(300);
      await new Promise((resolve) => setImmediate(resolve));
      expect(round).toBeLessThan(500);
    }
    const frozen = rev;
    for (let more = 0; more < 20; more++) {
      round++;
      for (let i = 0; i < 200; i++) bed.say(`p/${i}`, `${round} end`);
      bed.clock.advance(300);
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(rev).toBe(frozen);
    tcp.resume();
    while (bed.sockets.counters().slow_now !== 0) {
      bed.clock.advance(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => rev === bed.live.rev);
    expect([...values.values()]).toEqual(Array.from({ length: 200 }, () => `${round} end`));
    bed.say("p/7", "after");
    await until(() => values.get(7) === "after");
  });

  test("FR-22, FA-109: after a minute of not reading it is let go, also where the clock is set back meanwhile", async () => {
    bed = await openSocketTestBed(Array.from({ length: 200 }, (_, i) => ({ id: `p${i}`, filter: `p/${i}` })));
    const slow = await bed.connected();
    await watch(slow);
    (slow.io.engine.transport as unknown as { ws: { _socket: { pause(): void } } }).ws._socket.pause();
    for (let round = 0; bed.sockets.counters().slow_now === 0; round++) {
      for (let i = 0; i < 200; i++) bed.say(`p/${i}`, `${round} ${"x".repeat(1000)}`);
      bed.clock.advance(300);
      await new Promise((resolve) => setImmediate(resolve));
    }
    bed.clock.setBack(3_600_000);
    bed.clock.advance(60_100);
    await until(() => bed.sockets.counters().sockets === 0);
    expect(bed.sockets.counters().too_slow).toBe(1);
  });
});
