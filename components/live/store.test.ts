import { describe, expect, test } from "vitest";
import type { Command } from "@/lib/command";
import type { PointId } from "@/lib/ids";
import type { Frame, Snapshot } from "@/lib/protocol";
import { createLiveStore } from "./store";

const id = (text: string) => text as PointId;
const NOW = 1_000_000;
const snapshot = (more: Partial<Snapshot> = {}): Snapshot =>
  ({
    room: "room",
    epoch: "run",
    rev: 10,
    now: NOW,
    points: [
      { id: "a", registration: "a", origin: "store", broker: "main", name: "A", operable: false },
      { id: "b", registration: "b", origin: "store", broker: "main", name: "B", operable: true },
    ],
    values: [
      [0, 1, NOW, { freshness: "live", since: NOW }],
      [1, null, null, { freshness: "unknown", since: NOW }],
    ],
    commands: [],
    brokers: [],
    ...more,
  }) as Snapshot;
const frame = (more: Partial<Frame>): Frame => ({
  room: "room",
  epoch: "run",
  prev: 10,
  rev: 11,
  now: NOW,
  values: [],
  ...more,
});
const sent = {
  id: "00000000-0000-4000-8000-000000000001",
  point: "b",
  value: true,
  by: "Ann",
  at: 5,
  state: "sent",
} as Command;

describe("the page's store", () => {
  test("FR-50: who listens to a point hears of each change of it, and of no other", () => {
    const store = createLiveStore(snapshot());
    const heard: string[] = [];
    store.onPoint(id("a"), () => heard.push("a"));
    const end = store.onPoint(id("b"), () => heard.push("b"));
    store.onConnection(() => heard.push("connection"));
    store.onPage(() => heard.push("page"));
    store.applyFrame(frame({ values: [[0, 2, NOW + 1]] }));
    expect(heard).toEqual(["a"]);
    store.learnCommand(sent);
    store.setConnection({ state: "live" });
    expect(heard).toEqual(["a", "b", "connection", "page"]);
    store.setGesture(id("b"), { phase: "asking", id: "g", value: true });
    expect(heard.splice(0)).toEqual(["a", "b", "connection", "page", "page"]);
    end();
    store.applyFrame(frame({ prev: 11, rev: 12, values: [[1, 3, NOW + 2]] }));
    expect(heard).toEqual([]);
  });

  test("UI-34: a frame looks at the points that it names, not at all that are listened to", () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({ ...snapshot().points[0], id: id(`p${i}`) }));
    const store = createLiveStore(snapshot({ points: many as Snapshot["points"], values: [] }));
    const heard: string[] = [];
    for (const { id } of many) store.onPoint(id, () => heard.push(id));
    const { points } = store.getState();
    const looked: string[] = [];
    const { get } = points;
    (points as { get: typeof get }).get = (id) => {
      looked.push(id);
      return get(id);
    };
    store.applyFrame(frame({ values: [[7, 1, NOW]] }));
    expect(heard).toEqual(["p7"]);
    expect(new Set(looked)).toEqual(new Set(["p7"]));
  });

  test("FR-50: a frame is one change, and what it does not name keeps its reference", () => {
    const store = createLiveStore(snapshot());
    const before = store.getState();
    let changes = 0;
    store.subscribe(() => changes++);
    expect(store.applyFrame(frame({ values: [[0, 2, NOW + 1]], commands: [] }))).toBe("applied");
    const after = store.getState();
    expect(changes).toBe(1);
    expect(after.points.get(id("b"))).toBe(before.points.get(id("b")));
    expect(after.points.get(id("a"))).toMatchObject({ value: 2, at: NOW + 1 });
    expect(after.points.get(id("a"))?.status).toBe(before.points.get(id("a"))?.status);
    expect(after.ids).toBe(before.ids);
    store.catchUp(
      {
        kind: "snapshot",
        ...snapshot({
          rev: 12,
          values: [
            [0, 2, NOW + 1, { freshness: "live", since: NOW }],
            [1, 7, NOW, { freshness: "live", since: NOW }],
          ],
        }),
      },
      NOW,
    );
    expect(store.getState().points.get(id("a"))).toBe(after.points.get(id("a")));
    expect(store.getState().points.get(id("b"))?.value).toBe(7);
  });

  test.each<[string, Partial<Frame>, string]>([
    ["another room", { room: "other" }, "ignored"],
    ["another run", { epoch: "before" }, "ignored"],
    ["known already", { prev: 9, rev: 10 }, "ignored"],
    ["after a gap", { prev: 11, rev: 12 }, "gap"],
    ["overlapping what is known", { prev: 8, rev: 12 }, "applied"],
  ])("FR-51: a frame of %s", (_, more, outcome) => {
    const store = createLiveStore(snapshot());
    expect(store.applyFrame(frame({ values: [[0, 9, NOW]], ...more }))).toBe(outcome);
    expect(store.getState().points.get(id("a"))?.value).toBe(outcome === "applied" ? 9 : 1);
  });

  test("FR-51: a heartbeat tells of a lost last frame; an overtaken answer turns nothing back", () => {
    const store = createLiveStore(snapshot());
    const beat = { room: "room", epoch: "run", rev: 10, now: NOW + 7000 };
    expect(store.heartbeat(beat, NOW)).toBe("ignored");
    expect(store.getState().clockOffset).toBe(7000);
    expect(store.heartbeat({ ...beat, rev: 11 }, NOW)).toBe("gap");
    expect(store.heartbeat({ ...beat, epoch: "next" }, NOW)).toBe("gap");
    store.applyFrame(frame({ rev: 15, values: [[0, 5, NOW]] }));
    const old = {
      kind: "difference" as const,
      room: "room",
      epoch: "run",
      rev: 12,
      now: NOW,
      values: [[0, 4, NOW, { freshness: "live" as const, since: NOW }]],
      commands: [],
      brokers: [],
    };
    expect(store.catchUp({ ...old, values: old.values as never }, NOW)).toBe(true);
    expect(store.getState().points.get(id("a"))?.value).toBe(5);
    expect(store.catchUp({ ...old, room: "other", values: [] }, NOW)).toBe(false);
  });

  test("FR-72: the answer to a gesture never hides what a frame has told already", () => {
    const store = createLiveStore(snapshot());
    const confirmed = { ...sent, state: "confirmed", endedAt: 9, late: false } as Command;
    store.applyFrame(frame({ commands: [confirmed] }));
    store.learnCommand(sent);
    expect(store.getState().points.get(id("b"))?.command).toBe(confirmed);
  });
});
