import type { CompiledRule } from "../../../lib/alarms/judge";
import type { AlarmInput } from "../../../lib/alarms/step";
import type { BrokerId, PointId } from "../../../lib/ids";
import type { Value } from "../../../lib/reading";
import type { Steps } from "../../../lib/steps";
import type {
  Alarms,
  Clock,
  ConfigSource,
  ConfigStore,
  LiveChange,
  LivePoint,
  LiveState,
  Log,
  Unsubscribe,
} from "../../ports";
import { createStepQueue } from "../../stepQueue";
import { createThrottle } from "../live/throttle";
import { type AlarmEntry, createAlarmBook } from "./alarmBook";
import { createRuleBook } from "./ruleBook";
import { createRuleIndex } from "./ruleIndex";
import { createAlarmView } from "./view";

export interface AlarmServiceParts {
  store: ConfigStore;
  sources: readonly ConfigSource[];
  live: Pick<LiveState, "get" | "points" | "onReading" | "onUpdate" | "onPoints" | "offlineBy">;
  /** Whether this process judges what the broker brings; one process alone judges everything. */
  acts(broker: BrokerId): boolean;
  /** Whether it is the one that does what belongs to no broker. */
  keepsHouse(): boolean;
  /** Other processes write alarms too. */
  severalNodes: boolean;
  /** For tests. */
  mostWatches?: number;
  clock: Clock;
  log: Log;
}

/** One rule at one point. */
interface Watch {
  readonly rule: CompiledRule;
  readonly point: PointId;
  readonly entry: AlarmEntry | undefined;
  /** Of a rule about silence: since when nothing was heard although Telltale listened. */
  quietSince: number | undefined;
  /** Of a rule about availability: the alarm that the point is part of. */
  part: AlarmEntry | undefined;
}

interface Watched {
  /** As it was when they were chosen: of nearly every reading it still is the same object. */
  info: LivePoint["info"];
  /** What the rules were chosen by. */
  readonly by: string;
  readonly watches: readonly Watch[];
}

/** Rules times points that are judged; more would fill the memory. */
const MOST_WATCHES = 200_000;
const TICK_MS = 500;
const SWEEP_MS = 1000;
/** How soon what another process has written is seen here. */
const LOOK_MS = 1000;

