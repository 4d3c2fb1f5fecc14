import { Client } from "pg";
import type { ClusterBed } from "../../server/cluster/processes.harness";
import { pause } from "../measure";
import { report } from "../rows";
import { aSecond, longestPause, RATE, recordsAfter, startTwo } from "./part";
import { reportStored } from "./stored";

const STOPPED_MS = 20_000;

/** SIGSTOP of the recorder in the middle of its work, and waking: what the database saw of it is counted by triggers. */
export async function zombie(bed: ClusterBed): Promise<void> {
  const { heardAt, nodes, left, right } = await startTwo(bed);
  const flushes = await watchFlushes(bed.databaseUrl());
  try {
    const load = await bed.load(RATE);
    const viewer = await bed.viewer(right.url);
    await aSecond(viewer, load);
    await aSecond(viewer, load);
    const stoppedAt = Date.now();
    process.kill(left.pid(), "SIGSTOP");
    const followedAt = await recordsAfter(right, stoppedAt);
    const [writer] = await flushes.writers(stoppedAt);
    await pause(STOPPED_MS - (Date.now() - stoppedAt));
    process.kill(left.pid(), "SIGCONT");
    await nodes.untilRoles("right", { recorder: "right", standby: "left" });
    for (let i = 0; i < 5; i++) await aSecond(viewer, load);
    await load.stop();
    const of = `${bed.kind}, recorder stopped for ${STOPPED_MS / 1000} s and woken at ${RATE} msg/s`;
    await reportStored(of, { by: right, load, heardAt });
    report({
      what: `${of}: the next one records after`,
      value: followedAt - stoppedAt,
      unit: "ms",
      budget: "clusterNext",
    });
    report({
      what: `${of}: readings stored by the woken one since`,
      value: await flushes.readings(writer ?? "", followedAt),
      unit: "",
      budget: "clusterZombie",
    });
    const pauseMs = longestPause(viewer, stoppedAt);
    report({
      what: `${of}: longest pause of a viewer on the other node`,
      value: pauseMs,
      unit: "ms",
      budget: "clusterPause",
    });
  } finally {
    await flushes.end();
  }
}

/** Writes down each flush that is committed: when, by whom (`writer` is of one process), and how many readings. */
async function watchFlushes(databaseUrl: string) {
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query(`
    CREATE TABLE bench_writes (transaction BIGINT, at TIMESTAMPTZ, writer TEXT, count INTEGER);
    CREATE FUNCTION bench_writer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO bench_writes VALUES (txid_current(), clock_timestamp(), NEW.writer, NULL); RETURN NULL; END $$;
    CREATE FUNCTION bench_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO bench_writes VALUES (txid_current(), clock_timestamp(), NULL, NEW.count); RETURN NULL; END $$;
    CREATE TRIGGER bench_writer AFTER INSERT OR UPDATE ON history_writers FOR EACH ROW EXECUTE FUNCTION bench_writer();
    CREATE TRIGGER bench_count AFTER INSERT ON history_journal FOR EACH ROW EXECUTE FUNCTION bench_count()`);
  const query = async (sql: string, values: unknown[]) => (await database.query(sql, values)).rows;
  return {
    /** Who wrote before a moment (epoch ms). */
    async writers(before: number): Promise<string[]> {
      const rows = await query(
        "SELECT DISTINCT writer FROM bench_writes WHERE writer IS NOT NULL AND at < to_timestamp($1)",
        [before / 1000],
      );
      return rows.map(({ writer }) => String(writer));
    },
    /** What a writer has stored since. */
    async readings(writer: string, since: number): Promise<number> {
      const sum = `SELECT coalesce(sum(b.count), 0)::int AS sum FROM bench_writes a JOIN bench_writes b USING (transaction)
        WHERE a.writer = $1 AND b.count IS NOT NULL AND a.at > to_timestamp($2)`;
      return (await query(sum, [writer, since / 1000]))[0]?.sum;
    },
    end: () => database.end(),
  };
}
