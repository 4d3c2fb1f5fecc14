import type { RecordingGap } from "../../../../lib/recordingGap";
import { GAP_REASONS, mergeGaps } from "../../../../lib/recordingGap";
import { type ConfigTable, sqlOver } from "../access";

/** Several nodes write them (../../postgres/cluster/recordings.ts); a data folder has those that were moved into it. */
export interface GapsTable {
  /** The broker's gaps that reach into [from, to), whole and merged. A reason of a newer version is told as `no-recorder`. */
  recordingGaps(broker: string, from: number, to: number): Promise<RecordingGap[]>;
  /** With the readings of that time. */
  forgetGaps(before: number): Promise<void>;
}

const sql = sqlOver<{ recording_gaps: { broker: string; t0: number; t1: number; why: string } }>();

export const gaps: ConfigTable<GapsTable> = {
  migrations: {
    sqlite: [
      {
        number: 6,
        name: "gaps in the recording",
        sql: `
          CREATE TABLE recording_gaps (
            broker TEXT NOT NULL, t0 INTEGER NOT NULL, t1 INTEGER NOT NULL, why TEXT NOT NULL,
            PRIMARY KEY (broker, t0, why)
          ) STRICT, WITHOUT ROWID
        `,
      },
    ],
    // Made with what else several nodes need: ../../migrations/postgres/004Cluster.ts.
    postgres: [],
  },
  open: ({ all, write }) => ({
    async recordingGaps(broker, from, to) {
      const rows = await all(
        sql
          .selectFrom("recording_gaps")
          .select(["t0", "t1", "why"])
          .where("broker", "=", broker)
          .where("t0", "<", Math.ceil(to))
          .where("t1", ">", Math.floor(from)),
      );
      return mergeGaps(
        rows.map(({ t0, t1, why }) => ({
          from: t0,
          to: t1,
          why: GAP_REASONS.find((known) => known === why) ?? "no-recorder",
        })),
      );
    },
    forgetGaps: (before) =>
      write(function* ({ run }) {
        yield* run(sql.deleteFrom("recording_gaps").where("t1", "<", Math.floor(before)));
      }),
  }),
};
