import { makeIsUnknown } from "../../../lib/decoders/coerce";
import { isKept } from "../../../lib/history";
import type { BrokerId, PointId } from "../../../lib/ids";
import { createListeners, type Listeners } from "../../../lib/listeners";
import { createSetBackWatch } from "../../../lib/setBackWatch";
import { type Said, say } from "../../../lib/texts/said";
import type { IngestPoint, PointOutcome, Reread } from "../../pipeline/ingest";
import { createLastValues, type LastValues } from "../../pipeline/lastValues";
import { beat, type Pace, paceOf, pause } from "../../pipeline/staleness";
import type { Clock, HistoryStore, InboundMessage, LiveChange, LivePoint, LiveState, StoredReading } from "../../ports";
import { type AvailabilityOf, createAvailability } from "./availability";
import type { BrokerFaults } from "./brokerFaults";
import { createPointOrder, type PointOrder } from "./order";
import {
  hasPace,
  infoOf,
  meaningChanged,
  moveBack,
  newRecord,
  noteReject,
  type PointRecord,
  readingChange,
  statusOf,
  typeOf,
} from "./record";

type NewReading = { value: LivePoint["value"]; at: number; unit?: string };
type ReadingEvent = Parameters<Parameters<LiveState["onReading"]>[0]>[0];

export interface PointKeeper {
  readonly values: LastValues;
  readonly order: PointOrder;
  readonly updates: Listeners<[LivePoint, LiveChange]>;
  readonly readings: Listeners<[ReadingEvent]>;
  readonly counters: { readings: number; late: number; rejected: number; retained_known: number };
  add(points: readonly IngestPoint[]): void;
  remove(points: readonly IngestPoint[]): void;
  /** Their registration changed: a value stays where it is still read the same way. */
  change(points: readonly IngestPoint[]): void;
  /** What one message says of one point. */
  take(message: InboundMessage, outcome: PointOutcome): void;
  /** The availability topic by which the point's device is offline. */
  offlineBy(id: PointId): string | undefined;
  /** What it says of availability. */
  takeAvailability(message: InboundMessage): void;
  availabilityFilters(): Iterable<{ broker: BrokerId; filter: IngestPoint["availability"][number]["filter"] }>;
  /** Something else is known now of whether the broker is there. */
  brokerChanged(broker: BrokerId): void;
  /** Silence has grown. */
  tick(): void;
  /** The points that have a pace. */
  paces(): IterableIterator<[PointId, Pace]>;
}

export interface PointKeeperParts {
  clock: Clock;
  faults: BrokerFaults;
  history: HistoryStore | undefined;
  /** What history remembers from before the start; taken out as the points come into being. */
  remembered: Map<PointId, StoredReading>;
  /** The paces from before the start, likewise. */
  paces: Map<PointId, Pace>;
  /** What the newest messages that are kept say of a point as it is registered now. */
  reread(id: PointId): Reread | undefined;
  /** The set of points, or what is known of them, changed. */
  onPoints(): void;
}

/** So many readings in a row that are older than the one shown are no reordering: the device's clock was set back. */
const LATE_TOLD = 10;

