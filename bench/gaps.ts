import { middle, pause } from "./measure";
import { publish } from "./processes";
import { type BudgetName, report } from "./rows";
import { type Noted, openStreams } from "./streams";
import type { TestBed } from "./testBed";

/**
 * How long the frames of a viewer stop while something else happens: the longest time between two of its frames beyond the 10 ms
 * between two messages. A held event loop is such a pause, with everything else that delays frames. The bare limit is an MQTT.js
 * subscriber that hears the same messages at the same time.
 */
const INTERVAL_MS = 10;
const FLOWING_MS = 100;
const SILENCE_LIMIT_MS = 30_000;
const LONGEST_RUN_SECONDS = 900;

export interface Watcher {
  /** Acts several times; the row has the median of the longest pauses. `act` gets the number of the round. */
  during(
    what: string,
    act: (round: number) => Promise<unknown>,
    options?: { budget?: BudgetName; rounds?: number },
  ): Promise<void>;
  stop(): Promise<void>;
}

/** One topic of the dashboard has a message every 10 ms; the others rest. */
export async function watchPauses(bed: TestBed): Promise<Watcher> {
  const base = Date.now();
  const topic = bed.topics[1] as string;
  const streams = await openStreams(bed, base, topic);
  const { port } = bed.mosquitto;
  const stream = await publish({
    port,
    topics: [topic],
    rate: 1000 / INTERVAL_MS,
    seconds: LONGEST_RUN_SECONDS,
    base,
  });
  const beyond = ({ longestGap, silentFor }: Noted) => Math.max(0, Math.max(longestGap, silentFor) - INTERVAL_MS);
  /** What was noted, after a pause that lasts longer than the act. */
  async function untilFlowing(): Promise<{ ours: Noted; bare: Noted }> {
    const from = performance.now();
    for (;;) {
      const noted = await streams.noted();
      if (noted.ours.silentFor < FLOWING_MS || performance.now() - from > SILENCE_LIMIT_MS) return noted;
      await pause(50);
    }
  }
  return {
    async during(what, act, { budget, rounds = 3 } = {}) {
      const seen: { ours: number; bare: number }[] = [];
      for (let round = 0; round < rounds; round++) {
        await pause(300);
        await streams.begin();
        await pause(200);
        await act(round);
        await pause(300);
        const { ours, bare } = await untilFlowing();
        seen.push({ ours: beyond(ours), bare: beyond(bare) });
      }
      report({
        what: `pause of another viewer's frames: ${what}`,
        value: middle(seen, ({ ours }) => ours),
        bare: middle(seen, ({ bare }) => bare),
        of: "a bare subscriber",
        unit: "ms",
        ...(budget && { budget }),
      });
    },
    async stop() {
      await streams.stop();
      await stream.stop();
    },
  };
}
