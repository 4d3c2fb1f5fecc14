import { randomUUID } from "node:crypto";
import type { CompiledRegistration } from "../../../lib/compiled";
import type { BrokerId, PointId } from "../../../lib/ids";
import { createListeners } from "../../../lib/listeners";
import type { Registration } from "../../../lib/registration";
import type { Steps } from "../../../lib/steps";
import { say } from "../../../lib/texts/said";
import { createIngest, type Ingest, type IngestRegistration, type PointOutcome } from "../../pipeline/ingest";
import type { Pace } from "../../pipeline/staleness";
import type {
  Brokers,
  Catalog,
  Clock,
  DiscoveryFeed,
  HistoryStore,
  InboundMessage,
  LiveState,
  Log,
  Notice,
  StoredReading,
  Unsubscribe,
} from "../../ports";
import { createStepQueue } from "../../stepQueue";
import { compileOnce } from "../catalog/compileOnce";
import type { RecentMessages } from "../messages/recentMessages";
import { actuatorOf } from "./actuator";
import { createBrokerFaults } from "./brokerFaults";
import { createPaceWriter, type PaceMemory } from "./paces";
import { createPictures } from "./pictures";
import { createPointKeeper } from "./points";
import { inPortions, type SourceChange } from "./portions";
import { infoOf, type PointRecord } from "./record";
import { topicOf } from "./rememberedTopics";
import { collectFilters, type Filters } from "./subscriptions";
import { createThrottle } from "./throttle";

const TICK_MS = 1000;
/** `onPoints` at most four times a second; a burst of new topics is one change. */
const POINTS_MS = 250;
/** New availability topics are subscribed together. */
const SUBSCRIBE_MS = 50;
/** Where registrations name no broker and none is configured: their points exist, and say that they are offline. */
const NO_BROKER = "main" as BrokerId;

export interface LiveStateParts {
  clock: Clock;
  log: Log;
  catalog: Catalog;
  brokers: Brokers;
  history?: HistoryStore;
  /** What is listened to beside the registrations. */
  feed?: DiscoveryFeed;
  /** What was heard before a registration came. */
  recent?: Pick<RecentMessages, "last">;
  /** Where the paces of the points outlast a restart. */
  paces?: PaceMemory;
  /** Distinct topics kept under wildcards, default 100,000. */
  maxTopics?: number;
}

/**
 * All points with their newest reading: what the brokers say, read by the registrations of the catalog, judged for freshness.
 * The LV rules of lib/SPEC.md.
 */
