import type { ClearedOut, FoundOut } from "../../../lib/api";
import type { BrokerId } from "../../../lib/ids";
import { createListeners } from "../../../lib/listeners";
import { ok } from "../../../lib/result";
import type { Steps } from "../../../lib/steps";
import type {
  Brokers,
  Cancel,
  Catalog,
  Clock,
  ConfigStore,
  DiscoveryFeed,
  DiscoveryService,
  InboundMessage,
  Log,
} from "../../ports";
import { createStepQueue } from "../../stepQueue";
import { programExpiryOf } from "../commands/gestureExpiry";
import { type CompiledDevice, type CompiledPart, createFinder, type Finder } from "./finder";
import { homesOf, registeredIn } from "./homes";
import { openKeptBook } from "./keptBook";
import { createOwnMessages } from "./ownMessages";
import { createRegistering } from "./registering";
import { announcementsOf, type ShowParts, showDevice, stateOf } from "./show";

/** What changes within it is one change; the more there is, the rarer it is looked at. */
const REVIEW_MS = 100;
const REVIEW_SHARE = 3;
const KEEP_ALIVE_MS = 5000;
const NOISE_LOOK_MS = 5000;

export interface DiscoveryParts {
  clock: Clock;
  log: Log;
  store: ConfigStore;
  catalog: Catalog;
  brokers: Brokers;
  maxWritten?: number;
}

interface Shown {
  readonly found: readonly CompiledDevice[];
  readonly list: ReturnType<Catalog["registrations"]>;
  readonly present: ReadonlyMap<string, unknown>;
  readonly at: ReadonlyMap<CompiledPart, string>;
}
type DiscoveryCounts = Record<FoundOut["state"], number>;

/**
 * Finds the devices that announce themselves on each broker, and registers those that a person keeps (or all of them, in the mode
 * `add`) under ids that stay the same. A device that announces itself otherwise changes what was registered, unless a person edited
 * it; what a person deleted is not added again by itself; what a device withdraws is marked and stays.
 */
