import { randomUUID } from "node:crypto";
import type { ClearedOut, FoundOut } from "../../../lib/api";
import { signatureOf } from "../../../lib/discovery/signature";
import { type BrokerId, CommandId } from "../../../lib/ids";
import type { Registration } from "../../../lib/registration";
import type { Steps } from "../../../lib/steps";
import { parseTopic } from "../../../lib/topics/parse";
import type {
  Brokers,
  Cancel,
  Catalog,
  Clock,
  ConfigStore,
  Discovery,
  Hearing,
  InboundMessage,
  Log,
} from "../../ports";
import { createListeners } from "../live/listeners";
import { createStepQueue } from "../stepQueue";
import { createFinder, type Finder, type Found, isGone, type Part } from "./finder";
import { fingerprint, openKeptBook } from "./keptBook";
import { announcementsOf, type ShowParts, showDevice, stateOf } from "./show";

/** What changes within it is one change; the more there is, the rarer it is looked at. */
const REVIEW_MS = 100;
const REVIEW_SHARE = 3;
/** What discovery registers at most, by itself or by "add all". */
const MAX_WRITTEN = 5000;
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
  readonly found: readonly Found[];
  readonly list: ReturnType<Catalog["registrations"]>;
  readonly present: ReadonlyMap<string, unknown>;
  readonly at: ReadonlyMap<Part, string>;
}
type DiscoveryCounts = Record<FoundOut["state"], number>;

/**
 * Finds the devices that announce themselves on each broker, and registers those that a person keeps (or all of them, in the mode
 * `add`) under ids that stay the same. A device that announces itself otherwise changes what was registered, unless a person edited
 * it; what a person deleted is not added again by itself; what a device withdraws is marked and stays.
 */