/** The points that exist, each with its value and all that its status is judged by. */
export function createPointKeeper(parts: PointKeeperParts): PointKeeper {
  const { clock, faults, history, remembered, onPoints } = parts;
  const values = createLastValues();
  const records = new Map<PointId, PointRecord>();
  const order = createPointOrder();
  const availability = createAvailability<PointId>();
  const updates = createListeners<[LivePoint, LiveChange]>();
  const readings = createListeners<[ReadingEvent]>();
  const counters = { readings: 0, late: 0, rejected: 0, retained_known: 0 };
  const setBackBy = createSetBackWatch(clock);
  let followedAt = clock.now();

  function followClock(): void {
    const by = setBackBy();
    followedAt = clock.now();
    if (by > 0) for (const record of records.values()) moveBack(record, by);
  }

  /** What keeps a point from being heard: its broker is away, or refuses its topic filter. */
  const faultOf = ({ source: { broker, compiled } }: IngestPoint) =>
    faults.of(broker) ?? faults.refusal(broker, compiled.filter);

  /** An availability topic that the broker refuses, and that no wider filter brings. */
  function deafOf({ source: { broker }, availability: topics }: IngestPoint): Said | undefined {
    for (const { filter } of topics) {
      const refusal = faults.refusal(broker, filter);
      if (refusal && (availability.heardAt(broker, filter) ?? 0) < refusal.since)
        return say("status.deaf", { why: refusal.reason });
    }
    return undefined;
  }

  function addPoint(of: IngestPoint): void {
    const { id } = of.point;
    const now = clock.now();
    const record = newRecord(of, now, hasPace(of) ? parts.paces.get(id) : undefined);
    parts.paces.delete(id);
    record.broker = faultOf(of);
    records.set(id, record);
    order.place(record);
    availability.watch(id, undefined, availabilityOf(of));
    record.device = availability.offline(id, availabilityOf(of));
    record.deaf = deafOf(of);
    const info = infoOf(of);
    const past = remembered.get(id);
    remembered.delete(id);
    values.add(info, statusOf(record, { freshness: "unknown", since: now }, now));
    if (past && fits(info.type, past)) {
      record.source = { kind: "remembered", since: now };
      if (isDated(of)) record.datedAt = past.at;
      learnType(id, past.value);
      const shown = values.get(id);
      if (shown)
        values.apply(id, { reading: { value: past.value, at: past.at }, status: statusOf(record, shown.status, now) });
    }
  }

  function changePoint(of: IngestPoint): void {
    const { id } = of.point;
    const record = records.get(id);
    if (!record) return;
    const before = record.of;
    const change = readingChange(before, of);
    if (change === "anew") {
      availability.watch(id, availabilityOf(before), undefined);
      values.remove(id);
      order.remove(record);
      addPoint(of);
      readAgain(id, undefined);
      return;
    }
    record.of = of;
    order.place(record);
    availability.watch(id, availabilityOf(before), availabilityOf(of));
    record.device = availability.offline(id, availabilityOf(of));
    record.deaf = deafOf(of);
    const learned = before.point.info.unit === undefined ? values.get(id)?.info.unit : undefined;
    const info = infoOf(of);
    values.describe(
      info.unit === undefined && learned !== undefined ? { ...info, unit: learned } : info,
      meaningChanged(before, of) ? "changed" : undefined,
    );
    learnType(id, values.get(id)?.value ?? null);
    restatus(id);
    if (change === "again" && !readAgain(id, before)) forgetNoReading(id, record);
  }

  /**
   * Corrects the value by the last message, which history has already. False: none speaks of the point. `before`: the point as it was
   * registered, where its value is still shown.
   */
  function readAgain(id: PointId, before: IngestPoint | undefined): boolean {
    const record = records.get(id);
    const shown = values.get(id);
    const last = parts.reread(id);
    if (!record || !shown || !last) return false;
    const { outcome, receivedAt, retained } = last;
    if (!outcome.ok) {
      if (noteReject(record, outcome.reject, receivedAt)) restatus(id);
      // The value shown came of this message, and is none as it is registered now: 24 cm are not 24 m.
      if (before && shown.value !== null && isRead(before, last)) {
        record.freshAt = undefined;
        show(record, values.get(id) ?? shown, { value: null, at: shown.at ?? receivedAt }, clock.now());
      }
      return true;
    }
    const dated = isDated(record.of);
    if (!retained) record.source = { kind: "reading", heardAt: receivedAt };
    else if (dated) record.source = { kind: "reading", heardAt: Math.min(outcome.at, receivedAt) };
    else record.source = { kind: "retained", heardAt: receivedAt };
    record.retained = retained && !dated;
    record.freshAt = retained ? undefined : receivedAt;
    record.datedAt = dated ? outcome.at : undefined;
    show(record, shown, outcome, clock.now());
    return true;
  }

  /** The value that is shown is one of those that mean nothing now; what the broker retains may know better. */
  function forgetNoReading(id: PointId, record: PointRecord): void {
    const shown = values.get(id);
    const { registration } = record.of.source.compiled;
    const key = record.of.point.slot.key;
    const words = (key === undefined ? undefined : registration.values?.[key]?.unknown) ?? registration.unknown;
    if (!shown || shown.at === null || shown.value === null || !makeIsUnknown(words)(shown.value)) return;
    record.freshAt = undefined;
    show(record, shown, { value: null, at: shown.at }, clock.now());
  }

  /** The type of a point whose registration does not say is that of its first value. */
  function learnType(id: PointId, value: LivePoint["value"]): void {
    const info = values.get(id)?.info;
    const type = info && info.type === undefined ? typeOf(value) : undefined;
    if (!info || type === undefined) return;
    values.describe({ ...info, type });
    onPoints();
  }

  /** The unit that the payload itself names, for a point whose registration does not say. */
  function learnUnit(id: PointId, unit: string): void {
    const info = values.get(id)?.info;
    if (!info) return;
    values.describe({ ...info, unit });
    onPoints();
  }

  function restatus(id: PointId): void {
    const record = records.get(id);
    const shown = values.get(id);
    if (!record || !shown) return;
    const changed = values.apply(id, { status: statusOf(record, shown.status, clock.now()) });
    if (changed) updates.tell(changed, "status");
  }

  function takeFresh({ receivedAt }: InboundMessage, record: PointRecord, shown: LivePoint, reading: NewReading): void {
    const { id } = shown.info;
    counters.readings++;
    if (hasPace(record.of)) beat(record.cadence, receivedAt);
    record.freshAt = receivedAt;
    record.late = 0;
    if (isDatedReading(record, reading, receivedAt)) record.datedAt = reading.at;
    // A refused filter can be covered by a wider one that the broker accepted.
    if (record.broker) record.broker = faults.of(record.of.source.broker);
    record.retained = false;
    if (record.source.kind === "reading") record.source.heardAt = receivedAt;
    else record.source = { kind: "reading", heardAt: receivedAt };
    show(record, shown, reading, receivedAt);
    keepReading(record, id, reading);
    readings.tell({ point: id, value: reading.value, receivedAt, retained: false });
  }

  /** It was overtaken, or sent from a device's memory: history has a place for it, the present has not. */
  function takeLate({ receivedAt }: InboundMessage, record: PointRecord, id: PointId, { value, at }: NewReading): void {
    counters.late++;
    const policy = record.of.point.slot.history;
    if (!policy || isKept(policy, record.kept, value, at)) history?.append({ point: id, value, at });
    if (++record.late < LATE_TOLD) return;
    const message = say("reject.timesLate", { count: record.late });
    if (noteReject(record, { code: "bad-time", message }, receivedAt)) restatus(id);
  }

  /** Every reading goes to history, unless the registration says less. */
  function keepReading(record: PointRecord, id: PointId, { value, at }: NewReading): void {
    const policy = record.of.point.slot.history;
    if (policy && !isKept(policy, record.kept, value, at)) return;
    if (policy) record.kept = { value, at };
    history?.append({ point: id, value, at });
  }

  /** Never a reading: it tells what is, not that something happened. */
  function takeRetained(
    { receivedAt }: InboundMessage,
    record: PointRecord,
    shown: LivePoint,
    reading: NewReading,
  ): void {
    const broker = record.of.source.broker;
    const listeningSince = faults.connectedSince(broker);
    // Whoever has listened all along knows better than what was once retained.
    const heardAll = record.freshAt !== undefined && listeningSince !== undefined && record.freshAt >= listeningSince;
    const same = shown.at !== null && shown.value === reading.value;
    const dated = isDated(record.of);
    if (heardAll || (same && record.source.kind !== "remembered") || isLate(record, reading, receivedAt)) {
      counters.retained_known++;
      return;
    }
    if (isDatedReading(record, reading, receivedAt)) record.datedAt = reading.at;
    record.source = dated
      ? { kind: "reading", heardAt: Math.min(reading.at, receivedAt) }
      : { kind: "retained", heardAt: receivedAt };
    if (same) {
      // The broker confirms what history remembers, and history knows when it was said.
      record.retained = false;
      restatus(shown.info.id);
      return;
    }
    record.retained = !dated;
    show(record, shown, reading, receivedAt);
  }

  function show(record: PointRecord, shown: LivePoint, { value, at, unit }: NewReading, now: number): void {
    const { id } = shown.info;
    if (shown.info.type === undefined) learnType(id, value);
    if (shown.info.unit === undefined && unit !== undefined) learnUnit(id, unit);
    const changed = values.apply(id, { reading: { value, at }, status: statusOf(record, shown.status, now) });
    if (changed) updates.tell(changed, "value");
  }

  return {
    values,
    order,
    updates,
    readings,
    counters,
    add(points) {
      for (const point of points) addPoint(point);
      onPoints();
    },
    remove(points) {
      for (const gone of points) {
        const { id } = gone.point;
        availability.watch(id, availabilityOf(gone), undefined);
        const record = records.get(id);
        if (record) order.remove(record);
        records.delete(id);
        values.remove(id);
      }
      onPoints();
    },
    change(points) {
      for (const point of points) changePoint(point);
      onPoints();
    },
    take(message, { of, outcome }) {
      if (message.receivedAt < followedAt) followClock();
      const { id } = of.point;
      const record = records.get(id);
      const shown = values.get(id);
      if (!record || !shown) return;
      if (outcome.ok) {
        if (message.retained) takeRetained(message, record, shown, outcome);
        else if (isLate(record, outcome, message.receivedAt)) takeLate(message, record, id, outcome);
        else takeFresh(message, record, shown, outcome);
        return;
      }
      counters.rejected++;
      if (noteReject(record, outcome.reject, message.receivedAt)) restatus(id);
    },
    takeAvailability(message) {
      for (const id of availability.handle(message)) {
        const record = records.get(id);
        if (!record) continue;
        record.device = availability.offline(id, availabilityOf(record.of));
        record.deaf = deafOf(record.of);
        restatus(id);
      }
    },
    offlineBy: (id) => records.get(id)?.device?.topic,
    availabilityFilters: () => availability.filters(),
    brokerChanged(broker) {
      const fault = faults.of(broker);
      for (const [id, record] of records) {
        if (record.of.source.broker !== broker) continue;
        if (fault) pause(record.cadence);
        record.broker = faultOf(record.of);
        record.deaf = deafOf(record.of);
        restatus(id);
      }
    },
    tick() {
      followClock();
      const now = clock.now();
      for (const [id, record] of records) if (record.dueAt <= now) restatus(id);
    },
    *paces() {
      for (const [id, { cadence }] of records) {
        const pace = paceOf(cadence);
        if (pace) yield [id, pace];
      }
    },
  };
}

const availabilityOf = (of: IngestPoint): AvailabilityOf => ({
  broker: of.source.broker,
  availability: of.availability,
  mode: of.source.compiled.availabilityMode ?? "all",
});

const isRead = ({ source, point }: IngestPoint, { payload, receivedAt }: Reread): boolean =>
  source.compiled.read(payload, receivedAt).some(({ slot, ok }) => ok && slot.index === point.slot.index);

/** Its registration names the device's own clock. */
const isDated = (of: IngestPoint): boolean => of.source.compiled.registration.time !== undefined;

/** A message that says nothing has no time of its own either. */
const isDatedReading = ({ of }: PointRecord, { value, at }: NewReading, receivedAt: number): boolean =>
  isDated(of) && !(value === null && at === receivedAt);

const isLate = (record: PointRecord, reading: NewReading, receivedAt: number): boolean =>
  record.datedAt !== undefined && reading.at < record.datedAt && isDatedReading(record, reading, receivedAt);

/** A value remembered under another type says nothing of the point as it is registered now. */
const fits = (type: LivePoint["info"]["type"], { value }: StoredReading): boolean =>
  type === undefined || value === null || typeOf(value) === type;
