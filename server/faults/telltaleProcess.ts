import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { serverEntries } from "../../scripts/lib/serverEntries.mjs";
import { freePort } from "../testing/mosquitto";
import { createWaiting } from "./waiting";

/** Telltale as a process of its own, from server/index.ts as people run it, only without pages: to be killed, stopped and starved. */
export interface Telltale {
  readonly url: string;
  readonly dataDir: string;
  /** The path of telltale.yaml. */
  readonly yaml: string;
  /** Log lines of all its lives, oldest first; what is no JSON is `{ msg }`. */
  readonly log: readonly LogLine[];
  untilLog(what: string, find: (line: LogLine) => boolean, withinMs?: number): Promise<LogLine>;
  pid(): number;
  /** Another life on the same data and port. Answers when it listens, with when it was spawned (epoch ms). */
  start(): Promise<{ spawnedAt: number }>;
  /** Another process on the same data folder, with this environment. Answers when it has ended. */
  startAnother(env: Record<string, string>): Promise<{ code: number | null; output: string }>;
  /** SIGKILL. Answers when it was given (epoch ms). */
  kill(): Promise<number>;
  /** SIGTERM. Answers the exit code and how long it took. */
  terminate(): Promise<{ code: number | null; ms: number }>;
  /** How often it ended without having been asked to. */
  crashes(): number;
  /** Signs in as the admin; the cookie is for viewers. */
  login(): Promise<string>;
  /** With the admin's cookie. `body` is the parsed JSON, undefined where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: the answers of many endpoints, which the tests look into
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: any }>;
  /** A list of the API, all of its pages. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  list(path: string): Promise<any[]>;
  /** With the admin's cookie: a path of the server, whatever it answers. */
  text(path: string): Promise<string>;
  /** The numbers of /metrics, by name and labels. */
  metrics(): Promise<Record<string, number>>;
  /** Stops it and forgets its data. */
  dispose(): Promise<void>;
}

