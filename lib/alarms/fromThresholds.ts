import type { Registration } from "../registration";
import { t } from "../texts/t";
import type { Threshold } from "../thresholds";
import { hasWildcard } from "../topics/parse";
import { AlarmRule } from "./rule";

/** The rules that say what the thresholds of a registered topic say. Their ids stay the same, so that each is made once. */
export function rulesOfThresholds(registration: Registration): AlarmRule[] {
  const { id, values, thresholds } = registration;
  const common = (thresholds ?? []).map((threshold) => ({ threshold, key: undefined }));
  const keyed = Object.entries(values ?? {}).flatMap(([key, value]) =>
    (value.thresholds ?? thresholds ?? []).map((threshold) => ({ threshold, key })),
  );
  const rules = (values ? keyed : common).map(({ threshold, key }) =>
    AlarmRule.safeParse({
      id: ruleId([id, key, threshold.above === undefined ? "below" : "above", threshold.level]),
      name: nameOf(registration, key, threshold),
      points: pointsOf(registration, key),
      when: threshold.above === undefined ? { below: threshold.below } : { above: threshold.above },
      level: threshold.level,
    }),
  );
  return rules.flatMap((parsed) => (parsed.success ? [parsed.data] : []));
}

const ruleId = (parts: readonly (string | undefined)[]): string =>
  parts
    .filter((part) => part !== undefined)
    .join("-")
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, "-")
    .slice(0, 64);

function pointsOf({ id, filter }: Registration, key: string | undefined) {
  if (filter !== undefined && hasWildcard(filter)) return { filter, ...(key !== undefined && { key }) };
  return [key === undefined ? id : `${id}.${key}`];
}

function nameOf(
  { id, name = id, values }: Registration,
  key: string | undefined,
  { above, below, level }: Threshold,
): string {
  // A name with levels of the topic in it is of one point; the rule may be of many.
  const plain = /\{\d\}/.test(name) ? id : name;
  const what = key === undefined ? plain : `${plain}, ${values?.[key]?.name ?? key}`;
  const limit = above ?? below ?? 0;
  return above === undefined
    ? t("alarms.belowLimit", { what, limit: String(limit), level })
    : t("alarms.aboveLimit", { what, limit: String(limit), level });
}
