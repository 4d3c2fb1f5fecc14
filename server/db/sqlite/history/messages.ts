import type { PointId } from "../../../../lib/ids";
import type { Value } from "../../../../lib/reading";
import type { StoredReading } from "../../../ports";
import type { Columns } from "./columns";

/** What the history's worker thread is started with. */
export interface WorkerSettings {
  file: string;
  /** How many pages the file may have: a disk that fills up, for tests. */
  maxPages?: number;
}

/** Questions and their answers. */
export interface Queries {
  range: { ask: { point: PointId; from: number; to: number; limit: number }; answer: { t: number[]; value: Value[] } };
  latest: { ask: Record<string, never>; answer: StoredReading[] };
  prune: { ask: { before: number }; answer: number };
  check: { ask: Record<string, never>; answer: null };
}
export type QueryName = keyof Queries;

export type ToWorker =
  | { type: "write"; batch: number; columns: Columns }
  | { [Q in QueryName]: { type: "query"; query: number; name: Q; ask: Queries[Q]["ask"] } }[QueryName]
  | { type: "close" };

export type FromWorker =
  /** Open and of the present shape. */
  | { type: "ready" }
  /** The file cannot be used; the thread ends. */
  | { type: "refused"; reason: string }
  | { type: "stored"; batch: number }
  /** The batch at the head could not be written; it is tried again until it can. */
  | { type: "fault"; reason: string }
  | { type: "answer"; query: number; answer: Queries[QueryName]["answer"] }
  | { type: "failed"; query: number; reason: string }
  | { type: "closed" };
