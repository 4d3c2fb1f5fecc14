import { describe, expect, test } from "vitest";
import type { Clock } from "@/lib/clock";
import type { CommandFate, CommandRequest } from "@/lib/command";
import { CommandId, type PointId } from "@/lib/ids";
import type { Snapshot } from "@/lib/protocol";
import { asWording } from "@/lib/texts/said";
import { disabledReason } from "./disabled";
import { createGestureSender, newCommandId } from "./gestureSender";
import { createServerStamps } from "./serverStamps";
import type { LiveSocket } from "./socket";
import { type Connection, createLiveStore, type PointView } from "./store";
import { createUnansweredGestures } from "./unansweredGestures";

const LAMP = "lamp" as PointId;
const info = { id: "lamp", registration: "lamp", origin: "store", broker: "main", name: "Lamp", operable: true };
const painted = {
  room: "r",
  epoch: "e",
  rev: 7,
  now: 0,
  points: [info],
  values: [],
  commands: [],
  brokers: [],
} as unknown as Snapshot;

type Answer = (error: Error | null, reply?: unknown) => void;

/** The socket's sending side, and time by hand. */
function setUp(connected = true, left: readonly CommandFate[] = []) {
  const sent: { event: string; request: CommandRequest; answer: Answer; timeout: number }[] = [];
  let time = 0;
  let setBack = 0;
  const due = new Set<{ at: number; run: () => void }>();
  const socket = {
    connected,
    timeout: (timeout: number) => ({
      emit: (event: string, request: CommandRequest, answer: Answer) =>
        void sent.push({ event, request, answer, timeout }),
    }),
  } as unknown as LiveSocket;
  const store = createLiveStore(painted);
  const stamps = createServerStamps(() => time);
  stamps.heard({ epoch: "e", now: 1_000_000 });
  const timers: Clock = {
    now: () => time - setBack,
    monotonic: () => time,
    after(ms, run) {
      const timer = { at: time + ms, run };
      due.add(timer);
      return () => void due.delete(timer);
    },
    every: () => () => undefined,
  };
  const unanswered = createUnansweredGestures(undefined);
  for (const gesture of left) unanswered.add(gesture);
  const sender = createGestureSender({ socket, store, stamps, timers, unanswered });
  return {
    sent,
    store,
    stamps,
    unanswered,
    sender,
    gesture: () => store.getState().gestures.get(LAMP),
    command: () => store.getState().points.get(LAMP)?.command,
    answer: (i: number, state = "sent") => {
      const request = sent[i]?.request;
      sent[i]?.answer(null, {
        ok: true,
        value: { ...request, by: "Ann", at: i, state, code: "busy", reason: "busy: Ben" },
      });
    },
    /** Somebody sets the clock of the page's machine back. */
    setBack(ms: number) {
      setBack += ms;
    },
    advance(ms: number) {
      for (const until = time + ms; time < until; ) {
        time++;
        for (const timer of [...due]) if (timer.at <= time && due.delete(timer)) timer.run();
      }
    },
  };
}