export interface LogLine {
  level: number;
  msg: string;
  [field: string]: unknown;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const ADMIN_PASSWORD = "a lamp in the hall";
const START_LIMIT_MS = 60_000;

let bundled: Promise<string> | undefined;

/** Once for each test file or benchmark. */
function bundle(): Promise<string> {
  bundled ??= (async () => {
    const outdir = mkdtempSync(join(tmpdir(), "telltale-faults-"));
    await build({
      absWorkingDir: ROOT,
      entryPoints: serverEntries(),
      alias: { next: "./server/faults/noPages.ts" },
      outdir,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      packages: "external",
      sourcemap: true,
      logLevel: "error",
    });
    writeFileSync(join(outdir, "package.json"), '{"type": "module"}');
    symlinkSync(join(ROOT, "node_modules"), join(outdir, "node_modules"), "dir");
    return outdir;
  })();
  return bundled;
}

export interface TelltaleOptions {
  yaml: string;
  env?: Record<string, string>;
  /** Fills the data folder before the first start. */
  prepare?: (dataDir: string) => void;
}

const running = new Set<ChildProcess>();

/** Ends all that still run, and forgets what they were started from. */
export async function endTelltales(): Promise<void> {
  killRunning();
  const folder = bundled;
  bundled = undefined;
  if (folder) rmSync(await folder, { recursive: true, force: true });
}

function killRunning(): void {
  for (const child of running) child.kill("SIGKILL");
}
// A benchmark that ends by a fault must not leave servers behind.
process.once("exit", killRunning);

export async function startTelltale({ yaml: text, env = {}, prepare }: TelltaleOptions): Promise<Telltale> {
  const program = join(await bundle(), "server.js");
  const home = mkdtempSync(join(tmpdir(), "telltale-fault-"));
  const dataDir = join(home, "data");
  mkdirSync(dataDir);
  // A build without files: there are no pages.
  mkdirSync(join(home, ".next", "static"), { recursive: true });
  prepare?.(dataDir);
  const yaml = join(home, "telltale.yaml");
  writeFileSync(yaml, text);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log: LogLine[] = [];
  const waiting = createWaiting(() => log.map((line) => JSON.stringify(line)).join("\n"));
  let child: ChildProcess | undefined;
  let asked = false;
  let crashes = 0;
  let cookie: string | undefined;

  const alive = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;

  async function start() {
    const spawnedAt = Date.now();
    const from = log.length;
    asked = false;
    const started = spawn(process.execPath, ["--enable-source-maps", program], {
      cwd: home,
      env: {
        PATH: process.env.PATH,
        HOME: home,
        NODE_ENV: "production",
        PORT: String(port),
        TELLTALE_DATA: dataDir,
        TELLTALE_ADMIN_PASSWORD: ADMIN_PASSWORD,
        TELLTALE_ANONYMOUS: "viewer",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    running.add(started);
    started.once("exit", (code, signal) => {
      running.delete(started);
      if (!asked) {
        crashes++;
        log.push({ level: 60, msg: `ended by itself: code ${code}, signal ${signal}` });
      }
      waiting.look();
    });
    for (const stream of [started.stdout, started.stderr])
      createInterface({ input: stream }).on("line", (text) => {
        if (text) log.push(parseLine(text));
        waiting.look();
      });
    await waiting.until(
      "Telltale listens",
      () => {
        if (!alive()) throw new Error("Telltale ended while starting");
        return log.slice(from).some(({ msg }) => msg.startsWith("Telltale is at"));
      },
      START_LIMIT_MS,
    );
    return { spawnedAt };
  }

  /** Another process on the same data folder, or with another environment: what it ended with, and what it wrote. */
  async function startAnother(more: Record<string, string>): Promise<{ code: number | null; output: string }> {
    const other = spawn(process.execPath, [program], {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home, NODE_ENV: "production", PORT: "0", TELLTALE_DATA: dataDir, ...more },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(other);
    let output = "";
    for (const stream of [other.stdout, other.stderr])
      stream.on("data", (piece) => {
        output += String(piece);
      });
    const code = await new Promise<number | null>((resolve) => other.once("close", resolve));
    running.delete(other);
    return { code, output };
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const ending = child;
    if (!ending || !alive()) return ending?.exitCode ?? null;
    asked = true;
    const gone = new Promise<number | null>((resolve) => ending.once("exit", (code) => resolve(code)));
    ending.kill(signal);
    return gone;
  }

  async function login(): Promise<string> {
    const answer = await fetch(`${url}/api/v1/session`, {
      method: "POST",
      headers: { origin: url, "content-type": "application/json" },
      body: JSON.stringify({ username: "admin", password: ADMIN_PASSWORD }),
    });
    if (!answer.ok) throw new Error(`login: ${answer.status} ${await answer.text()}`);
    cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    return cookie;
  }

  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(new URL(path, url), {
      method,
      headers: {
        origin: url,
        cookie: cookie ?? (await login()),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  await start();
  return {
    url,
    dataDir,
    yaml,
    log,
    untilLog: (what, find, withinMs) => waiting.until(what, () => log.find(find), withinMs),
    pid: () => child?.pid ?? 0,
    start,
    startAnother,
    async kill() {
      const at = Date.now();
      await end("SIGKILL");
      return at;
    },
    async terminate() {
      const at = Date.now();
      const code = await end("SIGTERM");
      return { code, ms: Date.now() - at };
    },
    crashes: () => crashes,
    login,
    async api(method, path, body) {
      const answer = await call(method, `/api/v1${path}`, body);
      const text = await answer.text();
      return { status: answer.status, body: text === "" ? undefined : JSON.parse(text) };
    },
    async text(path) {
      const answer = await call("GET", path);
      if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
      return answer.text();
    },
    async list(path) {
      const rows = [];
      for (let next: string | undefined = `/api/v1${path}`; next; ) {
        const answer = await call("GET", next);
        if (!answer.ok) throw new Error(`GET ${next}: ${answer.status} ${await answer.text()}`);
        rows.push(...((await answer.json()) as unknown[]));
        next = /<([^>]+)>; rel="?next/.exec(answer.headers.get("link") ?? "")?.[1];
      }
      return rows;
    },
    async metrics() {
      const text = await (await fetch(`${url}/metrics`)).text();
      const lines = text.split("\n").filter((line) => line.startsWith("telltale_"));
      return Object.fromEntries(lines.map((line) => [line.replace(/ [^ ]*$/, ""), Number(line.split(" ").at(-1))]));
    },
    async dispose() {
      await end("SIGKILL");
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function parseLine(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    // The few lines that are for people, and a stack trace when it dies.
    return { level: 30, msg: text };
  }
}
