import { type CompiledRule, compileRule } from "../../../lib/alarms/judge";
import type { AlarmRule } from "../../../lib/alarms/rule";
import { createTrie } from "../../../lib/topics/trie";
import type { LivePoint } from "../../ports";

/** Which rules judge a point, without looking at each of them. */
export interface RuleIndex {
  readonly rules: ReadonlyMap<string, CompiledRule>;
  of(info: LivePoint["info"]): CompiledRule[];
}

export function createRuleIndex(rules: readonly AlarmRule[]): RuleIndex {
  const all = new Map<string, CompiledRule>();
  const byId = new Map<string, CompiledRule[]>();
  const byDevice = new Map<string, CompiledRule[]>();
  const byArea = new Map<string, CompiledRule[]>();
  const byFilter = createTrie<{ rule: CompiledRule; key: string | undefined }>();
  const add = (map: Map<string, CompiledRule[]>, key: string, rule: CompiledRule): void => {
    const list = map.get(key);
    if (list) list.push(rule);
    else map.set(key, [rule]);
  };
  for (const rule of rules) {
    const compiled = compileRule(rule);
    all.set(rule.id, compiled);
    if (rule.disabled) continue;
    const { points } = rule;
    if (Array.isArray(points)) for (const id of new Set(points)) add(byId, id, compiled);
    else if ("filter" in points) byFilter.add(points.filter, { rule: compiled, key: points.key });
    else if ("device" in points) add(byDevice, points.device, compiled);
    else add(byArea, points.area, compiled);
  }
  return {
    rules: all,
    of({ id, topic, device, area }) {
      const found = new Set(byId.get(id));
      if (device !== undefined) for (const rule of byDevice.get(device) ?? []) found.add(rule);
      if (area !== undefined) for (const rule of byArea.get(area) ?? []) found.add(rule);
      if (topic !== undefined)
        for (const { rule, key } of byFilter.match(topic)) if (key === undefined || key === keyOf(id)) found.add(rule);
      return [...found];
    },
  };
}

/** Of one of several values, what stands behind the topic's levels (lib/ids). */
const keyOf = (id: string): string | undefined => {
  const dot = id.lastIndexOf(".");
  return dot < 0 ? undefined : id.slice(dot + 1);
};
