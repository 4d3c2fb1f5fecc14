import { parentPort, workerData } from "node:worker_threads";
import "../../lib/texts/all";
import { type ReadRequest, readConfigFile } from "./readConfigFile";

/** A thread that reads telltale.yaml once and ends: thousands of topics take seconds, which the event loop has not. */
parentPort?.postMessage(readConfigFile(workerData as ReadRequest));
