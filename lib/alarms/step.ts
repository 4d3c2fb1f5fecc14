import type { Value } from "../reading";
import { unreachable } from "../result";
import type { CompiledRule, Verdict } from "./judge";
import type { AlarmRecord, AlarmState, JournalState, Timer, Transition } from "./record";

/** `mono` never goes back and is counted from some moment of this process; `now` is the wall clock, which may be set. */
export interface Moment {
  now: number;
  mono: number;
}

export type AlarmInput =
  /** A reading. `dated`: its time is the device's own. */
  | { kind: "reading"; verdict: Verdict; value: Value; at: number; dated: boolean }
  /** Time has passed. `counts`: Telltale listened all the while, and the point was neither stale nor offline. */
  | { kind: "tick"; counts: boolean }
  /** The device went offline: what was about to happen is not known any more. */
  | { kind: "lost" }
  /** `alarm`: the occurrence that the person saw. */
  | { kind: "acknowledge"; alarm: string; by: string; note?: string | undefined }
  | { kind: "shelve"; until: number; by: string }
  | { kind: "unshelve"; by: string }
  /** Its rule is gone, or out of service. */
  | { kind: "close"; by?: string | undefined };

export interface Stepped {
  /** The same object where nothing changed. */
  record: AlarmRecord;
  transitions: Transition[];
}

type Occurring = Extract<AlarmState, { id: string }>;

/** What ended by itself and was not acknowledged is listed for so long. */
const LISTED_MS = 24 * 3_600_000;

/** One input, one new state. Neither a start nor a clock that is set is an input, so that neither raises or ends anything. */
export function step(rule: CompiledRule, record: AlarmRecord, input: AlarmInput, time: Moment): Stepped {
  const stepped = apply(rule, record, input, time);
  const { timer } = stepped.record.state as { timer?: Timer };
  // Counted from now on.
  if (timer && stepped.record.mark !== time.mono) return { ...stepped, record: { ...stepped.record, mark: time.mono } };
  return stepped;
}

function apply(rule: CompiledRule, record: AlarmRecord, input: AlarmInput, time: Moment): Stepped {
  switch (input.kind) {
    case "reading":
      return onReading(rule, counted(record, time), input, time);
    case "tick":
      return onTick(rule, input.counts ? counted(record, time) : record, time);
    case "lost":
      return same(withoutTimer(record));
    case "acknowledge":
      return onAcknowledge(record, input, time);
    case "shelve":
      return {
        record: { ...record, shelved: { until: input.until, by: input.by } },
        transitions: noted(record, { to: "shelved", by: input.by }, time),
      };
    case "unshelve":
      return unshelved(record, time, input.by);
    case "close":
      return onClose(record, input, time);
    default:
      return unreachable(input);
  }
}

const same = (record: AlarmRecord): Stepped => ({ record, transitions: [] });

const timerOf = (state: AlarmState): Timer | undefined => (state.phase === "normal" ? undefined : state.timer);

/** Whether the next thing that can happen is that it ends; else it is that it is raised. */
const isStanding = (state: AlarmState): state is Occurring =>
  (state.phase === "active" && state.endedAt === undefined) || state.phase === "acknowledged";

function counted(record: AlarmRecord, { mono }: Moment): AlarmRecord {
  const timer = timerOf(record.state);
  if (!timer || record.mark === undefined || mono <= record.mark) return record;
  return withTimer({ ...record, mark: mono }, { ...timer, heldMs: timer.heldMs + mono - record.mark });
}

const withTimer = (record: AlarmRecord, timer: Timer): AlarmRecord => {
  const { state } = record;
  return {
    ...record,
    state: state.phase === "normal" ? { phase: "pending", timer } : ({ ...state, timer } as AlarmState),
  };
};

function withoutTimer(record: AlarmRecord): AlarmRecord {
  const { state, mark, ...rest } = record;
  if (!timerOf(state)) return record;
  if (state.phase === "pending") return { ...rest, state: { phase: "normal" } };
  const { timer, ...left } = state as Occurring;
  return { ...rest, state: left };
}

function onReading(
  rule: CompiledRule,
  before: AlarmRecord,
  { verdict, value, at, dated }: Extract<AlarmInput, { kind: "reading" }>,
  time: Moment,
): Stepped {
  const standing = isStanding(before.state);
  const record =
    standing && verdict === "holds" ? { ...before, state: withPeak(rule, before.state as Occurring, value) } : before;
  if (verdict !== (standing ? "over" : "holds")) return same(withoutTimer(record));
  const old = timerOf(record.state);
  const timer: Timer = old
    ? { ...old, peak: rule.isWorse(value, old.peak) ? value : old.peak }
    : { since: at, heardAt: time.now, heldMs: 0, peak: value };
  const delay = standing ? rule.clearDelayMs : rule.delayMs;
  const isOver = timer.heldMs >= delay || (dated && at - timer.since >= delay);
  if (!isOver) return same(withTimer(record, timer));
  return standing ? ended(rule, record, value, time) : raised(record, timer, value, time);
}

