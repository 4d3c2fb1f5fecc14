import { describe, expect, it } from "vitest";
import type { ExplorerRow } from "@/lib/explorer/wire";
import { createExplorerStore, withMessages, withRows } from "./explorerStore";

const row = (path: string, messages = 1): ExplorerRow => ({
  path,
  level: path,
  depth: 1,
  parent: -1,
  pos: 1,
  size: 1,
  topics: 1,
  messages,
  rate: 0,
});
const totals = { topics: 1, messages: 1, rate: 0, forgotten: 0, refused: 0, skipped: 0 };

describe("the explorer's state", () => {
  it("XP-23: lights a row that has a new message, and keeps the reference of the others", () => {
    const start = createExplorerStore().getState();
    const first = { ...start, ...withRows(start, { total: 2, from: 0, totals, rows: [row("a"), row("b")] }) };
    expect(first.rows.map(({ beat }) => beat)).toEqual([undefined, undefined]);
    const own = { text: "21", bytes: 2, at: 5, retained: false };
    const next = { ...first, ...withRows(first, { total: 2, from: 0, totals, changes: [[1, 1, 9, 2, own]] }) };
    expect(next.rows[0]).toBe(first.rows[0]);
    expect(next.rows[1]).toMatchObject({ messages: 9, rate: 2, own, beat: 1 });
    const again = withRows(next, {
      total: 3,
      from: 0,
      totals,
      rows: [row("c"), row("a"), { ...row("b", 9), rate: 2, own }],
    });
    expect([again.rows?.[1], again.rows?.[2]]).toEqual([next.rows[0], next.rows[1]]);
    expect(again.rows?.[1]).toBe(next.rows[0]);
    const moved = withRows(next, { total: 3, from: 0, totals, rows: [row("b", 10), row("c"), row("a")] });
    expect(moved.rows?.map(({ beat }) => beat)).toEqual([0, undefined, undefined]);
  });

  it("XP-105: keeps a hundred messages of the picked topic, and ignores those of one picked before", () => {
    const message = (id: number) => ({ id, at: id, retained: false, bytes: 1, payload: "MQ==" });
    let state = { ...createExplorerStore().getState(), picked: { topic: "a", messages: [], missed: 0 } };
    for (let i = 0; i < 150; i++)
      state = { ...state, ...withMessages(state, { topic: "a", messages: [message(i)], missed: 2 }) } as typeof state;
    expect(state.picked.messages).toHaveLength(100);
    expect(state.picked.messages.at(-1)).toMatchObject({ id: 149 });
    expect(state.picked.missed).toBe(300);
    expect(withMessages(state, { topic: "b", messages: [message(1)], missed: 0 })).toEqual({});
  });
});
