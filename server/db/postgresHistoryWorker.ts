import { parentPort, workerData } from "node:worker_threads";
import type { PostgresSettings, WorkerSettings } from "./history/messages";
import { runPostgresReader } from "./postgres/history/readRole";
import { runPostgresWriter } from "./postgres/history/writeRole";

/** A thread of the history in Postgres. A file of its own, so that the threads of SQLite do not load what only Postgres needs. */
const ROLES = { write: runPostgresWriter, read: runPostgresReader };

const settings = workerData as WorkerSettings & PostgresSettings;
if (parentPort) void ROLES[settings.role](parentPort, settings);