export async function createDiscoveryService(
  parts: DiscoveryParts,
): Promise<Discovery & { hearing: Hearing; start(): void; stop(): void }> {
  const { clock, log, catalog, brokers } = parts;
  const maxWritten = parts.maxWritten ?? MAX_WRITTEN;
  const book = await openKeptBook(parts.store, log);
  const finders = new Map<BrokerId, Finder>();
  const filterListeners = createListeners<[]>();
  const fed = new Map<string, number>();
  let undo: (() => void)[] = [];
  let waiting: Cancel | undefined;
  let lastMs = 0;
  let reviewedAt = Number.NEGATIVE_INFINITY;
  let work: Promise<unknown> = Promise.resolve();
  let capped = 0;
  let failed = 0;
  let stopped = false;
  let shown: Shown | undefined;

  /** Announcements are read, and all that follows from them is worked out, one after the other and in short turns. */
  const steps = createStepQueue(clock, (error) => {
    failed++;
    log.error({ err: error }, "what is found could not be worked out");
  });

  const isIgnored = (key: string): boolean => book.ignored.has(key);

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
        serially(reconcile).catch((error: unknown) => {
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

  /** One after the other: each sees what the one before has written. */
  function serially<T>(step: () => Promise<T>): Promise<T> {
    const next = work.then(step);
    work = next.catch(() => undefined);
    return next;
  }

  const registered = () => new Map(catalog.registrations().map((one) => [one.item.id as string, one]));
  function* all(): Steps<readonly Found[]> {
    const lists: (readonly Found[])[] = [];
    for (const finder of [...finders.values()]) lists.push(yield* finder.devices());
    return lists.length === 1 ? (lists[0] ?? []) : lists.flat();
  }

  /** Which registration a found part is: its own, or one that already says the same in other words, whoever wrote it. */
  function* homes(present: ReturnType<typeof registered>, found: readonly Found[]): Steps<Map<Part, string>> {
    const own = new Set<string>();
    // What was taken back in one announcement and stands in another keeps its registration.
    for (const { device, entities } of found)
      for (const { entity, parts } of entities) {
        if (!isGone(device) && entity.withdrawn === undefined)
          for (const { registration } of parts) own.add(registration.id);
        yield;
      }
    const others = new Map<string, string>();
    for (const [id, { item }] of present) {
      if (own.has(id) || item.values) continue;
      others.set(`${item.broker ?? catalog.defaultBroker()} ${signatureOf(item)}`, id);
      yield;
    }
    const made = new Map<Part, string>();
    for (const { entities } of found)
      for (const { parts } of entities) {
        for (const part of parts) {
          const { id, broker } = part.registration;
          const said = `${broker} ${signatureOf(part.registration)}`;
          const other = present.has(id) ? undefined : others.get(said);
          // What discovery wrote follows one announcement, not two.
          if (other !== undefined && book.written.has(other)) others.delete(said);
          made.set(part, other ?? id);
        }
        yield;
      }
    return made;
  }

  async function write(list: Registration[]): Promise<number> {
    const room = Math.max(0, maxWritten - book.written.size);
    const fresh = list.filter(({ id }) => !book.written.has(id));
    const over = new Set(fresh.slice(room));
    capped += over.size;
    const puts = list.filter((one) => !over.has(one));
    if (puts.length === 0) return 0;
    const stood = await catalog.putRegistrations(puts);
    for (const one of puts) if (stood.has(one.id)) book.written.set(one.id, fingerprint(one));
    await book.saveWritten();
    return stood.size;
  }

  /** What was kept follows its announcement; in the mode `add` the rest is added. */
  async function reconcile(): Promise<void> {
    const puts = await steps.run(changes());
    if (puts.length === 0) return;
    // A person may have deleted or edited one while the list was made.
    const present = registered();
    const still = puts.filter(({ id, there }) => present.get(id)?.item === there);
    if (still.length) await write(still.map(({ proposal }) => proposal));
  }

  function* changes(): Steps<{ id: string; there: Registration | undefined; proposal: Registration }[]> {
    const present = registered();
    const found = yield* all();
    const at = yield* homes(present, found);
    const puts = new Map<string, { id: string; there: Registration | undefined; proposal: Registration }>();
    for (const { key, device, entities } of found)
      for (const { entity, parts } of entities) {
        const gone = isGone(device) || entity.withdrawn !== undefined;
        for (const part of parts) {
          const id = (at.get(part) ?? part.registration.id) as Registration["id"];
          const there = present.get(id);
          const wrote = book.written.get(id);
          const proposal = id === part.registration.id ? part.registration : { ...part.registration, id };
          if (!there) {
            if (book.mode === "add" && !gone && !isIgnored(key) && wrote === undefined)
              puts.set(id, { id, there, proposal });
          } else if (
            !gone &&
            there.origin === "store" &&
            wrote === fingerprint(there.item) &&
            wrote !== fingerprint(proposal)
          )
            puts.set(id, { id, there: there.item, proposal });
        }
        yield;
      }
    return [...puts.values()];
  }

  /** Those that are asked for and not there yet; what a person deleted comes back, since a person asks for it. */
  function keepThese(found: readonly Found[], entities?: readonly string[]): Promise<number> {
    return serially(async () => {
      const puts = await steps.run(lacking(found, entities));
      for (const { id } of puts) book.written.delete(id);
      return write(puts);
    });
  }

  function* lacking(found: readonly Found[], entities: readonly string[] | undefined): Steps<Registration[]> {
    const present = registered();
    const at = yield* homes(present, yield* all());
    const puts: Registration[] = [];
    for (const { device, entities: offered } of found)
      for (const { entity, parts } of offered) {
        const asked = entities ? entities.includes(entity.id) : !entity.hidden;
        if (!asked || isGone(device) || entity.withdrawn !== undefined) continue;
        for (const part of parts) if (!present.has(at.get(part) ?? "")) puts.push(part.registration);
        yield;
      }
    return puts;
  }

  /** Some devices fall silent unless they are asked now and then (Venus OS). Nobody's command: it changes nothing. */
  function keepAlive(): void {
    const now = clock.now();
    for (const { broker, discovery } of finders.values()) {
      if (!brokers.connected(broker)) continue;
      for (const { topic, payload, everyMs } of discovery.keepAlives()) {
        const key = `${broker} ${topic}`;
        const parsed = parseTopic(topic);
        if (!parsed.ok || now - (fed.get(key) ?? Number.NEGATIVE_INFINITY) < everyMs) continue;
        if (fed.size > 1000) fed.clear();
        fed.set(key, now);
        const commandId = CommandId.parse(randomUUID());
        void brokers.publish({ broker, topic: parsed.value, payload, qos: 0, retain: false, commandId });
      }
    }
  }

  /** Answers why it could not be, as a reason within a sentence. */
  async function clearRetained(broker: BrokerId, text: string): Promise<string | undefined> {
    const topic = parseTopic(text);
    if (!topic.ok) return topic.error;
    if (!brokers.connected(broker)) return "the broker is not connected";
    const commandId = CommandId.parse(randomUUID());
    const sent = { broker, topic: topic.value, payload: "", qos: 1, retain: true, commandId, byHand: true } as const;
    const outcome = await brokers.publish(sent);
    return outcome.outcome === "acked" ? undefined : outcome.reason;
  }

  /** How found devices are shown: worked out once for the same finds and the same registrations. */
  function* showing(withValues: boolean): Steps<{ found: readonly Found[]; to: ShowParts }> {
    const list = catalog.registrations();
    const found = yield* all();
    if (shown?.found !== found || shown.list !== list) {
      const present = registered();
      shown = { found, list, present, at: yield* homes(present, found) };
    }
    const { present, at } = shown;
    const to: ShowParts = {
      isKept: (part) => present.has(at.get(part) ?? part.registration.id),
      idOf: (part) => at.get(part) ?? part.registration.id,
      isIgnored,
      last: (part) =>
        withValues
          ? (finders.get(part.registration.broker as BrokerId)?.memory.last(part.compiled.filter ?? "") ?? [])
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

  const find = async (key: string): Promise<Found | undefined> =>
    (await steps.run(all())).find((one) => one.key === key);
  const refusals = () => {
    const books = [...finders.values()].flatMap(({ discovery }) => discovery.counters());
    const sum = (of: "refused" | "capped" | "failed") => books.reduce((n, one) => n + one[of], 0);
    const greedy = [...finders.values()].reduce((n, finder) => n + finder.refused(), 0);
    return { refused: sum("refused") + sum("failed") + greedy, capped: sum("capped") + capped };
  };

  const paused = () =>
    [...finders.values()].flatMap((finder) => finder.paused().map((one) => ({ broker: finder.broker, ...one })));

  const hearing: Hearing = {
    *filters() {
      for (const finder of finders.values())
        for (const filter of finder.filters()) yield { broker: finder.broker, filter };
    },
    onFilters: filterListeners.add,
    last: (broker, filter) => finders.get(broker)?.memory.last(filter) ?? [],
  };

  return {
    hearing,
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
      return { kept: await keepThese([found], entities) };
    },
    keepAll: async () => ({ kept: await keepThese((await steps.run(all())).filter(({ key }) => !isIgnored(key))) }),
    async ignore(key, ignored) {
      if (!(await find(key))) return undefined;
      if (ignored) book.ignored.add(key);
      else book.ignored.delete(key);
      await book.saveIgnored();
      reviewSoon();
      return null;
    },
    async clear(key, first) {
      const found = await find(key);
      if (!found) return undefined;
      const topics = announcementsOf(found);
      await first(topics);
      const failed: ClearedOut["failed"] = [];
      for (const topic of topics) {
        const reason = await clearRetained(found.broker, topic);
        if (reason !== undefined) failed.push({ topic, reason });
      }
      return { cleared: topics.length - failed.length, failed };
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
        clock.every(KEEP_ALIVE_MS, keepAlive),
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
