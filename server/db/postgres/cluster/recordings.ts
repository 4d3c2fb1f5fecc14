import { z } from "zod";
import { GAP_REASONS, mergeGaps, type RecordingGap } from "../../../../lib/recordingGap";
import type { Steps } from "../../../../lib/steps";
import type { RecordedFlush, RecordedSoFar, SqlStatement, TopicMark } from "../../../ports";
import type { SqlRunner } from "../database";

const Recording = z.object({ until: z.coerce.number() });
/** Topic, hash, time. */
const Marks = z.array(z.tuple([z.string(), z.string(), z.number()]));
const MarksRow = z.object({ marks: z.string() });
const GapRow = z.object({ from: z.coerce.number(), to: z.coerce.number(), why: z.string() });

/** Marks older than this match nothing that was heard while the recorder still heard anything. */
const MARKS_FOR_MS = 120_000;
/** Behind the newest mark: the clocks' difference, the time within which an equal message is looked for, and a slow flush (takeOver.ts). */
const MARKS_READ_MS = 20_000;

/**
 * Part of each flush, in its transaction: what was received up to `until` is stored, and which message was the last of each topic. The marks of a
 * flush are one row, since a row for each topic would be written again with each flush.
 */
export function recordedStatements({ broker, lease, until, marks }: RecordedFlush): SqlStatement[] {
  const at = Math.round(until);
  const recorded: SqlStatement = {
    sql: `INSERT INTO recordings (broker, epoch, until) VALUES ($1, $2, $3)
      ON CONFLICT (broker) DO UPDATE SET epoch = excluded.epoch, until = excluded.until`,
    values: [broker, lease.epoch, at],
  };
  if (marks.length === 0) return [recorded];
  const rows = marks.map((mark): z.input<typeof Marks>[0] => [mark.topic, mark.hash, Math.round(mark.at)]);
  return [
    recorded,
    {
      sql: "INSERT INTO recording_marks (broker, at, marks) VALUES ($1, $2, $3)",
      values: [broker, at, JSON.stringify(rows)],
    },
    { sql: "DELETE FROM recording_marks WHERE broker = $1 AND at < $2", values: [broker, at - MARKS_FOR_MS] },
  ];
}

export interface RecordedRows {
  until: number;
  /** The oldest first. */
  marks: readonly unknown[];
}

/** What the recorder before has stored, for the one that takes over; undefined: there was none. */
export async function readRecorded(sql: SqlRunner, broker: string): Promise<RecordedRows | undefined> {
  const [recording] = await sql.query("SELECT until FROM recordings WHERE broker = $1", [broker]);
  if (recording === undefined) return undefined;
  // With many points each flush has thousands of marks, and only the last seconds matter: what is older was stored before all that a ring still has.
  const marks = await sql.query(
    `SELECT marks FROM recording_marks WHERE broker = $1
     AND at >= (SELECT max(at) FROM recording_marks WHERE broker = $1) - $2::bigint ORDER BY id`,
    [broker, MARKS_READ_MS],
  );
  return { until: Recording.parse(recording).until, marks };
}

/** The last mark of each topic. In steps: at 10,000 messages a second there are 200,000 marks. */
export function* lastMarks({ until, marks }: RecordedRows): Steps<RecordedSoFar> {
  const last = new Map<string, TopicMark>();
  for (const row of marks) {
    for (const [topic, hash, at] of Marks.parse(JSON.parse(MarksRow.parse(row).marks)))
      last.set(topic, { topic, hash, at });
    yield;
  }
  return { marks: [...last.values()], until };
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