export function createLiveState(parts: LiveStateParts): LiveState & { start(): Promise<void>; stop(): Promise<void> } {
  const { clock, log, catalog, brokers, history, feed, recent } = parts;
  const epoch = randomUUID();
  const faults = createBrokerFaults();
  const remembered = new Map<PointId, StoredReading>();
  const paces = new Map<PointId, Pace>();
  const pointSets = createListeners<[]>();
  const pictures = createPictures();
  const counters = { received: 0, echoes: 0 };

  let compiled = new Map<string, { item: Registration; source: IngestRegistration }>();
  let sources: readonly IngestRegistration[] = [];
  let usedBrokers = new Set<BrokerId>();
  let filters: Filters = new Map();
  let replays: { broker: BrokerId; compiled: CompiledRegistration }[] = [];
  let undo: Unsubscribe[] = [];
  /** The list of all points as it was when the reload that is under way began: lists and views change once, with its end. */
  let listBefore: readonly PointRecord[] | undefined;

  const reloadFailed = (error: unknown): void =>
    log.error({ err: error }, "changed registrations could not be taken over");
  const reloads = createStepQueue(clock, reloadFailed);
  const tellPoints = createThrottle(clock, POINTS_MS, () => {
    // Told when it is over.
    if (listBefore) return;
    // While nobody asks for the list, too: it would hold the points that are gone, and be long in the making for the first who asks.
    reloads.add(keeper.order.refreshing(), pointSets.tell);
  });
  const subscribeSoon = createThrottle(clock, SUBSCRIBE_MS, () => reloads.add(subscribing(), () => undefined));
  const keeper = createPointKeeper({
    clock,
    faults,
    history,
    remembered,
    paces,
    reread: (id) => ingest.reread(id),
    onPoints: () => tellPoints.ask(),
  });
  const { values } = keeper;
  const { order } = keeper;
  const paceWriter = createPaceWriter({ clock, log, memory: parts.paces, paces: keeper.paces });
  const ingest: Ingest = createIngest({
    maxTopics: parts.maxTopics,
    onAdded(points) {
      keeper.add(points);
      if (points.some((of) => of.availability.length > 0)) subscribeSoon.ask();
    },
    onRemoved(points) {
      keeper.remove(points);
      if (points.some((of) => of.availability.length > 0)) subscribeSoon.ask();
    },
    onChanged: keeper.change,
  });

  function reviewBrokers(): void {
    for (const id of faults.review(usedBrokers, clock.now())) keeper.brokerChanged(id);
  }

  function onMessage(message: InboundMessage): void {
    counters.received++;
    // The echo of our own publish is the requested value, not the device's state.
    if (message.echoOf !== undefined) {
      counters.echoes++;
      return;
    }
    const { broker, topic, payload, receivedAt, retained } = message;
    // First, since a topic's first message brings the points into being that its word is about.
    const outcomes = ingest.handle(broker, topic, payload, receivedAt, retained);
    keeper.takeAvailability(message);
    for (const outcome of outcomes) {
      keeper.take(message, outcome);
      keepPicture(outcome, payload);
    }
  }

  function keepPicture({ point, of, outcome }: PointOutcome, payload: Uint8Array): void {
    const { registration, holds } = of.source.compiled;
    if (holds !== "picture" || !outcome.ok) return;
    // What was not taken (a retained picture come again) must not stand behind the value that is shown.
    if (values.get(point.id)?.value === outcome.value) pictures.put(point.id, registration, payload, outcome.value);
  }

  function tick(): void {
    reviewBrokers();
    keeper.tick();
  }

  function* reloading(): Steps {
    const known = compiled;
    const changes: SourceChange[] = [];
    const again: typeof replays = [];
    const made: typeof compiled = new Map();
    for (const { item, origin } of catalog.registrations()) {
      yield;
      let entry = known.get(item.id);
      const broker = item.broker ?? catalog.defaultBroker() ?? NO_BROKER;
      // An entry that did not change is the same object: of ten thousand hardly one is compared as text.
      if (!entry || (entry.item !== item && JSON.stringify(entry.item) !== JSON.stringify(item))) {
        const result = compileOnce(item);
        if (!result.ok) {
          // The catalog refuses such before they come here; one bad registration must not take the others along.
          log.error(
            { registration: item.id, fault: result.error },
            "a registration cannot be compiled and is left out",
          );
          continue;
        }
        entry = { item, source: { compiled: result.value, broker, origin } };
        if (result.value.filter && filters.get(broker)?.has(result.value.filter))
          again.push({ broker, compiled: result.value });
      }
      const { source: last } = entry;
      const source =
        last.broker === broker && last.origin === origin ? last : { compiled: last.compiled, broker, origin };
      if (source !== last) entry = { item, source };
      made.set(item.id, entry);
      const was = known.get(item.id)?.source;
      if (was !== source) changes.push({ was, now: source });
    }
    for (const [id, { source }] of known) {
      yield;
      if (!made.has(id)) changes.push({ was: source, now: undefined });
    }
    sources = [...made.values()].map(({ source }) => source);
    usedBrokers = new Set(sources.map(({ broker }) => broker));
    compiled = made;
    yield* takingOver(changes);
    replays.push(...again);
    yield* subscribing();
    faults.states(brokers.states());
    reviewBrokers();
    for (const { now } of changes) {
      if (!recent) break;
      yield;
      if (now) catchUp(recent, now);
    }
  }

  function* takingOver(changes: readonly SourceChange[]): Steps {
    listBefore = order.list();
    try {
      yield* order.rank(sources);
      for (const { gone, fresh } of inPortions(changes)) {
        ingest.change(gone, fresh);
        yield;
      }
      yield* order.refreshing();
    } finally {
      listBefore = undefined;
      if (changes.length > 0) tellPoints.ask();
    }
  }

  /** One after the other, in short turns; a small change is done when this returns. */
  const reload = (): Promise<void> => reloads.run(reloading());

  /** What was said on its topics before it was registered; the broker repeats only what is retained. */
  function catchUp(heard: Pick<RecentMessages, "last">, { compiled, broker }: IngestRegistration): void {
    const unseen = new Set<PointId>();
    const isNew = ({ point: { id } }: PointOutcome) => unseen.has(id) || values.get(id)?.at === null;
    if (compiled.filter)
      for (const message of heard.last(broker, compiled.filter))
        for (const outcome of ingest.handle(broker, message.topic, message.payload, message.receivedAt)) {
          if (outcome.of.source.compiled !== compiled || !isNew(outcome)) continue;
          unseen.add(outcome.point.id);
          keeper.take(message, outcome);
          keepPicture(outcome, message.payload);
        }
    if (compiled.wildcard) return;
    for (const { filter } of compiled.availability([]))
      for (const message of heard.last(broker, filter)) keeper.takeAvailability(message);
  }

  /** Points under wildcards that history knows are there before their topics speak again. */
  function recall(): void {
    for (const id of [...remembered.keys()]) {
      for (const { broker, compiled } of sources) {
        const topic = topicOf(compiled.registration, id);
        if (topic !== undefined) ingest.recall(broker, topic);
      }
    }
    remembered.clear();
  }

  function* subscribing(): Steps {
    filters = yield* collectFilters(sources, keeper.availabilityFilters(), feed?.filters() ?? []);
    brokers.apply(
      catalog.brokers().map(({ item }) => item),
      filters,
    );
    for (const { broker, compiled } of replays) if (compiled.filter) brokers.replay?.(broker, compiled.filter);
    replays = [];
  }

  return {
    epoch,
    get rev() {
      return values.rev;
    },
    get size() {
      return values.size;
    },
    get: values.get,
    countOf: values.countOf,
    offlineBy: keeper.offlineBy,
    lastMessage: ingest.lastMessage,
    picture: pictures.get,
    *points() {
      for (const { of } of listBefore ?? order.list()) {
        const point = values.get(of.point.id);
        if (point) yield point;
      }
    },
    onUpdate: keeper.updates.add,
    onPoints: pointSets.add,
    onReading: keeper.readings.add,
    applyCommand(command) {
      const changed = values.applyCommand(command);
      if (changed) keeper.updates.tell(changed, "command");
    },
    actuator(id) {
      const of = ingest.get(id);
      return of && actuatorOf(of, values.get(id)?.info ?? infoOf(of));
    },
    notices(): Notice[] {
      const { evicted, topics } = ingest.counters;
      if (evicted === 0) return [];
      return [
        {
          id: "topic-cap",
          level: "warning",
          // No running count: the page that shows it is not drawn anew for each.
          text: say("notice.topicCap", { topics }),
        },
      ];
    },
    counters: () => ({ ...counters, ...keeper.counters, ...ingest.counters, points: values.size, rev: values.rev }),
    async start() {
      for (const reading of await latest(history, log)) remembered.set(reading.point, reading);
      for (const [id, pace] of await paceWriter.load()) paces.set(id, pace);
      undo = [
        paceWriter.start(),
        brokers.onMessage(onMessage),
        brokers.onState((states) => {
          faults.states(states);
          reviewBrokers();
        }),
        catalog.onChange((what) => {
          if (what.registrations || what.brokers) void reload().catch(reloadFailed);
        }),
        clock.every(TICK_MS, tick),
      ];
      if (feed) undo.push(feed.onFilters(() => subscribeSoon.ask()));
      await reload();
      recall();
    },
    async stop() {
      reloads.stop();
      for (const end of undo) end();
      undo = [];
      tellPoints.stop();
      subscribeSoon.stop();
      await paceWriter.write();
    },
  };
}

/** Without its memory Telltale still shows what comes. */
async function latest(history: HistoryStore | undefined, log: Log): Promise<StoredReading[]> {
  if (!history) return [];
  try {
    return await history.latest();
  } catch (error) {
    log.error({ err: error }, "history cannot be read: values from before the start are not shown");
    return [];
  }
}
