import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { startBroker } from "./broker";
import { connectDevice, createDevice } from "./device";
import { devices } from "./devices";
import type { DemoWork, DemoWorkerMessage } from "./messages";
import { makePast } from "./past";

/**
 * Entry of the demo's worker thread: the broker and the devices live here, away from the event loop that they would compete for.
 * Posts the past in batches, each when the one before was taken, then the broker's port, when every device has connected.
 */

const { past, ...tuning } = workerData as DemoWork;
const post = (message: DemoWorkerMessage): void => parentPort?.postMessage(message);

const broker = await startBroker(tuning.port);
const house = devices.map((spec) => createDevice(spec, tuning.seed));
const servers = [{ host: "127.0.0.1", port: broker.port }];
const left = past ? await livePast(past.from, past.to) : undefined;
await Promise.all(house.map((device) => connectDevice(device, { ...tuning, servers }, left?.get(device.spec) ?? [])));
post({ kind: "ready", port: broker.port, devices: devices.length });

async function livePast(from: number, to: number) {
  const steps = makePast(
    house.filter(({ spec }) => spec.past !== false),
    { from, to, seed: tuning.seed },
  );
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    post({ kind: "past", readings: step.value });
    if (parentPort) await once(parentPort, "message");
  }
}
