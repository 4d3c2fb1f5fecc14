import { describe, expect, test } from "vitest";
import type { Command } from "../../lib/command";
import type { PointId } from "../../lib/ids";
import type { LivePoint } from "../ports";
import { createLastValues } from "./lastValues";

const info = (id: string) =>
  ({ id, registration: "r", origin: "store", broker: "main", name: id }) as LivePoint["info"];
const live = (since: number) => ({ freshness: "live" as const, since });
const id = (text: string) => text as PointId;
const command = (n: number, state: "sent" | "confirmed" | "refused", at = n): Command => {
  const base = { id: `00000000-0000-4000-8000-00000000000${n}`, point: id("a"), value: true, by: "Ann", at };
  const ends = { sent: {}, confirmed: { endedAt: at, late: false }, refused: { code: "busy", reason: "busy" } };
  return { ...base, state, ...ends[state] } as Command;
};

describe("last values", () => {
  test("LV-1: every change is one revision, a reading that repeats the value too", () => {
    const values = createLastValues();
    values.add(info("a"), live(0));
    const first = values.apply(id("a"), { reading: { value: 1, at: 10 }, status: live(10) });
    expect(first).toMatchObject({ value: 1, at: 10, rev: 2, statusRev: 2 });
    const again = values.apply(id("a"), { reading: { value: 1, at: 20 }, status: live(10) });
    expect(again).toMatchObject({ at: 20, rev: 3, statusRev: 2 });
    expect(first).toMatchObject({ at: 10 });
    expect(values.apply(id("a"), { status: live(10) })).toBeUndefined();
    expect(values.rev).toBe(3);
  });

  test("the points of a registration are counted as they come and go", () => {
    const values = createLastValues();
    for (const name of ["a", "b", "a"]) values.add(info(name), live(0));
    values.add({ ...info("c"), registration: "__proto__" as LivePoint["info"]["registration"] }, live(0));
    expect(["r", "__proto__", "none"].map(values.countOf)).toEqual([2, 1, 0]);
    for (const name of ["a", "a", "nobody"]) values.remove(id(name));
    expect(values.countOf("r")).toBe(1);
    values.remove(id("b"));
    expect(values.countOf("r")).toBe(0);
  });

  test("LV-2: a point named __proto__ is a point like another", () => {
    const values = createLastValues();
    for (const name of ["__proto__", "constructor", "toString"]) {
      expect(values.get(id(name))).toBeUndefined();
      values.add(info(name), live(0));
      values.apply(id(name), { reading: { value: name, at: 1 } });
      expect(values.get(id(name))?.value).toBe(name);
    }
    expect(({} as Record<string, unknown>).value).toBeUndefined();
  });

  test("LV-7: a refusal does not hide the command that is in its way, nor an old end a newer command", () => {
    const values = createLastValues();
    values.add(info("a"), live(0));
    expect(values.applyCommand(command(1, "sent"))).toBeDefined();
    expect(values.applyCommand(command(2, "refused"))).toBeUndefined();
    expect(values.applyCommand(command(1, "confirmed"))?.command?.state).toBe("confirmed");
    expect(values.applyCommand(command(3, "sent"))?.command?.state).toBe("sent");
    expect(values.applyCommand(command(1, "confirmed"))).toBeUndefined();
    expect(values.get(id("a"))?.command?.id).toBe(command(3, "sent").id);
  });
});