const withPeak = (rule: CompiledRule, state: Occurring, value: Value): Occurring =>
  rule.isWorse(value, state.peak) ? { ...state, peak: value } : state;

function onTick(rule: CompiledRule, record: AlarmRecord, time: Moment): Stepped {
  const { shelved, state } = record;
  if (shelved && shelved.until <= time.now) return unshelved(record, time);
  const timer = timerOf(state);
  if (timer) {
    const standing = isStanding(state);
    if (timer.heldMs < (standing ? rule.clearDelayMs : rule.delayMs)) return same(record);
    return standing ? ended(rule, record, undefined, time) : raised(record, timer, undefined, time);
  }
  if (state.phase === "cleared" && time.now - state.endedAt >= LISTED_MS) return onClose(record, {}, time);
  return same(record);
}

/** One that returns is a new occurrence, and closes the one before it. */
function raised(record: AlarmRecord, timer: Timer, value: Value | undefined, time: Moment): Stepped {
  const serial = Math.max(time.now, record.serial + 1);
  const id = serial.toString(36);
  const { state, mark, ...rest } = record;
  const closed = noted(record, { to: "normal" }, time);
  return {
    record: { ...rest, serial, state: { phase: "active", id, since: timer.heardAt, peak: timer.peak } },
    transitions: [
      ...closed,
      { at: time.now, alarm: id, from: "normal", to: "active", value: value === undefined ? timer.peak : value },
    ],
  };
}

function ended(rule: CompiledRule, record: AlarmRecord, value: Value | undefined, time: Moment): Stepped {
  const { state, ...rest } = withoutTimer(record);
  const of = value === undefined ? {} : { value };
  if (state.phase === "acknowledged")
    return {
      record: { ...rest, state: { phase: "normal" } },
      transitions: noted(record, { to: "normal", ...of }, time),
    };
  const { id, since, peak } = state as Occurring;
  const occurrence = { id, since, peak, endedAt: time.now };
  return rule.rule.latch
    ? {
        record: { ...rest, state: { phase: "active", ...occurrence } },
        transitions: noted(record, { to: "active", ...of }, time),
      }
    : {
        record: { ...rest, state: { phase: "cleared", ...occurrence } },
        transitions: noted(record, { to: "cleared", ...of }, time),
      };
}

/** What has ended is over with it; what has not is known to be seen. An acknowledgement of another occurrence changes nothing. */
function onAcknowledge(
  record: AlarmRecord,
  { alarm, by, note }: Extract<AlarmInput, { kind: "acknowledge" }>,
  time: Moment,
): Stepped {
  const { state, ...rest } = record;
  if (!("id" in state) || state.id !== alarm || state.phase === "acknowledged") return same(record);
  const who = { by, ...(note !== undefined && { note }) };
  if (isStanding(state)) {
    const { id, since, peak, timer } = state;
    const next: AlarmState = { phase: "acknowledged", id, since, peak, ...who, acknowledgedAt: time.now };
    return {
      record: { ...rest, state: timer ? { ...next, timer } : next },
      transitions: noted(record, { to: "acknowledged", ...who }, time),
    };
  }
  const { timer } = state;
  return {
    record: { ...rest, state: timer ? { phase: "pending", timer } : { phase: "normal" } },
    transitions: noted(record, { to: "normal", ...who }, time),
  };
}

function unshelved(record: AlarmRecord, time: Moment, by?: string): Stepped {
  const { shelved, ...rest } = record;
  if (!shelved) return same(record);
  const { state } = record;
  if (!("id" in state)) return same(rest);
  const who = by === undefined ? {} : { by };
  return {
    record: rest,
    transitions: [{ at: time.now, alarm: state.id, from: "shelved", to: state.phase, ...who }],
  };
}

function onClose({ shelved, ...record }: AlarmRecord, { by }: { by?: string | undefined }, time: Moment): Stepped {
  const { serial } = record;
  if (record.state.phase === "normal" && !shelved) return same(record);
  return {
    record: { serial, state: { phase: "normal" } },
    transitions: noted(record, { to: "normal", ...(by !== undefined && { by }) }, time),
  };
}

/** The row of the journal; none where there is no occurrence. */
function noted(
  { state }: AlarmRecord,
  what: { to: JournalState; by?: string; note?: string; value?: Value },
  { now }: Moment,
): Transition[] {
  return "id" in state ? [{ at: now, alarm: state.id, from: state.phase, ...what }] : [];
}
