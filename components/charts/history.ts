import { MOST_COLUMNS } from "@/lib/api/historyLimits";
import type { PointId } from "@/lib/ids";
import { call } from "../api";
import type { Columns } from "./columns";

export interface HistoryRequest {
  from: number;
  to: number;
  /** The most readings or buckets. */
  width: number;
}

export type HistoryAnswer = { ok: true; value: Columns } | { ok: false; message: string };

/** A limit for the query: proxies accept addresses of 8 kB. */
const MOST_CHARACTERS = 4000;

/**
 * Loads the history of several points; the answers are in their order. An aborted call resolves like a failed one; callers that abort
 * ignore the result.
 */
export async function loadHistories(
  points: readonly PointId[],
  request: HistoryRequest,
  signal?: AbortSignal,
): Promise<HistoryAnswer[]> {
  const answers = await Promise.all(
    portions(points, request.width).map((portion) => loadPortion(portion, request, signal)),
  );
  return answers.flat();
}

async function loadPortion(
  points: readonly PointId[],
  request: HistoryRequest,
  signal?: AbortSignal,
): Promise<HistoryAnswer[]> {
  const { from, to, width } = request;
  const query = { points: [...points], from: String(from), to: String(to), width };
  const answer = await call("GET /history", { query, signal });
  if (answer.ok) return answer.value.series.map(({ history }) => ({ ok: true, value: history }));
  const { status, message } = answer.problem;
  // One removed point makes the whole request fail; the other lines must still be shown.
  if (status === 404 && points.length > 1)
    return (await Promise.all(points.map((point) => loadPortion([point], request, signal)))).flat();
  return points.map(() => ({ ok: false, message }));
}

/** Splits the points into as few requests as the server's limit and the length of an address allow. */
function portions(points: readonly PointId[], width: number): PointId[][] {
  const most = Math.max(1, Math.floor(MOST_COLUMNS / width));
  const all: PointId[][] = [];
  let characters = 0;
  for (const point of points) {
    const more = `&points=${encodeURIComponent(point)}`.length;
    const last = all.at(-1);
    if (last && last.length < most && characters + more <= MOST_CHARACTERS) {
      last.push(point);
      characters += more;
    } else {
      all.push([point]);
      characters = more;
    }
  }
  return all;
}
