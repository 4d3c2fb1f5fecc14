import type { FoundDevice } from "../../../lib/discovery/found";
import type { BrokerId } from "../../../lib/ids";
import { createListeners } from "../../../lib/listeners";
import type { Steps } from "../../../lib/steps";
import type { Brokers, Cancel, Catalog, Clock, DiscoveryFeed, InboundMessage, Log, Unsubscribe } from "../../ports";
import type { StepQueue } from "../../stepQueue";
import type { RecentMessages } from "../messages/recentMessages";
import { createFinder, type Finder } from "./finder";
import type { DiscoverySettings } from "./keeper";
import type { PausedFilter } from "./noise";
import { createSampler } from "./sampler";

/** Changes within this time are reviewed together. After a review that took long, the next one waits REVIEW_SHARE times as long. */
const REVIEW_MS = 100;
const REVIEW_SHARE = 3;
const LOOK_MS = 5000;

export interface FindersParts {
  clock: Clock;
  log: Log;
  catalog: Catalog;
  brokers: Brokers;
  settings: DiscoverySettings;
  recent: RecentMessages;
  steps: StepQueue;
  /** Called after each review: the found devices may have changed. */
  onReviewed(): void;
}

/** Finds the devices of all brokers. */
export interface Finders {
  readonly byBroker: ReadonlyMap<BrokerId, Finder>;
  readonly feed: DiscoveryFeed;
  devices(): Steps<readonly FoundDevice[]>;
  /** Called when the brokers or the mode may have changed. */
  sync(): void;
  /** Schedules a review of the found devices and of the filters to subscribe to. */
  reviewSoon(): void;
  paused(): ({ broker: BrokerId } & PausedFilter)[];
  counters(): { devices: number; refused: number; capped: number };
  start(): void;
  stop(): void;
}

export function createFinders(parts: FindersParts): Finders {
  const { clock, log, catalog, brokers, settings, recent, steps, onReviewed } = parts;
  const byBroker = new Map<BrokerId, Finder>();
  const filterListeners = createListeners<[]>();
  let undo: Unsubscribe[] = [];
  let reviewing: { state: "no" } | { state: "due"; cancel: Cancel } | { state: "stopped" } = { state: "no" };
  /** By the monotonic clock. */
  let lastReview = { at: Number.NEGATIVE_INFINITY, ms: 0 };

  const sampler = createSampler({ clock, log, brokers, steps, finders: byBroker, onChange: reviewSoon });

  const isIgnored = (id: string): boolean => settings.ignored.has(id);
  const all = (): Finder[] => [...byBroker.values()];

  function sync(): void {
    const ids = settings.mode === "off" ? [] : catalog.brokers().map(({ item }) => item.id);
    const gone = [...byBroker.keys()].filter((id) => !ids.includes(id));
    const fresh = ids.filter((id) => !byBroker.has(id));
    for (const id of gone) {
      byBroker.delete(id);
      recent.forget(id);
    }
    for (const id of fresh) byBroker.set(id, createFinder(id, recent.of(id)));
    if (gone.length + fresh.length > 0) filterListeners.tell();
    sampler.look();
  }

  function onMessage(message: InboundMessage): void {
    if (message.echoOf !== undefined) return;
    const reading = byBroker.get(message.broker)?.handle(message);
    if (reading) steps.add(reading, (changed) => changed && reviewSoon(), message.payload.length);
  }

  function reviewSoon(): void {
    if (reviewing.state !== "no") return;
    // The first review runs at once: what a device publishes right after its announcement is not sent again.
    const due = lastReview.at + Math.max(REVIEW_MS, lastReview.ms * REVIEW_SHARE);
    reviewing = { state: "due", cancel: clock.after(Math.max(0, due - clock.monotonic()), review) };
  }

  function review(): void {
    reviewing = { state: "no" };
    const from = clock.monotonic();
    steps.add(reviewAll(), (changed) => {
      if (changed) filterListeners.tell();
      const at = clock.monotonic();
      lastReview = { at, ms: at - from };
      onReviewed();
    });
  }

  function* reviewAll(): Steps<boolean> {
    let changed = false;
    for (const finder of all()) changed = (yield* finder.review(isIgnored)) || changed;
    return changed;
  }

  /** Pauses filters that receive many messages and find nothing, and resumes them an hour later. */
  function reviewNoise(): void {
    for (const finder of byBroker.values()) {
      if (!finder.reviewNoise(clock.now(), clock.monotonic())) continue;
      log.info({ broker: finder.broker, paused: finder.paused() }, "the set of paused discovery filters has changed");
      steps.add(finder.review(isIgnored), (changed) => changed && filterListeners.tell());
    }
  }

  return {
    byBroker,
    feed: {
      *filters() {
        for (const finder of byBroker.values())
          for (const filter of finder.filters()) yield { broker: finder.broker, filter };
      },
      onFilters: filterListeners.add,
    },
    *devices() {
      const lists: (readonly FoundDevice[])[] = [];
      for (const finder of all()) lists.push(yield* finder.devices());
      return lists.length === 1 ? (lists[0] ?? []) : lists.flat();
    },
    sync,
    reviewSoon,
    paused: () => all().flatMap((finder) => finder.paused().map((one) => ({ broker: finder.broker, ...one }))),
    counters() {
      const sum = { devices: 0, refused: 0, capped: 0 };
      for (const { size, discovery } of byBroker.values()) {
        sum.devices += size;
        sum.refused += discovery.refusedPoints();
        for (const { refused, failed, capped } of discovery.counters()) {
          sum.refused += refused + failed;
          sum.capped += capped;
        }
      }
      return sum;
    },
    start() {
      undo = [
        brokers.onMessage(onMessage),
        catalog.onChange(({ brokers: changed }) => {
          if (changed) sync();
        }),
        brokers.onState(sampler.look),
        clock.every(LOOK_MS, () => {
          reviewNoise();
          sampler.look();
        }),
      ];
      sync();
    },
    stop() {
      for (const end of undo) end();
      undo = [];
      sampler.stop();
      if (reviewing.state === "due") reviewing.cancel();
      reviewing = { state: "stopped" };
    },
  };
}
