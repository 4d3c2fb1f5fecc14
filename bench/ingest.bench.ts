import { middle, pause } from "./measure";
import { cpuSeconds, publish, startWorker } from "./processes";
import { report, SMOKE } from "./rows";
import { startTestBed } from "./testBed";

/**
 * What a message costs the server when nobody looks: all its threads, history and discovery on. The bare limit listens to the same
 * broker at the same time, so that both meet the same messages in the same packets: an MQTT.js subscriber that only counts. At low
 * rates a message costs a wake-up, at high rates its handling: each rate tells something else.
 */
const RATES = SMOKE ? [4000] : [0, 10, 100, 2000, 10_000];
const SECONDS = SMOKE ? 3 : 4;
const WARM_MS = 2000;
/** What a start leaves behind is collected once within half a minute: at rest comes after it, and so do the low rates. */
const SETTLE_MS = SMOKE ? 0 : 30_000;
const ROUNDS = SMOKE ? 1 : 3;

interface Look {
  received: number;
  counted: number;
  ours: number;
  theirs: number;
}

async function measure(what: string, wildcard: boolean, rates: readonly number[]): Promise<void> {
  const bed = await startTestBed({ points: 500, wildcard });
  const bare = await startWorker("subscriber");
  try {
    await bare.ask({ start: { url: bed.mosquitto.url, filter: "bench/#" } });
    await pause(WARM_MS + SETTLE_MS);
    for (const rate of rates) await atRate(rate);
  } finally {
    await bare.stop();
    await bed.stop();
  }

  async function atRate(rate: number): Promise<void> {
    const { mosquitto, topics } = bed;
    const seconds = WARM_MS / 1000 + ROUNDS * SECONDS + 1;
    const stream =
      rate > 0
        ? await publish({ port: mosquitto.port, topics, rate, seconds, base: Date.now(), json: wildcard })
        : undefined;
    await pause(WARM_MS);
    const rounds: { from: Look; to: Look }[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const from = { ...(await counts()), ...used() };
      await pause(SECONDS * 1000);
      // Asking costs something too: before the first look, after the second.
      const after = used();
      rounds.push({ from, to: { ...(await counts()), ...after } });
    }
    await stream?.stop();
    const of = "a bare MQTT.js subscriber";
    const each = (pick: (from: Look, to: Look) => number) => middle(rounds, ({ from, to }) => pick(from, to));
    if (rate <= 100)
      report({
        what: `server CPU at ${rate} msg/s, ${what}`,
        value: each((from, to) => ((to.ours - from.ours) / SECONDS) * 1000),
        bare: each((from, to) => ((to.theirs - from.theirs) / SECONDS) * 1000),
        unit: "ms/s",
        of,
        ...(rate === 0 ? { budget: "serverAtRest" } : { budget: "serverMessage" }),
      });
    else
      report({
        what: `server CPU per message at ${rate} msg/s, ${what}`,
        value: each((from, to) => ((to.ours - from.ours) / (to.received - from.received)) * 1e6),
        bare: each((from, to) => ((to.theirs - from.theirs) / (to.counted - from.counted)) * 1e6),
        unit: "µs",
        of,
        budget: "serverMessage",
        smoke: 6,
      });
  }

  async function counts(): Promise<Pick<Look, "received" | "counted">> {
    const [received, { received: counted }] = await Promise.all([
      bed.metric("telltale_broker_received"),
      bare.ask<{ received: number }>({ count: true }),
    ]);
    return { received, counted };
  }

  function used(): Pick<Look, "ours" | "theirs"> {
    return { ours: cpuSeconds(bed.pid()), theirs: cpuSeconds(bare.pid) };
  }
}

await measure("a number on each of 500 topics", false, RATES);
if (!SMOKE) await measure("JSON on 500 topics under a wildcard", true, RATES.slice(2));
