import type { HistorySeries } from "../../../lib/api";
import type { PointId } from "../../../lib/ids";
import type { Value } from "../../../lib/reading";
import type { HistoryPage, HistoryStore, StoredReading, WriteFence } from "../../ports";
import type { Columns } from "./columns";

/** Where the readings are stored. */
export type HistoryPlace = SqliteSettings | PostgresSettings;

export interface SqliteSettings {
  kind: "sqlite";
  file: string;
  /** How many pages the file may have: a disk that fills up, for tests. */
  maxPages?: number | undefined;
}

export interface PostgresSettings {
  kind: "postgres";
  url: string;
  /** Names this process for as long as it lives: of its batches each is stored once. */
  writer: string;
}

/** What a thread of the history is started with. One thread writes; another answers what only looks, so that neither waits for the other. */
export type WorkerSettings = HistoryPlace & { role: "write" | "read" };

/** Questions to the thread that reads, and their answers. */
export interface ReadQueries {
  range: { ask: { point: PointId; from: number; to: number; limit: number }; answer: { t: number[]; value: Value[] } };
  query: { ask: Parameters<HistoryStore["query"]>[0]; answer: HistorySeries[] };
  page: { ask: Parameters<HistoryStore["page"]>[0]; answer: HistoryPage };
  latest: { ask: Record<string, never>; answer: StoredReading[] };
}

/** Questions to the thread that writes. */
export interface WriteQueries {
  prune: { ask: { before: number }; answer: number };
  tend: { ask: Parameters<HistoryStore["tend"]>[0]; answer: { forgotten: number } };
  add: { ask: { readings: readonly StoredReading[] }; answer: { added: number; known: number } };
  write: { ask: { recorder: string; batch: number; columns: Columns; fence: WriteFence }; answer: boolean };
  check: { ask: Record<string, never>; answer: null };
}

export type Queries = ReadQueries & WriteQueries;
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
