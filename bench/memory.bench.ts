import { pause } from "./measure";
import { publish, residentBytes, startWorker } from "./processes";
import { report, SMOKE } from "./rows";
import { DASHBOARD, startTestBed, type TestBed } from "./testBed";

/**
 * The memory of a server that has nothing to do: after its start, after pages were drawn, and with 10,000 points. Bare: Node with
 * MQTT.js.
 */
const REST_MS = SMOKE ? 1000 : 10_000;
const MB = 1e6;
const MANY = 10_000;

async function withTestBed(
  points: number,
  measure: (bed: TestBed, bare: { bare: number; of: string }) => Promise<void>,
) {
  const bed = await startTestBed({ points, tiles: Math.min(points, 50) });
  const bare = await startWorker("subscriber");
  try {
    await bare.ask({ start: { url: bed.mosquitto.url, filter: "bench/#" } });
    await pause(REST_MS);
    await measure(bed, { bare: residentBytes(bare.pid) / MB, of: "a bare MQTT.js subscriber" });
  } finally {
    await bare.stop();
    await bed.stop();
  }
}

await withTestBed(50, async (bed, bare) => {
  const row = { unit: "MB RSS", ...bare };
  const now = () => residentBytes(bed.pid()) / MB;
  report({ what: "memory at rest", value: now(), ...row, budget: "memoryAtRest", smoke: 4 });
  for (let i = 0; i < 20; i++) await (await fetch(`${bed.telltale.url}/d/${DASHBOARD}`)).text();
  await pause(REST_MS / 2);
  report({ what: "memory after 20 pages were drawn", value: now(), ...row, budget: "memoryPages" });
});

if (!SMOKE)
  await withTestBed(MANY, async (bed, bare) => {
    const { mosquitto, topics } = bed;
    await (await publish({ port: mosquitto.port, topics, rate: 2000, seconds: (2 * MANY) / 2000, base: Date.now() }))
      .done;
    await pause(REST_MS / 2);
    report({
      what: `memory with ${MANY} points, each with two readings`,
      value: residentBytes(bed.pid()) / MB,
      unit: "MB RSS",
      ...bare,
      budget: "memoryPoints",
    });
  });
