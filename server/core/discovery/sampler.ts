import { createSample } from "../../../lib/discovery/sample";
import type { BrokerId } from "../../../lib/ids";
import { inWords } from "../../../lib/texts/said";
import type { TopicFilter } from "../../../lib/topics/parse";
import type { Brokers, Cancel, Clock, Log, Unsubscribe } from "../../ports";
import type { StepQueue } from "../../stepQueue";
import type { Finder } from "./finder";

/**
 * Listens to all topics of a broker for a moment, when it has connected and each hour, with a client of its own: so devices below a
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

export function createSampler({ clock, log, brokers, steps, finders, onChange }: SamplerParts): Sampler {
  /** By the monotonic clock: when the last one began. */
  const began = new Map<BrokerId, number>();
  const running = new Map<BrokerId, () => void>();
  let connected: ReadonlySet<BrokerId> = new Set();
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

  return {
    look() {
      const now = new Set(brokers.states().flatMap(({ id, state }) => (state === "connected" ? [id] : [])));
      for (const id of now) if (!connected.has(id)) isNews.add(id);
      connected = now;
      for (const [broker, end] of [...running]) if (!finders.has(broker)) end();
      for (const broker of [...began.keys()]) if (!finders.has(broker)) began.delete(broker);
      const at = clock.monotonic();
      for (const finder of finders.values()) {
        const { broker } = finder;
        if (!connected.has(broker) || running.has(broker)) continue;
        const since = at - (began.get(broker) ?? Number.NEGATIVE_INFINITY);
        if (since < (isNews.has(broker) ? AT_LEAST_MS : EVERY_MS)) continue;
        isNews.delete(broker);
        begin(finder);
      }
    },
    stop() {
      for (const end of [...running.values()]) end();
    },
  };
}
