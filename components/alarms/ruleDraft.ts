import type { AlarmLevel, AlarmRule } from "@/lib/alarms/rule";
import { err, ok, type Result } from "@/lib/result";
import { t } from "@/lib/texts/t";
import { readSetting, writeEntered } from "@/lib/units/entered";

/** A rule as the form asks for it. */
export interface RuleDraft {
  name: string;
  points: string;
  kind: "above" | "below" | "equals" | "silent" | "offline";
  limit: string;
  clear: string;
  delay: string;
  level: AlarmLevel;
  text: string;
  latch: boolean;
  disabled: boolean;
}

export const EMPTY_DRAFT: RuleDraft = {
  name: "",
  points: "",
  kind: "above",
  limit: "",
  clear: "",
  delay: "",
  level: "warning",
  text: "",
  latch: false,
  disabled: false,
};

/** Undefined: it says more than the form can ask for. */
export function draftOf(rule: AlarmRule, locale: string): RuleDraft | undefined {
  const { when, clear, points, clearDelay } = rule;
  const number = (value: number | undefined): string => (value === undefined ? "" : writeEntered(value, locale));
  const bound = when.above ?? when.below;
  const kind = (["above", "below", "equals", "silent", "offline"] as const).find((one) => when[one] !== undefined);
  const clearAt = when.above === undefined ? clear?.above : clear?.below;
  if (!kind || !Array.isArray(points) || clearDelay !== undefined || (clear && clearAt === undefined)) return undefined;
  return {
    name: rule.name,
    points: points.join(", "),
    kind,
    limit: bound === undefined ? String(when.equals ?? when.silent ?? "") : number(bound),
    clear: number(clearAt),
    delay: rule.delay ?? "",
    level: rule.level,
    text: rule.text ?? "",
    latch: rule.latch ?? false,
    disabled: rule.disabled ?? false,
  };
}

export type DraftFaults = Partial<Record<"points" | "limit" | "clear", string>>;

/** The rule, or what keeps it from being one; the server says the rest. */
export function ruleOf(draft: RuleDraft, id: string, locale: string): Result<Record<string, unknown>, DraftFaults> {
  const faults: DraftFaults = {};
  const points = draft.points.split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim()]));
  if (points.length === 0) faults.points = t("alarms.pointWanted");
  const number = (text: string, field: "limit" | "clear"): number => {
    const read = readSetting(text, locale);
    if (!read.ok) faults[field] = read.error;
    return read.ok ? read.value : 0;
  };
  const { kind } = draft;
  const when = whenOf(kind, draft.limit.trim(), number);
  const hasClear = draft.clear.trim() !== "" && (kind === "above" || kind === "below");
  const clear = hasClear ? { [kind === "above" ? "below" : "above"]: number(draft.clear, "clear") } : undefined;
  if (Object.keys(faults).length > 0) return err(faults);
  return ok({
    id,
    name: draft.name.trim(),
    points,
    when,
    ...(clear && { clear }),
    ...(draft.delay.trim() !== "" && { delay: draft.delay.trim() }),
    level: draft.level,
    ...(draft.text.trim() !== "" && { text: draft.text.trim() }),
    ...(draft.latch && { latch: true }),
    ...(draft.disabled && { disabled: true }),
  });
}

const WORDS: Readonly<Record<string, boolean>> = { true: true, on: true, false: false, off: false };

function whenOf(kind: RuleDraft["kind"], limit: string, number: (text: string, field: "limit") => number) {
  if (kind === "offline") return { offline: true };
  if (kind === "silent") return { silent: limit };
  if (kind !== "equals") return { [kind]: number(limit, "limit") };
  if (/^-?\d+(\.\d+)?$/.test(limit)) return { equals: Number(limit) };
  return { equals: WORDS[limit.toLowerCase()] ?? limit };
}
