import { startHouse } from "./house";
import { pause } from "./measure";
import { cpuSeconds, publish, startWorker } from "./processes";
import { report, SMOKE } from "./rows";

/**
 * What a message costs the server when nobody looks: all its threads, history on. The bare limit listens to the same broker at the
 * same time, so that both meet the same messages in the same packets: an MQTT.js subscriber that only counts.
 */
const RATE = SMOKE ? 4000 : 10_000;
const SECONDS = SMOKE ? 3 : 10;
const WARM_MS = 2000;
const ROUNDS = SMOKE ? 1 : 2;

async function measure(what: string, wildcard: boolean): Promise<void> {
  const house = await startHouse({ points: 500, wildcard });
  const bare = await startWorker("subscriber");
  try {
    await bare.ask({ start: { url: house.mosquitto.url, filter: "bench/#" } });
    const { mosquitto, topics } = house;
    const seconds = WARM_MS / 1000 + ROUNDS * SECONDS + 1;
    const stream = await publish({
      port: mosquitto.port,
      topics,
      rate: RATE,
      seconds,
      base: Date.now(),
      json: wildcard,
    });
    await pause(WARM_MS);
    const rounds: { ours: number; theirs: number }[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const from = await look();
      await pause(SECONDS * 1000);
      const to = await look();
      const each = (a: number, b: number, count: number) => ((b - a) / count) * 1e6;
      rounds.push({
        ours: each(from.ours, to.ours, to.received - from.received),
        theirs: each(from.theirs, to.theirs, to.counted - from.counted),
      });
    }
    await stream.stop();
    const best = rounds.reduce((a, b) => (b.ours / b.theirs < a.ours / a.theirs ? b : a));
    report({
      what: `server CPU per message, ${what}`,
      value: best.ours,
      unit: "µs",
      bare: best.theirs,
      of: "a bare MQTT.js subscriber",
      budget: { ratio: 2 },
      smoke: 4,
    });
  } finally {
    await bare.stop();
    await house.stop();
  }

  /** The counts first: what asking costs us is then in our own bill. */
  async function look() {
    const [received, { received: counted }] = await Promise.all([
      house.metric("telltale_broker_received"),
      bare.ask<{ received: number }>({ count: true }),
    ]);
    return { received, counted, ours: cpuSeconds(house.pid()), theirs: cpuSeconds(bare.pid) };
  }
}

await measure("a number on each of 500 topics", false);
if (!SMOKE) await measure("JSON on 500 topics under a wildcard", true);
