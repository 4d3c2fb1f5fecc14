import { parentPort, workerData } from "node:worker_threads";
import { startBroker } from "./broker";
import { type HouseTuning, runDevice } from "./device";
import { devices } from "./devices";

/**
 * Entry of the demo's worker thread: the broker and the devices live here, away from the event loop that they would compete for.
 * Says the broker's port once, when every device has connected.
 */

const tuning = workerData as HouseTuning;
const broker = await startBroker(tuning.port);
await Promise.all(devices.map((spec) => runDevice(spec, { ...tuning, port: broker.port })));
parentPort?.postMessage({ port: broker.port, devices: devices.length });
