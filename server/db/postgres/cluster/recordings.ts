import { z } from "zod";
import { GAP_REASONS, mergeGaps, type RecordingGap } from "../../../../lib/recordingGap";
import type { RecordedSoFar, TopicMark } from "../../../ports/cluster";
import type { SqlRunner } from "./database";

const Recording = z.object({ until: z.coerce.number() });
const Mark = z.object({ topic: z.string(), hash: z.string(), at: z.coerce.number() });
const GapRow = z.object({ from: z.coerce.number(), to: z.coerce.number(), why: z.string() });

/** Marks older than this match nothing in a ring of 30 s. */
const MARKS_FOR_MS = 120_000;

/** Part of each flush, in its transaction: what was received up to `until` is stored, and which message was the last of each topic. */
export async function putRecorded(
  sql: SqlRunner,
  broker: string,
  { epoch, until, marks }: { epoch: number; until: number; marks: readonly TopicMark[] },
): Promise<void> {
  await sql.query(
    `INSERT INTO recordings (broker, epoch, until) VALUES ($1, $2, $3)
     ON CONFLICT (broker) DO UPDATE SET epoch = excluded.epoch, until = excluded.until`,
    [broker, epoch, Math.round(until)],
  );
  if (marks.length === 0) return;
  await sql.query(
    `INSERT INTO recording_marks (broker, topic, hash, at)
     SELECT $1, topic, hash, at FROM unnest($2::text[], $3::text[], $4::bigint[]) AS given (topic, hash, at)
     ON CONFLICT (broker, topic) DO UPDATE SET hash = excluded.hash, at = excluded.at`,
    // Postgres has no NUL in a text, and a topic has none either (TM-4).
    [broker, marks.map((m) => m.topic), marks.map((m) => m.hash), marks.map((m) => Math.round(m.at))],
  );
}

/** What the recorder before has stored, for the one that takes over. Old marks are removed on the way. */
export async function readRecorded(sql: SqlRunner, broker: string): Promise<RecordedSoFar> {
  const [recording] = await sql.query("SELECT until FROM recordings WHERE broker = $1", [broker]);
  if (recording === undefined) return { marks: [], until: undefined };
  const { until } = Recording.parse(recording);
  await sql.query("DELETE FROM recording_marks WHERE broker = $1 AND at < $2", [broker, until - MARKS_FOR_MS]);
  const rows = await sql.query("SELECT topic, hash, at FROM recording_marks WHERE broker = $1", [broker]);
  return { marks: rows.map((row) => Mark.parse(row)), until };
}

/** Stores a gap, or moves the end of the one that began then for the same reason. */
export async function putGap(sql: SqlRunner, broker: string, { from, to, why }: RecordingGap): Promise<void> {
  await sql.query(
    `INSERT INTO recording_gaps (broker, t0, t1, why) VALUES ($1, $2, $3, $4)
     ON CONFLICT (broker, t0, why) DO UPDATE SET t1 = greatest(recording_gaps.t1, excluded.t1)`,
    [broker, Math.round(from), Math.round(to), why],
  );
}

/** The broker's gaps that reach into [from, to), whole and merged. A reason of a newer version is told as `no-recorder`. */
export async function gapsOf(sql: SqlRunner, broker: string, from: number, to: number): Promise<RecordingGap[]> {
  const rows = await sql.query(
    `SELECT t0 AS "from", t1 AS "to", why FROM recording_gaps WHERE broker = $1 AND t0 < $3 AND t1 > $2`,
    [broker, Math.round(from), Math.round(to)],
  );
  return mergeGaps(
    rows.map((row) => {
      const gap = GapRow.parse(row);
      return { ...gap, why: GAP_REASONS.find((why) => why === gap.why) ?? "no-recorder" };
    }),
  );
}

/** With the readings of that time. */
export async function pruneGaps(sql: SqlRunner, before: number): Promise<void> {
  await sql.query("DELETE FROM recording_gaps WHERE t1 < $1", [Math.round(before)]);
}
