import { createHash } from "node:crypto";
import { type CompiledRule, newWindow, type Window } from "../../../lib/alarms/judge";
import { type AlarmRecord, NO_ALARM, type StoredAlarm, type Transition } from "../../../lib/alarms/record";
import { type AlarmInput, step } from "../../../lib/alarms/step";
import { createListeners, type Listeners } from "../../../lib/listeners";
import type { Cancel, Clock, ConfigStore, Log } from "../../ports";

/** One rule at one subject: a point, or the topic of a device's availability. */
export interface AlarmEntry {
  readonly rule: string;
  readonly subject: string;
  /** Names it in the ids of its alarms. */
  readonly hash: string;
  record: AlarmRecord;
  /** The change that the store has it by; 0: the store has none. */
  change: number;
  /** Those that the alarm is about. */
  points: Set<string>;
  window: Window;
  /** Not written yet. */
  transitions: Transition[];
  dirty: boolean;
}

export interface AlarmBook {
  /** Made when it is first asked for. */
  entry(rule: string, subject: string): AlarmEntry;
  ofRule(rule: string): Iterable<AlarmEntry>;
  /** Forgets it where it has no alarm and is in no store. */
  drop(entry: AlarmEntry): void;
  /** By the id of its present alarm. */
  find(alarm: string): AlarmEntry | undefined;
  /** Everything that is not as it is without an alarm. */
  open(): Iterable<AlarmEntry>;
  idOf(entry: AlarmEntry): string | undefined;
  /** Takes the input, and has what it changed written soon. */
  take(entry: AlarmEntry, rule: CompiledRule, input: AlarmInput): void;
  touch(entry: AlarmEntry): void;
  /** The same for a person's act, on disk when it resolves. False: it changed nothing. */
  act(entry: AlarmEntry, rule: CompiledRule, input: AlarmInput): Promise<boolean>;
  /** Reads what other processes have written. */
  refresh(): Promise<void>;
  readonly changes: Listeners<[]>;
  readonly counters: { transitions: number; written: number; overtaken: number };
  flush(): Promise<void>;
  stop(): Promise<void>;
}

const SOON_MS = 100;
/** What no journal names (a delay that runs) is on disk within a second. */
const LATER_MS = 900;
const RETRY_MS = 1000;
const MOST_TRIES = 5;

