import { beforeEach, expect, test } from "vitest";
import { AlarmRule } from "../../../../lib/alarms/rule";
import type { ConfigStore } from "../../../ports";
import type { ConfigStoreUnderTest } from "../../configStoreContract";

const rule = (id: string, more: object = {}) =>
  AlarmRule.parse({ id, name: id, points: ["boiler"], when: { above: 95 }, level: "critical", ...more });
const active = (id: string) => ({ state: { phase: "active" as const, id, since: 1, peak: 96 }, serial: 7 });
const raised = (alarm: string) => ({ at: 5, alarm, from: "normal" as const, to: "active" as const, value: 96 });
const write = (more: object = {}) => ({
  rule: "hot",
  subject: "boiler",
  was: 0,
  record: active("7"),
  points: ["boiler"],
  transitions: [raised("hot-7")],
  ...more,
});

export function contract(opened: () => ConfigStoreUnderTest): void {
  let store: ConfigStore;
  beforeEach(() => {
    store = opened().store;
  });

  test("AL-40: rules are kept as written, in the order in which they were made, each with a version", async () => {
    await store.putAlarmRules([rule("b"), rule("a", { text: "Close the valve." })]);
    const before = await store.alarmRules();
    expect(before.map(({ item }) => item.id).sort()).toEqual(["a", "b"]);
    await store.putAlarmRules([rule("b", { name: "renamed" })]);
    const after = await store.alarmRules();
    expect(after.find(({ item }) => item.id === "b")?.item.name).toBe("renamed");
    expect(Math.max(...after.map(({ version }) => version))).toBeGreaterThan(
      Math.max(...before.map(({ version }) => version)),
    );
    expect([await store.deleteAlarmRule("b"), await store.deleteAlarmRule("b")]).toEqual([true, false]);
    expect((await store.alarmRules()).map(({ item }) => item.id)).toEqual(["a"]);
  });

  test("AL-41: an alarm and its rows of the journal are written together", async () => {
    const { change, overtaken } = await store.writeAlarms([write()]);
    expect(overtaken).toEqual([]);
    expect(await store.alarms(0)).toEqual([
      { rule: "hot", subject: "boiler", change, record: active("7"), points: ["boiler"] },
    ]);
    expect(await store.alarms(change)).toEqual([]);
    expect(await store.alarmJournal({ limit: 10 })).toEqual([
      { id: expect.any(Number), rule: "hot", subject: "boiler", ...raised("hot-7") },
    ]);
    expect(await store.alarmChanges()).toBe(change);
  });

  test("AL-42: of two processes that raise the same alarm only one writes it", async () => {
    const first = await store.writeAlarms([write()]);
    const second = await store.writeAlarms([write(), write({ subject: "other" })]);
    expect(second.overtaken).toEqual([write()]);
    const third = await store.writeAlarms([write({ was: second.change })]);
    expect(third.overtaken).toHaveLength(1);
    const fourth = await store.writeAlarms([write({ was: first.change, record: active("8"), transitions: [] })]);
    expect(fourth.overtaken).toEqual([]);
    expect(await store.alarmJournal({ limit: 10 })).toHaveLength(2);
  });

  test("AL-41: the journal is read newest first, in pages", async () => {
    for (const n of [1, 2, 3]) await store.writeAlarms([write({ subject: `p${n}`, transitions: [raised(`a-${n}`)] })]);
    const [newest, next] = await store.alarmJournal({ limit: 2 });
    expect([newest?.alarm, next?.alarm]).toEqual(["a-3", "a-2"]);
    expect((await store.alarmJournal({ before: next?.id, limit: 2 })).map(({ alarm }) => alarm)).toEqual(["a-1"]);
  });
}
