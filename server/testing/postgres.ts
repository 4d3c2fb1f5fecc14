import { execFile, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { freePort } from "./mosquitto";

/** Debian keeps the server's programs out of PATH, a folder for each version. */
const DEBIAN = "/usr/lib/postgresql";

export interface PrivatePostgres {
  /** The URL of a new, empty database. */
  database(): Promise<string>;
  /** Ends it as a crash would. `restart` brings it back on the same port. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A Postgres of one's own on 127.0.0.1 and on a socket in its temporary folder. TELLTALE_TEST_DATABASE_URL names another one to use instead, whose
 * user may create databases; that one is neither stopped nor crashed.
 */
export async function startPostgres(): Promise<PrivatePostgres> {
  const given = process.env.TELLTALE_TEST_DATABASE_URL;
  if (given) return givenPostgres(given);
  const folder = mkdtempSync(join(tmpdir(), "telltale-postgres-"));
  if (isRoot()) execFileSync("chown", ["postgres", folder]);
  const programs = findPrograms();
  const data = join(folder, "data");
  const port = await freePort();
  const run = (name: string, args: string[]) => runFile(...command(join(programs, name), args), { cwd: folder });
  const options = [
    `-p ${port}`,
    "-c listen_addresses=127.0.0.1",
    `-c unix_socket_directories=${folder}`,
    // Nothing here has to outlive a power cut, and the disk is what would take the time.
    "-c fsync=off",
  ].join(" ");
  const start = ["-D", data, "-w", "-l", join(folder, "log"), "-o", options, "start"];
  const stop = ["-D", data, "-w", "-m", "immediate", "stop"];

  const leave = stopWithParent([...command(join(programs, "pg_ctl"), stop).flat()], folder);
  await run("initdb", ["-D", data, "-U", "telltale", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
  await run("pg_ctl", start);
  return {
    database: () => createDatabase(`postgres://telltale@127.0.0.1:${port}/postgres`),
    crash: async () => void (await run("pg_ctl", stop)),
    restart: async () => void (await run("pg_ctl", start)),
    stop: leave,
  };
}

/**
 * Stops the server and removes its folder when this process ends, in whatever way: a test run that is killed must not leave a server behind. What
 * does it is a shell that reads until the other end of its pipe is gone. Answers what does it now.
 */
function stopWithParent(stop: readonly string[], folder: string): () => Promise<void> {
  const script = 'cd "$1" && trap "" INT TERM HUP; cat; folder=$1; shift; "$@"; cd / && rm -rf "$folder"';
  const shell = spawn("sh", ["-c", script, "sh", folder, ...stop], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  const gone = new Promise<void>((resolve) => shell.once("exit", () => resolve()));
  shell.unref();
  (shell.stdin as unknown as Socket).unref();
  return async () => {
    shell.stdin.end();
    shell.ref();
    await gone;
  };
}

function givenPostgres(url: string): PrivatePostgres {
  const refuse = async () => {
    throw new Error("the Postgres of TELLTALE_TEST_DATABASE_URL is not this test's to stop");
  };
  return { database: () => createDatabase(url), crash: refuse, restart: refuse, stop: async () => undefined };
}

const runFile = promisify(execFile);

/** The newest version's. */
function findPrograms(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  const found = folders.map((folder) => join(folder, "initdb")).find((file) => existsSync(file));
  if (!found) throw new Error("Postgres is not installed: on Debian, apt install postgresql");
  return dirname(found);
}

const isRoot = () => process.getuid?.() === 0;

/** initdb and the server refuse to run as root; their package brings the user `postgres`. */
const command = (program: string, args: string[]): [string, string[]] =>
  isRoot() ? ["setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", program, ...args]] : [program, args];

/** Beside the database that `server` names; answers its URL. */
async function createDatabase(server: string): Promise<string> {
  const name = `telltale_${randomBytes(6).toString("hex")}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
