import { createSample } from "../../../lib/discovery/sample";
import type { BrokerId } from "../../../lib/ids";
import { inWords } from "../../../lib/texts/said";
import type { TopicFilter } from "../../../lib/topics/parse";
import type { Brokers, Cancel, Clock, Log, Unsubscribe } from "../../ports";
import type { StepQueue } from "../../stepQueue";
import type { Finder } from "./finder";

/**
 * Listens to all topics of a broker for a moment, when it has been connected for some seconds and each hour, with a client of its own: so devices below a
 * prefix that nobody expects are found without a standing subscription, which would bring registered topics a second time.
 */
export interface Sampler {
  /** Begins what is due, and stops for brokers without a finder. Called at each change and every few seconds. */
  look(): void;
  stop(): void;
}

export interface SamplerParts {
  clock: Clock;
  log: Log;
  brokers: Brokers;
  steps: StepQueue;
  finders: ReadonlyMap<BrokerId, Finder>;
  /** The found devices or the filters may have changed. */
  onChange(): void;
}

const EVERYTHING = ["#" as TopicFilter];
const SAMPLE_MS = 30_000;
const EVERY_MS = 60 * 60_000;
/** A connection that is lost again and again is no reason for as many samples. */
const AT_LEAST_MS = 10 * 60_000;
/** A connection that may be lost again at once is left alone: a broker that flaps gets no further attempt from here (FA-1). */
const STANDING_MS = 3000;

export function createSampler({ clock, log, brokers, steps, finders, onChange }: SamplerParts): Sampler {
  /** By the monotonic clock: when the last one began. */
  const began = new Map<BrokerId, number>();
  const running = new Map<BrokerId, () => void>();
  /** Since when they are connected, by the monotonic clock. */
  const connected = new Map<BrokerId, number>();
  let cancelLook: Cancel = () => undefined;
  const isNews = new Set<BrokerId>();

  function begin(finder: Finder): void {
    const { broker } = finder;
    const sample = createSample(finder.discovery);
    let stop: Unsubscribe = () => undefined;
    let cancel: Cancel = () => undefined;
    const end = (): void => {
      if (running.get(broker) !== end) return;
      running.delete(broker);
      cancel();
      stop();
    };
    began.set(broker, clock.monotonic());
    running.set(broker, end);
    cancel = clock.after(SAMPLE_MS, end);
    stop = brokers.explore(broker, EVERYTHING, {
      message(message) {
        if (running.get(broker) !== end) return;
        const reading = finder.sampled(sample, message);
        if (reading) steps.add(reading, (changed) => changed && onChange(), message.payload.length);
        if (sample.full) end();
      },
      up: () => undefined,
      end(reason) {
        log.debug({ broker, reason: inWords(reason) }, "the sample of all topics ended early");
        end();
      },
    });
  }

  /** Whoever has just connected is looked at again when the connection has stood. */
  function noteConnected(at: number): void {
    const now = new Set(brokers.states().flatMap(({ id, state }) => (state === "connected" ? [id] : [])));
    for (const id of [...connected.keys()]) if (!now.has(id)) connected.delete(id);
    const fresh = [...now].filter((id) => !connected.has(id));
    for (const id of fresh) {
      connected.set(id, at);
      isNews.add(id);
    }
    if (fresh.length === 0) return;
    cancelLook();
    cancelLook = clock.after(STANDING_MS, look);
  }

  function look(): void {
    const at = clock.monotonic();
    noteConnected(at);
    for (const [broker, end] of [...running]) if (!finders.has(broker)) end();
    for (const broker of [...began.keys()]) if (!finders.has(broker)) began.delete(broker);
    for (const finder of finders.values()) {
      const { broker } = finder;
      const stands = at - (connected.get(broker) ?? at) >= STANDING_MS;
      if (!stands || running.has(broker)) continue;
      const since = at - (began.get(broker) ?? Number.NEGATIVE_INFINITY);
      if (since < (isNews.has(broker) ? AT_LEAST_MS : EVERY_MS)) continue;
      isNews.delete(broker);
      begin(finder);
    }
  }

  return {
    look,
    stop() {
      cancelLook();
      for (const end of [...running.values()]) end();
    },
  };
}
