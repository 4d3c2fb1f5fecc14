import type { Value } from "../reading";
import { parseDuration } from "../time";
import type { AlarmCondition, AlarmRule, ClearCondition } from "./rule";

/**
 * What a reading says of a rule: that its condition holds, that the alarm is over, that neither is so (within the deadband), or nothing
 * at all. Unknown never raises and never ends an alarm.
 */
export type Verdict = "holds" | "over" | "between" | "unknown";

interface Sample {
  at: number;
  value: number;
}

/** What `rises` and `falls` look back on; empty after a start. */
export interface Window {
  samples: Sample[];
  /** Since when readings are looked at without a break. */
  from: number | undefined;
}
export const newWindow = (): Window => ({ samples: [], from: undefined });

/** A window keeps so many readings at most; of more, each slice of time keeps its lowest or highest. */
const MOST_SAMPLES = 256;

export interface CompiledRule {
  readonly rule: AlarmRule;
  readonly delayMs: number;
  readonly clearDelayMs: number;
  /** Judged by the clock and not by readings. */
  readonly silentMs: number | undefined;
  readonly offline: boolean;
  /** Looks back on earlier readings. */
  readonly windowMs: number | undefined;
  judge(value: Value, at: number, window: Window | undefined): Verdict;
  /** Which of two values is the worse one, for the peak. */
  isWorse(value: Value, than: Value): boolean;
}

/** Durations were checked by the schema. */
function ms(text: string | undefined): number {
  const parsed = parseDuration(text ?? "0s");
  return parsed.ok ? parsed.value : 0;
}

export function compileRule(rule: AlarmRule): CompiledRule {
  const { when, clear } = rule;
  const moving = when.rises ?? when.falls;
  const windowMs = moving && ms(moving.within);
  const isOver = clear && clearTest(clear);
  const holds = valueTest(when);
  return {
    rule,
    delayMs: ms(rule.delay),
    clearDelayMs: ms(rule.clearDelay),
    silentMs: when.silent === undefined ? undefined : ms(when.silent),
    offline: when.offline === true,
    windowMs,
    judge(value, at, window) {
      if (value === null) return "unknown";
      if (moving && windowMs !== undefined && window) {
        if (typeof value !== "number") return "unknown";
        return judgeMove(window, { at, value }, { by: moving.by, windowMs, rises: when.rises !== undefined });
      }
      const verdict = holds(value);
      if (verdict === undefined) return "unknown";
      if (verdict) return "holds";
      if (!isOver) return "over";
      return isOver(value) ? "over" : "between";
    },
    isWorse: worse(when),
  };
}

/** True, false, or undefined for a value of another type, of which the condition says nothing. */
function valueTest(when: AlarmCondition): (value: Value) => boolean | undefined {
  const { above, below, outside, equals, not } = when;
  const number =
    (test: (value: number) => boolean) =>
    (value: Value): boolean | undefined =>
      typeof value === "number" ? test(value) : undefined;
  if (above !== undefined) return number((value) => value > above);
  if (below !== undefined) return number((value) => value < below);
  if (outside) return number((value) => value < outside[0] || value > outside[1]);
  if (equals !== undefined) return (value) => (typeof value === typeof equals ? value === equals : undefined);
  if (not !== undefined) return (value) => (typeof value === typeof not ? value !== not : undefined);
  return () => undefined;
}

function clearTest({ above, below, inside, equals, not }: ClearCondition): (value: Value) => boolean {
  return (value) => {
    if (equals !== undefined) return value === equals;
    if (not !== undefined) return value !== null && value !== not;
    if (typeof value !== "number") return false;
    if (inside) return value >= inside[0] && value <= inside[1];
    return above !== undefined ? value > above : below !== undefined && value < below;
  };
}

function worse({ below, falls, outside }: AlarmCondition): (value: Value, than: Value) => boolean {
  return (value, than) => {
    if (typeof value !== "number" || typeof than !== "number") return false;
    if (below !== undefined || falls) return value < than;
    if (!outside) return value > than;
    const beyond = (one: number): number => Math.max(outside[0] - one, one - outside[1]);
    return beyond(value) > beyond(than);
  };
}

/** It moved by so much within the time. That it did not can be said only of a time that was looked at as a whole. */
function judgeMove(
  window: Window,
  sample: Sample,
  { by, windowMs, rises }: { by: number; windowMs: number; rises: boolean },
): Verdict {
  const last = window.samples.at(-1);
  if (last && sample.at < last.at) return "unknown";
  window.from ??= sample.at;
  const oldest = sample.at - windowMs;
  const kept = window.samples.filter(({ at }) => at >= oldest);
  // The extreme of what is left is what counts: an earlier value that is less extreme can be forgotten.
  while (kept.length > 0) {
    const { value } = kept.at(-1) as Sample;
    if (rises ? value < sample.value : value > sample.value) break;
    kept.pop();
  }
  kept.push(sample);
  window.samples = kept.length > MOST_SAMPLES ? thin(kept) : kept;
  const extreme = window.samples[0] as Sample;
  if ((rises ? sample.value - extreme.value : extreme.value - sample.value) >= by) return "holds";
  return window.from <= oldest ? "over" : "unknown";
}

/** Every other one, the first and the last kept. */
const thin = (samples: readonly Sample[]): Sample[] =>
  samples.filter((_, i) => i % 2 === 0 || i === samples.length - 1);
