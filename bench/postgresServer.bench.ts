import { readdirSync, readFileSync } from "node:fs";
import { Client } from "pg";
import { startPostgres } from "../server/testing/postgres";
import { middle, pause } from "./measure";
import { cpuSeconds, publish } from "./processes";
import { report } from "./rows";
import { startTestBed, type TestBed } from "./testBed";

/**
 * What a message costs the server when its history is in Postgres, against the same server over SQLite, at the same time: all threads, nobody
 * looks. A round is long enough for the journal to be packed three times. What Postgres itself takes is printed beside.
 */
const POINTS = 500;
const RATES = [500, 2000];
const ROUND_SECONDS = 60;
const ROUNDS = 2;
const WARM_MS = 25_000;
/** Of /proc/PID/stat, in a second. */
const TICKS = 100;

interface Look {
  received: number;
  /** Left out in a flood, which costs less: then nothing was measured. */
  dropped: number;
  cpu: number;
}

const postgres = await startPostgres();
const url = await postgres.database();
const client = new Client({ connectionString: url });
await client.connect();
const postmaster = parentOf((await client.query("SELECT pg_backend_pid() AS pid")).rows[0].pid);
await client.end();

const shared = { DATABASE_URL: url, TELLTALE_SECRET: "a secret of the benchmark, longer than 32" };
const beds = [await startTestBed({ points: POINTS }), await startTestBed({ points: POINTS, env: shared })] as const;
try {
  for (const rate of RATES) await atRate(rate);
} finally {
  for (const bed of beds) await bed.stop();
  await postgres.stop();
}

async function atRate(rate: number): Promise<void> {
  const seconds = WARM_MS / 1000 + ROUNDS * ROUND_SECONDS + 5;
  const streams = await Promise.all(
    beds.map(({ mosquitto, topics }) => publish({ port: mosquitto.port, topics, rate, seconds, base: Date.now() })),
  );
  await pause(WARM_MS);
  const rounds: { sqlite: number; postgres: number; database: number }[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const from = [await look(beds[0]), await look(beds[1])] as const;
    const before = databaseSeconds();
    await pause(ROUND_SECONDS * 1000);
    const database = databaseSeconds() - before;
    const to = [await look(beds[0]), await look(beds[1])] as const;
    for (const bed of [0, 1] as const)
      if (to[bed].dropped > from[bed].dropped) throw new Error("the machine is too busy: messages were left out");
    const each = (bed: 0 | 1, used: number) => (used / (to[bed].received - from[bed].received)) * 1e6;
    rounds.push({
      sqlite: each(0, to[0].cpu - from[0].cpu),
      postgres: each(1, to[1].cpu - from[1].cpu),
      database: each(1, database),
    });
  }
  await Promise.all(streams.map((stream) => stream.stop()));
  report({
    what: `server CPU per message at ${rate} msg/s over Postgres, a number on each of ${POINTS} topics`,
    value: middle(rounds, (round) => round.postgres),
    bare: middle(rounds, (round) => round.sqlite),
    of: "over SQLite",
    unit: "µs",
    budget: "postgresMessage",
  });
  report({
    what: `what Postgres itself takes of it, at ${rate} msg/s`,
    value: middle(rounds, (round) => round.database),
    unit: "µs",
  });
}

/** Asking costs something too: as little as possible lies between the two. */
async function look(bed: TestBed): Promise<Look> {
  const received = await bed.metric("telltale_broker_received");
  const dropped = await bed.metric("telltale_ingest_dropped_total");
  return { received, dropped, cpu: cpuSeconds(bed.pid()) };
}

/** Fields 3 to … of /proc/PID/stat: behind the name, which may hold anything. */
function fieldsOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function parentOf(pid: number): number {
  return Number(fieldsOf(pid)[1]);
}

/** CPU seconds of all of Postgres's processes, those that have ended too. */
function databaseSeconds(): number {
  const [utime, stime, cutime, cstime] = fieldsOf(postmaster).slice(11, 15).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isChild(Number(name)));
  return (utime + stime + cutime + cstime) / TICKS + children.reduce((sum, pid) => sum + cpuSeconds(Number(pid)), 0);
}

function isChild(pid: number): boolean {
  try {
    return parentOf(pid) === postmaster;
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