export async function createDiscoveryService(
  parts: DiscoveryParts,
): Promise<DiscoveryService & { feed: DiscoveryFeed; start(): void; stop(): void }> {
  const { clock, log, catalog, brokers } = parts;
  const book = await openKeptBook(parts.store, log);
  const finders = new Map<BrokerId, Finder>();
  const filterListeners = createListeners<[]>();
  let undo: (() => void)[] = [];
  let waiting: Cancel | undefined;
  let lastMs = 0;
  let reviewedAt = Number.NEGATIVE_INFINITY;
  let failed = 0;
  let stopped = false;
  let shown: Shown | undefined;

  /** Announcements are read, and all that follows from them is worked out, one after the other and in short turns. */
  const steps = createStepQueue(clock, (error) => {
    failed++;
    log.error({ err: error }, "what is found could not be worked out");
  });

  const isIgnored = (key: string): boolean => book.ignored.has(key);
  const registering = createRegistering({ catalog, book, steps, all, maxWritten: parts.maxWritten });
  const ownMessages = createOwnMessages({ clock, brokers, finders });

  function syncBrokers(): void {
    const ids = book.mode === "off" ? [] : catalog.brokers().map(({ item }) => item.id);
    const before = finders.size;
    for (const id of [...finders.keys()]) if (!ids.includes(id)) finders.delete(id);
    let changed = before !== finders.size;
    for (const id of ids) {
      if (finders.has(id)) continue;
      finders.set(id, createFinder(id));
      changed = true;
    }
    if (changed) filterListeners.tell();
  }

  function onMessage(message: InboundMessage): void {
    if (message.echoOf !== undefined) return;
    const reading = finders.get(message.broker)?.handle(message);
    if (reading) steps.add(reading, (changed) => changed && reviewSoon(), message.payload.length);
  }

  function reviewSoon(): void {
    if (stopped) return;
    // The first at once: what a device says right behind its announcement is said once.
    const due = reviewedAt + Math.max(REVIEW_MS, lastMs * REVIEW_SHARE);
    waiting ??= clock.after(Math.max(0, due - clock.now()), () => {
      waiting = undefined;
      const from = clock.now();
      steps.add(reviewing(), (changed) => {
        if (changed) filterListeners.tell();
        reviewedAt = clock.now();
        lastMs = reviewedAt - from;
        registering.reconcile().catch((error: unknown) => {
          failed++;
          log.error({ err: error }, "found devices could not be written; tried again when something changes");
        });
      });
    });
  }

  function* reviewing(): Steps<boolean> {
    let changed = false;
    for (const finder of [...finders.values()]) changed = (yield* finder.review(isIgnored)) || changed;
    return changed;
  }

  /** Filters that hear much and find nothing are paused, and resumed an hour later. */
  function reviewNoise(): void {
    for (const finder of finders.values()) {
      if (!finder.reviewNoise(clock.now())) continue;
      log.info({ broker: finder.broker, paused: finder.paused() }, "other discovery filters are paused now");
      steps.add(finder.review(isIgnored), (changed) => changed && filterListeners.tell());
    }
  }

  function* all(): Steps<readonly CompiledDevice[]> {
    const lists: (readonly CompiledDevice[])[] = [];
    for (const finder of [...finders.values()]) lists.push(yield* finder.devices());
    return lists.length === 1 ? (lists[0] ?? []) : lists.flat();
  }

  /** How found devices are shown: worked out once for the same finds and the same registrations. */
  function* showing(withValues: boolean): Steps<{ found: readonly CompiledDevice[]; to: ShowParts }> {
    const list = catalog.registrations();
    const found = yield* all();
    if (shown?.found !== found || shown.list !== list) {
      const present = registeredIn(catalog);
      shown = { found, list, present, at: yield* homesOf(present, found, { catalog, book }) };
    }
    const { present, at } = shown;
    const to: ShowParts = {
      isKept: (part) => present.has(at.get(part) ?? part.registration.id),
      idOf: (part) => at.get(part) ?? part.registration.id,
      isIgnored,
      last: (part) =>
        withValues
          ? (finders.get(part.registration.broker as BrokerId)?.cache.last(part.compiled.filter ?? "") ?? [])
          : [],
    };
    return { found, to };
  }

  function* count(): Steps<DiscoveryCounts> {
    const { found, to } = yield* showing(false);
    const counts = { found: 0, kept: 0, ignored: 0, withdrawn: 0 };
    for (const one of found) {
      counts[stateOf(one, to)]++;
      yield;
    }
    return counts;
  }

  const find = async (key: string): Promise<CompiledDevice | undefined> =>
    (await steps.run(all())).find((one) => one.key === key);
  const refusals = () => {
    const books = [...finders.values()].flatMap(({ discovery }) => discovery.counters());
    const sum = (of: "refused" | "capped" | "failed") => books.reduce((n, one) => n + one[of], 0);
    const greedy = [...finders.values()].reduce((n, finder) => n + finder.refused(), 0);
    return { refused: sum("refused") + sum("failed") + greedy, capped: sum("capped") + registering.capped() };
  };

  const paused = () =>
    [...finders.values()].flatMap((finder) => finder.paused().map((one) => ({ broker: finder.broker, ...one })));

  const feed: DiscoveryFeed = {
    *filters() {
      for (const finder of finders.values())
        for (const filter of finder.filters()) yield { broker: finder.broker, filter };
    },
    onFilters: filterListeners.add,
    last: (broker, filter) => finders.get(broker)?.cache.last(filter) ?? [],
  };

  return {
    feed,
    async state() {
      const { found, kept, ignored } = await steps.run(count());
      return { mode: book.mode, found, kept, ignored, ...refusals(), paused: paused() };
    },
    async setMode(mode) {
      book.mode = mode;
      await book.saveMode();
      syncBrokers();
      reviewSoon();
    },
    notices: book.notices,
    async found() {
      const { found, to } = await steps.run(showing(true));
      return found.map((one) => ({ id: one.key, name: one.device.name, show: () => showDevice(one, to) }));
    },
    name: async (key) => (await find(key))?.device.name,
    async keep(key, entities) {
      const found = await find(key);
      if (!found) return undefined;
      if (book.ignored.delete(key)) await book.saveIgnored();
      return { kept: await registering.keep([found], entities) };
    },
    keepAll: async () => ({
      kept: await registering.keep((await steps.run(all())).filter(({ key }) => !isIgnored(key))),
    }),
    async ignore(key, ignored) {
      if (!(await find(key))) return undefined;
      if (ignored) book.ignored.add(key);
      else book.ignored.delete(key);
      await book.saveIgnored();
      reviewSoon();
      return null;
    },
    async clear(key, first, expiry) {
      const found = await find(key);
      if (!found) return undefined;
      const until = programExpiryOf(expiry, clock.now());
      if (!until.ok) return until;
      const topics = announcementsOf(found);
      await first(topics);
      const failed: ClearedOut["failed"] = [];
      for (const topic of topics) {
        const reason = await ownMessages.clearRetained(found.broker, topic, until.value);
        if (reason !== undefined) failed.push({ topic, reason });
      }
      return ok({ cleared: topics.length - failed.length, failed });
    },
    counters: () => ({
      devices: [...finders.values()].reduce((n, { size }) => n + size, 0),
      written: book.written.size,
      failed,
      ...refusals(),
    }),
    start() {
      undo = [
        brokers.onMessage(onMessage),
        catalog.onChange(({ brokers: changed }) => {
          if (changed) syncBrokers();
        }),
        clock.every(KEEP_ALIVE_MS, ownMessages.keepAlive),
        clock.every(NOISE_LOOK_MS, reviewNoise),
      ];
      syncBrokers();
    },
    stop() {
      stopped = true;
      for (const end of undo) end();
      undo = [];
      waiting?.();
      steps.stop();
    },
  };
}
