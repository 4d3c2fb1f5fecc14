import { MOST_COLUMNS } from "@/lib/api/historyLimits";
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

/** Of an address: proxies take 8 kB of it. */
const MOST_CHARACTERS = 4000;

/**
 * Asks the server for the history of several points at once; the answers are in their order. An aborted call answers like a failed one:
 * whoever aborted does not look.
 */
export async function loadHistories(
  points: readonly PointId[],
  ask: HistoryAsk,
  signal?: AbortSignal,
): Promise<HistoryAnswer[]> {
  const answers = await Promise.all(portions(points, ask.width).map((portion) => loadPortion(portion, ask, signal)));
  return answers.flat();
}

async function loadPortion(
  points: readonly PointId[],
  ask: HistoryAsk,
  signal?: AbortSignal,
): Promise<HistoryAnswer[]> {
  const { from, to, width } = ask;
  const query = { points: [...points], from: String(from), to: String(to), width };
  const answer = await call("GET /history", { query, signal });
  if (answer.ok) return answer.value.series.map(({ history }) => ({ ok: true, value: history }));
  const { status, message } = answer.problem;
  // One that is gone refuses the whole request, and must not take the other lines with it.
  if (status === 404 && points.length > 1)
    return (await Promise.all(points.map((point) => loadPortion([point], ask, signal)))).flat();
  return points.map(() => ({ ok: false, message }));
}

/** As few requests as the server's limit and the length of an address let. */
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
