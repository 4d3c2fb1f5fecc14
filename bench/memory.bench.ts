import { DASHBOARD, startHouse } from "./house";
import { pause } from "./measure";
import { residentBytes, startWorker } from "./processes";
import { report, SMOKE } from "./rows";

/** The memory of a server that has nothing to do, after its start and after a page was asked for. Bare: Node with MQTT.js. */
const REST_MS = SMOKE ? 1000 : 10_000;
const MB = 1e6;

const house = await startHouse({ points: 50 });
const bare = await startWorker("subscriber");
try {
  await bare.ask({ start: { url: house.mosquitto.url, filter: "bench/#" } });
  await pause(REST_MS);
  const row = { unit: "MB RSS", bare: residentBytes(bare.pid) / MB, of: "a bare MQTT.js subscriber" };
  report({ what: "idle memory", value: residentBytes(house.pid()) / MB, ...row, budget: { value: 160 }, smoke: 6 });
  for (let i = 0; i < 20; i++) await (await fetch(`${house.telltale.url}/d/${DASHBOARD}`)).text();
  await pause(REST_MS / 2);
  report({ what: "idle memory after 20 pages were drawn", value: residentBytes(house.pid()) / MB, ...row });
} finally {
  await bare.stop();
  await house.stop();
}
