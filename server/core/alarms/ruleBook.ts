import type { AlarmRule } from "../../../lib/alarms/rule";
import { createListeners } from "../../../lib/listeners";
import { err, ok, type Result } from "../../../lib/result";
import { createSerial } from "../../../lib/serial";
import { say } from "../../../lib/texts/said";
import type { Alarms, CatalogError, ConfigSource, ConfigStore, Sourced, StoredRule, Unsubscribe } from "../../ports";

const READ_ONLY = { file: "problem.inFile", environment: "problem.inEnvironment", demo: "problem.inDemo" } as const;

type RuleBook = Pick<Alarms, "rules" | "putRule" | "addRules" | "deleteRule" | "onChange"> & {
  start(): Promise<void>;
  stop(): void;
  refresh(): Promise<void>;
};

/** The alarm rules, those of telltale.yaml before those of the store. Only the latter can be changed here. */
export function createRuleBook({ store, sources }: { store: ConfigStore; sources: readonly ConfigSource[] }): RuleBook {
  const listeners = createListeners<[]>();
  const serial = createSerial();
  let stored: readonly StoredRule[] = [];
  let merged: readonly Sourced<AlarmRule>[] = [];
  let undo: Unsubscribe[] = [];

  function merge(): void {
    const byId = new Map<string, Sourced<AlarmRule>>();
    for (const { origin, current } of sources.map((one) => ({ origin: one.origin, current: one.current() })))
      for (const item of current.alarms) byId.set(item.id, { item, origin, version: 0 });
    for (const { item, version } of stored)
      if (!byId.has(item.id)) byId.set(item.id, { item, origin: "store", version });
    const next = [...byId.values()];
    const isSame = JSON.stringify(next) === JSON.stringify(merged);
    merged = next;
    if (!isSame) listeners.tell();
  }

  async function load(): Promise<void> {
    stored = await store.alarmRules();
    merge();
  }

  function mayChange(id: string, versions: readonly number[] | undefined): Result<null, CatalogError> {
    const what = say("problem.alarmRule", { id });
    const present = merged.find(({ item }) => item.id === id);
    if (!present) return err({ status: 404, message: say("problem.isNotThere", { what }) });
    if (present.origin !== "store") return err({ status: 403, message: say(READ_ONLY[present.origin], { what }) });
    return versions === undefined || versions.includes(present.version)
      ? ok(null)
      : err({ status: 412, message: say("problem.changedMeanwhile", { what }) });
  }

  function mayPut(id: string, mode: Parameters<Alarms["putRule"]>[1]): Result<null, CatalogError> {
    if (mode !== "create") return mayChange(id, typeof mode === "object" ? mode.replace : undefined);
    if (!merged.some(({ item }) => item.id === id)) return ok(null);
    const what = say("problem.alarmRule", { id });
    return err({ status: 409, message: say("problem.existsAlready", { what }), pointer: "/id" });
  }

  return {
    rules: () => merged,
    onChange: listeners.add,
    async start() {
      await load();
      undo = sources.map((source) => source.onChange(merge));
    },
    stop() {
      for (const end of undo) end();
    },
    refresh: () => serial(load),
    putRule: (rule, mode) =>
      serial(async () => {
        const may = mayPut(rule.id, mode);
        if (!may.ok) return may;
        await store.putAlarmRules([rule]);
        await load();
        return may;
      }),
    addRules: (rules) =>
      serial(async () => {
        const taken = new Set(merged.map(({ item }) => item.id));
        const fresh = rules.filter(({ id }) => !taken.has(id));
        if (fresh.length === 0) return [];
        await store.putAlarmRules(fresh);
        await load();
        return fresh;
      }),
    deleteRule: (id, versions) =>
      serial(async () => {
        const may = mayChange(id, versions);
        if (!may.ok) return may;
        await store.deleteAlarmRule(id);
        await load();
        return may;
      }),
  };
}
