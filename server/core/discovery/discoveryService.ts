import type { FoundOut } from "../../../lib/api";
import type { FoundDevice, FoundPart } from "../../../lib/discovery/found";
import type { BrokerId } from "../../../lib/ids";
import { err, ok } from "../../../lib/result";
import type { Steps } from "../../../lib/steps";
import type { Brokers, Catalog, Cleared, Clock, ConfigStore, DiscoveryFeed, DiscoveryService, Log } from "../../ports";
import { createStepQueue } from "../../stepQueue";
import { programExpiryOf } from "../commands/gestureExpiry";
import type { RecentMessages } from "../messages/recentMessages";
import { createFinders } from "./finders";
import { createKeeper, openDiscoverySettings } from "./keeper";
import { createOwnMessages } from "./ownMessages";
import { type Registered, registrationIdsOf } from "./reconcile";
import { announcementsOf, type ShowParts, showDevice, stateOf } from "./show";

const KEEP_ALIVE_MS = 5000;

export interface DiscoveryParts {
  clock: Clock;
  log: Log;
  store: ConfigStore;
  catalog: Catalog;
  brokers: Brokers;
  /** The messages that discovery receives are stored there. */
  recent: RecentMessages;
  /** Whether this node may do something on the broker that no person asked for; absent: it is the only one. */
  acts?: (broker: BrokerId) => boolean;
  maxWritten?: number;
}

interface Shown {
  readonly found: readonly FoundDevice[];
  readonly list: ReturnType<Catalog["registrations"]>;
  readonly registered: Registered;
  readonly ids: ReadonlyMap<FoundPart, string>;
}
type DiscoveryCounts = Record<FoundOut["state"], number>;

export interface RunningDiscovery extends DiscoveryService {
  feed: DiscoveryFeed;
  start(): void;
  stop(): void;
  /** Another node has changed the settings. */
  refresh(): Promise<void>;
  /** Looks again at what was found, as when this node begins to act on a broker. */
  reviewSoon(): void;
}

/**
 * Finds the devices that announce themselves on each broker, and registers those that a person adds (in the mode `add`: all of them)
 * under stable ids. When an announcement changes, the registration is updated, unless a person edited it. What a person deleted is not
 * added again automatically. What a device withdraws is marked and kept.
 */
export async function createDiscoveryService(parts: DiscoveryParts): Promise<RunningDiscovery> {
  const { clock, log, catalog, brokers, recent, acts = () => true } = parts;
  const settings = await openDiscoverySettings(parts.store, log);
  let failed = 0;
  let shown: Shown | undefined;
  let stopKeepAlive = () => {};

  /** Reads announcements and updates the list of found devices, one after the other and in short steps. */
  const steps = createStepQueue(clock, (error) => {
    failed++;
    log.error({ err: error }, "updating the list of found devices failed");
  });
  const finders = createFinders({ clock, log, catalog, brokers, settings, recent, steps, onReviewed });
  const keeper = createKeeper({ catalog, settings, steps, acts, all: finders.devices, maxWritten: parts.maxWritten });
  const ownMessages = createOwnMessages({ clock, brokers, finders: finders.byBroker, acts });

  function onReviewed(): void {
    keeper.reconcile().catch((error: unknown) => {
      failed++;
      log.error({ err: error }, "saving found devices failed; retrying at the next change");
    });
  }

  const isIgnored = (id: string): boolean => settings.ignored.has(id);

  /** The found devices and how to show them, cached until devices or registrations change. */
  function* showing(withValues: boolean): Steps<{ found: readonly FoundDevice[]; to: ShowParts }> {
    const list = catalog.registrations();
    const found = yield* finders.devices();
    if (shown?.found !== found || shown.list !== list) {
      const present = keeper.present();
      shown = { found, list, registered: present.registered, ids: yield* registrationIdsOf(found, present) };
    }
    const { registered, ids } = shown;
    const idOf = (part: FoundPart): string => ids.get(part) ?? part.registration.id;
    const to: ShowParts = {
      isKept: (part) => registered.has(idOf(part)),
      idOf,
      isIgnored,
      last: (part) => (withValues ? recent.last(part.registration.broker as BrokerId, part.compiled.filter ?? "") : []),
    };
    return { found, to };
  }

  function* count(): Steps<DiscoveryCounts> {
    const { found, to } = yield* showing(false);
    const counts = { found: 0, kept: 0, ignored: 0, withdrawn: 0 };
    for (const device of found) {
      counts[stateOf(device, to)]++;
      yield;
    }
    return counts;
  }

  const find = async (id: string): Promise<FoundDevice | undefined> =>
    (await steps.run(finders.devices())).find((device) => device.id === id);

  function counters() {
    const { devices, refused, capped } = finders.counters();
    return { devices, refused, capped: capped + keeper.capped() };
  }

  return {
    feed: finders.feed,
    async state() {
      const { found, kept, ignored } = await steps.run(count());
      const { refused, capped } = counters();
      return { mode: settings.mode, found, kept, ignored, refused, capped, paused: finders.paused() };
    },
    async setMode(mode) {
      settings.mode = mode;
      await settings.saveMode();
      finders.sync();
      finders.reviewSoon();
    },
    notices: settings.notices,
    async found() {
      const { found, to } = await steps.run(showing(true));
      return found.map((device) => ({ id: device.id, name: device.name, show: () => showDevice(device, to) }));
    },
    name: async (id) => (await find(id))?.name,
    async keep(id, entities) {
      const device = await find(id);
      if (!device) return undefined;
      if (settings.ignored.has(id)) await settings.setIgnored(id, false);
      return { kept: await keeper.keep([device], entities) };
    },
    keepAll: async () => ({
      kept: await keeper.keep((await steps.run(finders.devices())).filter(({ id }) => !isIgnored(id))),
    }),
    async ignore(id, ignored) {
      if (!(await find(id))) return undefined;
      await settings.setIgnored(id, ignored);
      finders.reviewSoon();
      return null;
    },
    async clear(id, first, expiry) {
      const device = await find(id);
      if (!device) return undefined;
      const until = programExpiryOf(expiry, clock.now());
      if (!until.ok) return err(until.error);
      const topics = announcementsOf(device);
      await first(topics);
      const failures: Cleared["failed"] = [];
      for (const topic of topics) {
        const reason = await ownMessages.clearRetained(device.broker, topic, until.value);
        if (reason !== undefined) failures.push({ topic, reason });
      }
      return ok({ cleared: topics.length - failures.length, failed: failures });
    },
    counters: () => ({ ...counters(), written: settings.written.size, failed }),
    reviewSoon: finders.reviewSoon,
    async refresh() {
      await settings.refresh();
      finders.sync();
      finders.reviewSoon();
    },
    start() {
      finders.start();
      stopKeepAlive = clock.every(KEEP_ALIVE_MS, ownMessages.keepAlive);
    },
    stop() {
      finders.stop();
      stopKeepAlive();
      steps.stop();
    },
  };
}
