import type { PointId } from "@/lib/ids";
import { call } from "../api";
import type { Columns } from "./columns";

export interface HistoryAsk {
  from: number;
  to: number;
  /** At most so many readings or buckets. */
  width: number;
}

export type HistoryAnswer = { ok: true; value: Columns } | { ok: false; message: string };

/** Asks the server for one point's history. An aborted call answers like a failed one: whoever aborted does not look. */
export async function loadHistory(point: PointId, ask: HistoryAsk, signal?: AbortSignal): Promise<HistoryAnswer> {
  const answer = await call("GET /points/{id}/history", {
    params: { id: point },
    query: { from: String(ask.from), to: String(ask.to), width: ask.width },
    signal,
  });
  return answer.ok ? answer : { ok: false, message: answer.problem.message };
}