/** All alarms in memory, and their way into the store. */
export function createAlarmBook(parts: { store: ConfigStore; clock: Clock; log: Log }): AlarmBook {
  const { store, clock, log } = parts;
  const rules = new Map<string, Map<string, AlarmEntry>>();
  const byHash = new Map<string, AlarmEntry>();
  const openOnes = new Set<AlarmEntry>();
  const dirty = new Set<AlarmEntry>();
  const changes = createListeners<[]>((error) => log.error({ err: error }, "a listener of the alarms failed"));
  const counters = { transitions: 0, written: 0, overtaken: 0 };
  let timer: { cancel: Cancel; at: number } | undefined;
  let writing: Promise<void> = Promise.resolve();
  let readUpTo = 0;
  let failing = false;

  function entry(rule: string, subject: string): AlarmEntry {
    const subjects = rules.get(rule) ?? new Map<string, AlarmEntry>();
    rules.set(rule, subjects);
    const known = subjects.get(subject);
    if (known) return known;
    const hash = createHash("sha256").update(`${rule}\n${subject}`).digest("hex").slice(0, 12);
    const made: AlarmEntry = {
      rule,
      subject,
      hash,
      record: NO_ALARM,
      change: 0,
      points: new Set(),
      window: newWindow(),
      transitions: [],
      dirty: false,
    };
    subjects.set(subject, made);
    byHash.set(hash, made);
    return made;
  }

  const idOf = ({ hash, record: { state } }: AlarmEntry): string | undefined =>
    "id" in state ? `${hash}-${state.id}` : undefined;

  function become(one: AlarmEntry, record: AlarmRecord): void {
    one.record = record;
    if (record.state.phase === "normal" && !record.shelved) openOnes.delete(one);
    else openOnes.add(one);
  }

  function touch(one: AlarmEntry, ms = LATER_MS): void {
    dirty.add(one);
    one.dirty = true;
    const at = clock.monotonic() + ms;
    if (timer && timer.at <= at) return;
    timer?.cancel();
    timer = { at, cancel: clock.after(ms, () => void flush()) };
  }

  /** Answers whether anything is other than before. */
  function apply(one: AlarmEntry, rule: CompiledRule, input: AlarmInput): boolean {
    const before = one.record;
    const { record, transitions } = step(rule, before, input, { now: clock.now(), mono: clock.monotonic() });
    if (record === before) return false;
    become(one, record);
    for (const { alarm, ...what } of transitions) one.transitions.push({ alarm: `${one.hash}-${alarm}`, ...what });
    counters.transitions += transitions.length;
    touch(one, transitions.length > 0 ? SOON_MS : LATER_MS);
    if (transitions.length > 0 || record.shelved !== before.shelved) changes.tell();
    return record.state !== before.state || record.shelved !== before.shelved;
  }

  function flush(): Promise<void> {
    timer?.cancel();
    timer = undefined;
    writing = writing.then(write);
    return writing;
  }

  async function write(): Promise<void> {
    const batch = [...dirty].filter((one) => one.change > 0 || !isNothing(one));
    for (const one of dirty) one.dirty = false;
    dirty.clear();
    if (batch.length === 0) return;
    const writes = batch.map((one) => ({
      rule: one.rule,
      subject: one.subject,
      was: one.change,
      record: storedOf(one.record),
      points: [...one.points],
      transitions: one.transitions.splice(0),
    }));
    try {
      const { change, overtaken } = await store.writeAlarms(writes);
      const lost = new Set(overtaken);
      for (const [i, one] of batch.entries()) if (!lost.has(writes[i] as (typeof writes)[number])) one.change = change;
      counters.written += writes.length - overtaken.length;
      counters.overtaken += overtaken.length;
      failing = false;
      if (overtaken.length > 0) await reread(overtaken.map(({ rule, subject }) => entry(rule, subject)));
    } catch (error) {
      if (!failing) log.error({ err: error }, "alarms could not be written; retrying");
      failing = true;
      for (const [i, one] of batch.entries()) {
        one.transitions.unshift(...(writes[i]?.transitions ?? []));
        touch(one, RETRY_MS);
      }
    }
  }

  /** Another process was first: what it wrote counts. */
  async function reread(ones: readonly AlarmEntry[]): Promise<void> {
    const wanted = new Set(ones);
    for (const one of ones) one.transitions = [];
    for (const row of await store.alarms(0)) {
      const one = entry(row.rule, row.subject);
      if (wanted.has(one)) restore(one, row);
    }
    changes.tell();
  }

  function restore(one: AlarmEntry, row: { change: number; record: StoredAlarm; points: readonly string[] }): void {
    one.change = row.change;
    one.points = new Set(row.points);
    become(one, row.record);
  }

  async function refresh(): Promise<void> {
    const rows = await store.alarms(readUpTo);
    for (const row of rows) {
      readUpTo = Math.max(readUpTo, row.change);
      const one = entry(row.rule, row.subject);
      // What is written here is read back, and what is about to be written is compared then.
      if (row.change !== one.change && !one.dirty) restore(one, row);
    }
    if (rows.length > 0) changes.tell();
  }

  return {
    entry,
    ofRule: (rule) => rules.get(rule)?.values() ?? [],
    drop(one) {
      if (one.dirty || one.change > 0 || openOnes.has(one)) return;
      rules.get(one.rule)?.delete(one.subject);
      byHash.delete(one.hash);
    },
    find(alarm) {
      const one = byHash.get(alarm.split("-", 1)[0] ?? "");
      return one && idOf(one) === alarm ? one : undefined;
    },
    open: () => openOnes,
    idOf,
    take: (one, rule, input) => void apply(one, rule, input),
    touch,
    async act(one, rule, input) {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const before = counters.overtaken;
        if (!apply(one, rule, input)) return false;
        await flush();
        if (failing) throw new Error("the alarm could not be written");
        if (counters.overtaken === before) return true;
      }
      return false;
    },
    refresh,
    changes,
    counters,
    flush,
    async stop() {
      await flush();
      timer?.cancel();
    },
  };
}

/** Nothing to remember: a delay that began and was given up before it was written. */
const isNothing = ({ record, transitions }: AlarmEntry): boolean =>
  record.state.phase === "normal" && !record.shelved && transitions.length === 0;

const storedOf = ({ mark, ...stored }: AlarmRecord): StoredAlarm => stored;
