import { DASHBOARD, type House, startHouse } from "./house";
import { pause } from "./measure";
import { publish, residentBytes, startWorker } from "./processes";
import { report, SMOKE } from "./rows";

/**
 * The memory of a server that has nothing to do: after its start, after pages were drawn, and with 10,000 points. Bare: Node with
 * MQTT.js.
 */
const REST_MS = SMOKE ? 1000 : 10_000;
const MB = 1e6;
const MANY = 10_000;

async function withHouse(points: number, measure: (house: House, bare: { bare: number; of: string }) => Promise<void>) {
  const house = await startHouse({ points, tiles: Math.min(points, 50) });
  const bare = await startWorker("subscriber");
  try {
    await bare.ask({ start: { url: house.mosquitto.url, filter: "bench/#" } });
    await pause(REST_MS);
    await measure(house, { bare: residentBytes(bare.pid) / MB, of: "a bare MQTT.js subscriber" });
  } finally {
    await bare.stop();
    await house.stop();
  }
}

await withHouse(50, async (house, bare) => {
  const row = { unit: "MB RSS", ...bare };
  const now = () => residentBytes(house.pid()) / MB;
  report({ what: "memory at rest", value: now(), ...row, budget: "memoryAtRest", smoke: 4 });
  for (let i = 0; i < 20; i++) await (await fetch(`${house.telltale.url}/d/${DASHBOARD}`)).text();
  await pause(REST_MS / 2);
  report({ what: "memory after 20 pages were drawn", value: now(), ...row, budget: "memoryPages" });
});

if (!SMOKE)
  await withHouse(MANY, async (house, bare) => {
    const { mosquitto, topics } = house;
    await (await publish({ port: mosquitto.port, topics, rate: 2000, seconds: (2 * MANY) / 2000, base: Date.now() }))
      .done;
    await pause(REST_MS / 2);
    report({
      what: `memory with ${MANY} points, each with two readings`,
      value: residentBytes(house.pid()) / MB,
      unit: "MB RSS",
      ...bare,
      budget: "memoryPoints",
    });
  });