describe("gestures", () => {
  test("FR-70: one id, the value and the revision, once; the answer clears the asking", () => {
    const h = setUp();
    h.sender.send(LAMP, true, { confirmed: true });
    expect(h.sent[0]).toMatchObject({
      timeout: 3000,
      request: { point: "lamp", value: true, rev: 7, confirmed: true },
    });
    expect(CommandId.safeParse(h.sent[0]?.request.id).success).toBe(true);
    expect(h.gesture()).toMatchObject({ phase: "asking", value: true });
    h.answer(0);
    expect(h.gesture()).toBeUndefined();
    expect(h.command()).toMatchObject({ state: "sent", by: "Ann" });
  });

  test("FR-70: no answer is unknown, not failed, and nothing is sent again", () => {
    const h = setUp();
    h.sender.send(LAMP, true);
    h.sent[0]?.answer(new Error("timed out"));
    h.advance(60_000);
    expect(h.gesture()).toMatchObject({ phase: "unanswered", reason: expect.stringMatching(/not known yet/) });
    expect(h.sent.filter(({ event }) => event === "command:send")).toHaveLength(1);
  });

  test("FR-76: of a gesture that was not answered the page asks for the fate until it knows it", () => {
    const h = setUp();
    h.store.setConnection({ state: "live" });
    h.sender.send(LAMP, true);
    const id = h.sent[0]?.request.id;
    h.sent[0]?.answer(new Error("timed out"));
    expect(h.sent[1]).toMatchObject({ event: "command:fate", request: { id, point: "lamp", value: true } });
    h.sent[1]?.answer(new Error("timed out"));
    expect(h.gesture()).toMatchObject({ phase: "unanswered" });
    h.advance(2000);
    expect(h.sent[2]?.event).toBe("command:fate");
    h.store.setConnection({ state: "offline", since: 0, reason: asWording("") });
    h.sent[2]?.answer(new Error("disconnected"));
    h.advance(10_000);
    expect(h.sent).toHaveLength(3);
    h.store.setConnection({ state: "live" });
    h.sent[3]?.answer(null, {
      ok: true,
      value: { id, point: "lamp", value: true, state: "refused", code: "too-late", reason: "Not sent." },
    });
    expect(h.gesture()).toMatchObject({ phase: "refused", code: "too-late" });
    expect(h.unanswered.all()).toEqual([]);
  });

  test("FR-76: what was not answered before a reload is asked for after it", () => {
    const before = setUp();
    before.sender.send(LAMP, true);
    const [left] = before.unanswered.all();
    const h = setUp(true, [left as CommandFate]);
    h.store.setConnection({ state: "live" });
    expect(h.sent).toMatchObject([{ event: "command:fate", request: left }]);
    h.sent[0]?.answer(null, { ok: true, value: { ...left, state: "refused", code: "too-late", reason: "Not sent." } });
    expect(h.gesture()).toMatchObject({ phase: "refused", id: left?.id });
  });

  test("FR-105: nothing is sent before the server's clock was heard on this connection", () => {
    const h = setUp();
    h.advance(1200);
    h.sender.send(LAMP, true);
    expect(h.sent[0]?.request.age).toEqual({ epoch: "e", stamp: 1_000_000, since: 1200 });
    h.stamps.forget();
    h.sender.send(LAMP, false);
    expect(h.sent).toHaveLength(1);
    expect(h.gesture()).toMatchObject({ phase: "refused", code: "not-connected" });
  });

  test("FR-71: without a connection nothing is sent, now or later", () => {
    const h = setUp(false);
    h.sender.send(LAMP, true);
    expect(h.sent).toEqual([]);
    expect(h.gesture()).toMatchObject({ phase: "refused", code: "not-connected" });
  });

  test("FR-72: a refusal stays until the next gesture, and a late answer does not disturb that", () => {
    const h = setUp();
    h.sender.send(LAMP, 1);
    h.answer(0, "refused");
    expect(h.gesture()).toMatchObject({ phase: "refused", code: "busy", reason: "busy: Ben" });
    h.sender.send(LAMP, 2);
    h.sender.send(LAMP, 3);
    h.answer(1, "refused");
    expect(h.gesture()).toMatchObject({ phase: "asking", value: 3 });
  });

  test("FR-73: a moving slider sends at most ten a second, and its last value always", () => {
    const h = setUp();
    let answered = 0;
    for (let value = 1; value <= 1000; value++) {
      h.sender.slide(LAMP, value);
      h.advance(1);
      // The server answers after 20 ms.
      while (answered < h.sent.length && h.sent.length > 0 && value % 20 === 0) h.answer(answered++);
    }
    h.advance(50);
    while (answered < h.sent.length) h.answer(answered++);
    h.advance(200);
    while (answered < h.sent.length) h.answer(answered++);
    h.advance(1000);
    expect(h.sent.length).toBeLessThanOrEqual(12);
    expect(h.sent.length).toBeGreaterThan(7);
    expect(h.sent.at(-1)?.request.value).toBe(1000);
    expect(new Set(h.sent.map((s) => s.request.id)).size).toBe(h.sent.length);
  });

  test("FA-109: a slider that moves goes on sending where the page's clock is set back", () => {
    const h = setUp();
    h.sender.slide(LAMP, 1);
    h.sender.slide(LAMP, 2);
    h.setBack(3_600_000);
    h.answer(0);
    h.advance(100);
    expect(h.sent.map(({ request }) => request.value)).toEqual([1, 2]);
  });

  test("FR-70: ids are UUIDs without a secure context", () => {
    for (let i = 0; i < 50; i++) expect(CommandId.safeParse(newCommandId()).success).toBe(true);
  });
});

describe("FR-74: a control that cannot be used says why", () => {
  const point = (more: object = {}, status: object = { freshness: "live", since: 0 }): PointView =>
    ({
      info: { ...info, command: { kind: "switch" }, ...more },
      value: true,
      at: 0,
      status,
      command: undefined,
    }) as unknown as PointView;
  const live: Connection = { state: "live" };
  test.each<[string, PointView | undefined, Connection, RegExp | undefined, waitsFor?: string]>([
    ["all well", point(), live, undefined],
    ["no such point", undefined, live, /not known/],
    ["a sensor", point({ command: undefined }), live, /sensor/],
    ["no right", point({ operable: false }), live, /no right to control/],
    [
      "offline device",
      point({}, { freshness: "offline", since: 0, reason: "broker main: refused" }),
      live,
      /broker main: refused/,
    ],
    ["stale is no obstacle", point({}, { freshness: "stale", since: 0 }), live, undefined],
    ["FA-29: a broker that takes no commands yet", point(), live, /"Farm" does not take commands yet/, "Farm"],
    ["page offline", point(), { state: "offline", since: 0, reason: asWording("") }, /not connected/],
    ["page silent", point(), { state: "silent", since: 0 }, /received nothing/],
  ])("%s", (_, view, connection, reason, waitsFor) => {
    const offline = view?.status.freshness === "offline" ? view.status : undefined;
    const said = disabledReason(view?.info, offline, connection, waitsFor);
    if (reason) expect(said).toMatch(reason);
    else expect(said).toBeUndefined();
  });
});