/** Judges readings, silence and availability by the alarm rules. Rules AL-1 to AL-6 and AL-20 to AL-28. */
export function createAlarmService(
  parts: AlarmServiceParts,
): Alarms & { start(): Promise<void>; stop(): Promise<void> } {
  const { store, live, clock, log, acts, keepsHouse, mostWatches = MOST_WATCHES } = parts;
  const rules = createRuleBook(parts);
  const book = createAlarmBook({ store, clock, log });
  const known = new Map<PointId, Watched>();
  const silent = new Set<Watch>();
  let index = createRuleIndex([]);
  /** Made or changed while Telltale runs: the present values are judged by them. */
  let fresh = new Set<CompiledRule>();
  let undo: Unsubscribe[] = [];
  let watching = 0;
  let left = 0;
  let ticking: Unsubscribe | undefined;
  let looking = false;
  let lookedAt = -1;
  const view = createAlarmView({ live, book, ruleOf: (id) => index.rules.get(id)?.rule, store });
  const steps = createStepQueue(clock, (error) => log.error({ err: error }, "alarm rules could not be taken over"));
  const sweepSoon = createThrottle(clock, SWEEP_MS, () => steps.add(sweeping(), () => undefined));

  const feed = (watch: { rule: CompiledRule }, entry: AlarmEntry, input: AlarmInput): void =>
    book.take(entry, watch.rule, input);

  function watchedOf({ info }: LivePoint): readonly Watch[] {
    const { id } = info;
    const old = known.get(id);
    if (old?.info === info) return old.watches;
    const by = `${info.topic}\n${info.device}\n${info.area}`;
    if (old?.by === by) {
      old.info = info;
      return old.watches;
    }
    for (const watch of old?.watches ?? []) silent.delete(watch);
    const chosen = index.of(info);
    watching += chosen.length - (old?.watches.length ?? 0);
    if (watching > mostWatches) return leaveOut(info, by, chosen.length);
    const watches = chosen.map((rule): Watch => {
      const entry = rule.offline ? undefined : book.entry(rule.rule.id, id);
      entry?.points.add(id);
      return { rule, point: id, entry, quietSince: undefined, part: undefined };
    });
    for (const watch of watches) if (watch.rule.silentMs !== undefined) silent.add(watch);
    known.set(id, { info, by, watches });
    return watches;
  }

  /** Told once, and counted: rules that name fewer points are what helps. */
  function leaveOut(info: LivePoint["info"], by: string, count: number): readonly Watch[] {
    watching -= count;
    if (left === 0) log.error({ most: mostWatches }, "alarm rules match too many points: some points are not judged");
    left++;
    known.set(info.id, { info, by, watches: [] });
    return [];
  }

  function onReading({ point: id, value, receivedAt }: { point: PointId; value: Value; receivedAt: number }): void {
    if (index.rules.size === 0) return;
    const point = live.get(id);
    if (!point || !acts(point.info.broker)) return;
    for (const watch of watchedOf(point)) judge(watch, point, value, receivedAt);
  }

  function judge(watch: Watch, point: LivePoint, value: Value, receivedAt: number): void {
    const { rule, entry } = watch;
    if (!entry) return void judgeAvailability(watch, point);
    const at = point.at ?? receivedAt;
    if (rule.silentMs !== undefined) {
      watch.quietSince = clock.monotonic();
      if (isCalm(entry)) return;
      return void feed(watch, entry, { kind: "reading", verdict: "over", value: null, at: receivedAt, dated: false });
    }
    const verdict = rule.judge(value, at, entry.window);
    // Nearly every reading.
    if (verdict !== "holds" && isCalm(entry)) return;
    feed(watch, entry, { kind: "reading", verdict, value, at, dated: at !== receivedAt });
  }

  const isCalm = ({ record: { state } }: AlarmEntry): boolean => state.phase === "normal";

  function onUpdate(point: LivePoint, change: LiveChange): void {
    if (change !== "status" || index.rules.size === 0 || !acts(point.info.broker)) return;
    const isOffline = point.status.freshness === "offline";
    const isLost = isOffline && live.offlineBy(point.info.id) !== undefined;
    for (const watch of watchedOf(point)) {
      const { rule, entry } = watch;
      if (!entry) judgeAvailability(watch, point);
      else if (rule.silentMs !== undefined)
        watch.quietSince = isOffline ? undefined : (watch.quietSince ?? clock.monotonic());
      if (entry && isLost && !isCalm(entry)) feed(watch, entry, { kind: "lost" });
    }
  }

  /** One alarm for all points of an availability topic. */
  function judgeAvailability(watch: Watch, point: LivePoint): void {
    const { rule, point: id } = watch;
    const topic = live.offlineBy(id);
    const receivedAt = clock.now();
    if (topic !== undefined) {
      const entry = book.entry(rule.rule.id, `${point.info.broker} ${topic}`);
      if (watch.part === entry && !isCalm(entry)) return;
      if (isCalm(entry) && watch.part !== entry) entry.points = offlineOnes(rule, entry);
      watch.part = entry;
      entry.points.add(id);
      book.touch(entry);
      return void feed(watch, entry, { kind: "reading", verdict: "holds", value: null, at: receivedAt, dated: false });
    }
    // A broker that is away says nothing of its devices.
    if (point.status.freshness === "offline") return;
    const before = watch.part ?? [...book.ofRule(rule.rule.id)].find((one) => !isCalm(one) && one.points.has(id));
    watch.part = undefined;
    if (!before || isCalm(before) || offlineOnes(rule, before).size > 0) return;
    feed(watch, before, { kind: "reading", verdict: "over", value: null, at: receivedAt, dated: false });
  }

  /** The points of the alarm that are offline by its topic. */
  function offlineOnes({ rule }: CompiledRule, entry: AlarmEntry): Set<string> {
    const ids = new Set<string>();
    for (const id of entry.points) {
      const point = live.get(id as PointId);
      const topic = point && live.offlineBy(id as PointId);
      if (topic !== undefined && book.entry(rule.id, `${point?.info.broker} ${topic}`) === entry) ids.add(id);
    }
    return ids;
  }

  function tick(): void {
    for (const entry of [...book.open()]) tickOne(entry);
    const now = clock.monotonic();
    for (const watch of silent) {
      const { entry, rule, point } = watch;
      if (!entry || !isSilenceOver(watch, now)) continue;
      const of = live.get(point);
      if (of && acts(of.info.broker) && of.status.freshness !== "offline")
        feed({ rule }, entry, { kind: "reading", verdict: "holds", value: null, at: clock.now(), dated: false });
    }
  }

  function isSilenceOver(watch: Watch, now: number): boolean {
    const { entry, rule, quietSince, point } = watch;
    if (quietSince === undefined) {
      if (live.get(point)?.status.freshness !== "offline") watch.quietSince = now;
      return false;
    }
    const phase = entry?.record.state.phase;
    return (
      (phase === "normal" || phase === "cleared") && now - quietSince >= (rule.silentMs ?? Number.POSITIVE_INFINITY)
    );
  }

  function tickOne(entry: AlarmEntry): void {
    const rule = index.rules.get(entry.rule);
    if (!rule) return;
    const [first] = entry.points;
    const point = first === undefined ? undefined : live.get(first as PointId);
    if (point ? !acts(point.info.broker) : !keepsHouse()) return;
    feed({ rule }, entry, { kind: "tick", counts: counts(rule, entry, point) });
  }

  /** Whether what is known of the point still is so. */
  function counts(rule: CompiledRule, entry: AlarmEntry, point: LivePoint | undefined): boolean {
    if (!point) return false;
    if (rule.offline) return offlineOnes(rule, entry).size > 0 || point.status.freshness !== "offline";
    return rule.silentMs === undefined ? point.status.freshness === "live" : point.status.freshness !== "offline";
  }

  /** The rules changed. What they chose is chosen anew, and alarms of those that are gone end. */
  function rulesChanged(): void {
    const before = index;
    index = createRuleIndex(rules.rules().map(({ item }) => item));
    fresh = new Set([...fresh, ...index.rules.values()].filter((rule) => isFresh(rule, before.rules)));
    for (const [id, rule] of before.rules) {
      const now = index.rules.get(id);
      if (now && !now.rule.disabled) continue;
      for (const entry of book.ofRule(id)) if (!isCalm(entry)) feed({ rule }, entry, { kind: "close" });
    }
    for (const id of before.rules.keys())
      if (!index.rules.has(id)) for (const entry of [...book.ofRule(id)]) book.drop(entry);
    known.clear();
    silent.clear();
    watching = 0;
    left = 0;
    tickIfNeeded();
    sweepSoon.ask();
    book.changes.tell();
  }

  /** Without rules nothing is done at all. */
  function tickIfNeeded(): void {
    if (index.rules.size > 0) ticking ??= clock.every(TICK_MS, tick);
    else {
      ticking?.();
      ticking = undefined;
    }
  }

  const isFresh = (rule: CompiledRule, before: ReadonlyMap<string, CompiledRule>): boolean =>
    index.rules.get(rule.rule.id) === rule && judgedBy(before.get(rule.rule.id)) !== judgedBy(rule);

  function* sweeping(): Steps {
    if (index.rules.size === 0) return;
    const judged = fresh;
    fresh = new Set();
    for (const point of live.points()) {
      yield;
      if (!acts(point.info.broker)) continue;
      for (const watch of watchedOf(point)) {
        if (!watch.entry) judgeAvailability(watch, point);
        else if (judged.has(watch.rule) && isPresent(point)) judge(watch, point, point.value, point.at ?? clock.now());
      }
    }
    yield* forgetting();
  }

  /** Points that are gone: topics under wildcards come and go for months. */
  function* forgetting(): Steps {
    for (const [id, { watches }] of known) {
      yield;
      if (live.get(id)) continue;
      known.delete(id);
      watching -= watches.length;
      for (const watch of watches) {
        silent.delete(watch);
        if (watch.entry) book.drop(watch.entry);
      }
    }
  }

  const isPresent = ({ at, status }: LivePoint): boolean =>
    at !== null && status.freshness === "live" && status.retained !== true;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const changes = await store.alarmChanges();
      if (changes !== lookedAt) {
        await rules.refresh();
        await book.refresh();
      }
      lookedAt = changes;
    } catch (error) {
      log.warn({ error: String(error) }, "alarms of other nodes could not be read; tried again in a second");
    } finally {
      looking = false;
    }
  }

  /** A person's act on an alarm. */
  async function act(id: string, input: (entry: AlarmEntry) => AlarmInput): Promise<boolean> {
    const entry = book.find(id);
    const rule = entry && index.rules.get(entry.rule);
    return entry && rule ? book.act(entry, rule, input(entry)) : false;
  }

  return {
    ...rules,
    ...view,
    acknowledge: (id, by, note) =>
      act(id, ({ record: { state } }) => ({
        kind: "acknowledge",
        alarm: "id" in state ? state.id : "",
        by,
        note,
      })),
    shelve: (id, until, by) => act(id, () => ({ kind: "shelve", until, by })),
    unshelve: (id, by) => act(id, () => ({ kind: "unshelve", by })),
    onChange: book.changes.add,
    counters: () => ({ rules: index.rules.size, watching, points_left_out: left, ...book.counters }),
    async start() {
      await rules.start();
      await book.refresh();
      index = createRuleIndex(rules.rules().map(({ item }) => item));
      undo = [
        rules.onChange(rulesChanged),
        live.onReading(onReading),
        live.onUpdate(onUpdate),
        live.onPoints(() => {
          if (index.rules.size > 0) sweepSoon.ask();
        }),
      ];
      tickIfNeeded();
      if (parts.severalNodes) undo.push(clock.every(LOOK_MS, () => void look()));
      if (index.rules.size > 0) sweepSoon.ask();
    },
    async stop() {
      for (const end of undo) end();
      undo = [];
      ticking?.();
      sweepSoon.stop();
      steps.stop();
      rules.stop();
      await book.stop();
    },
  };
}

const judgedBy = (of: CompiledRule | undefined): string =>
  JSON.stringify([of?.rule.when, of?.rule.points, of?.rule.disabled]);
