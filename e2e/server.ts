import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { productionEnv } from "../scripts/lib/productionEnv.mjs";
import { NODE_ENVIRONMENT, NODE_FLAGS } from "../scripts/lib/serverProcess.mjs";
import { freePort } from "../server/testing/mosquitto";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Guards against hanging only; how quickly it starts is a budget of the benchmarks. */
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 8000;

export interface TelltaleOptions {
  /** The text of a telltale.yaml; absent: there is none. */
  yaml?: string;
  env?: Record<string, string>;
  /** Where the checkout with the build is; absent: this one. */
  root?: string;
  /** How long a start may take; absent: 120 s. */
  startLimitMs?: number;
  /** Called when it answers for the first time; its brokers may not have answered every subscription yet. */
  onAnswer?(): void;
}

export interface TelltaleServer {
  readonly url: string;
  /** What it has printed so far. */
  log(): string;
  pid(): number | undefined;
  /** Writes telltale.yaml anew, as a person would in an editor. */
  writeYaml(text: string): void;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: as if the power had failed. */
  kill(): Promise<void>;
  /** With the same data, port and telltale.yaml; from then on the build of `root`, where that is given. */
  start(root?: string): Promise<void>;
  /** Ends it at once and forgets its data. */
  dispose(): Promise<void>;
}

/** The production build as people run it, on a free port, with a data folder of its own. Resolves when it answers. */
export async function startTelltale(options: TelltaleOptions = {}): Promise<TelltaleServer> {
  let root = options.root ?? ROOT;
  const home = mkdtempSync(join(tmpdir(), "telltale-e2e-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const limitMs = options.startLimitMs ?? START_LIMIT_MS;
  const yamlPath = join(home, "telltale.yaml");
  const writeYaml = (text: string): void => writeFileSync(yamlPath, text);
  if (options.yaml !== undefined) writeYaml(options.yaml);

  let child: ChildProcess | undefined;
  let output = "";
  const alive = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;

  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ending = child;
    if (!ending || !alive()) return ending?.exitCode ?? null;
    const gone = new Promise<number | null>((resolve) => ending.once("exit", (code) => resolve(code)));
    ending.kill(signal);
    const late = setTimeout(() => ending.kill("SIGKILL"), STOP_LIMIT_MS);
    const code = await gone;
    clearTimeout(late);
    return code;
  };

  const start = async (otherRoot = root): Promise<void> => {
    root = otherRoot;
    if (!existsSync(join(root, "dist/server.js"))) throw new Error(`there is no production build in ${root}`);
    // As scripts/serve.mjs and scripts/start.mjs do.
    const youngHeap = pathToFileURL(join(root, "scripts/lib/smallYoungHeap.mjs")).href;
    const started = spawn(process.execPath, [...NODE_FLAGS, "--import", youngHeap, join(root, "dist/server.js")], {
      // Its own folder: neither the repository's telltale.yaml nor its data are looked at.
      cwd: home,
      env: {
        PATH: process.env.PATH,
        HOME: home,
        ...productionEnv(),
        ...NODE_ENVIRONMENT,
        TELLTALE_NEXT_DIR: root,
        PORT: String(port),
        HOST: "127.0.0.1",
        ...options.env,
      } as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-200_000);
    };
    started.stdout.on("data", keep);
    started.stderr.on("data", keep);
    const deadline = Date.now() + limitMs;
    while (!(await answers(url))) {
      if (!alive()) throw new Error(`Telltale ended with code ${started.exitCode} while starting:\n${output}`);
      if (Date.now() > deadline) {
        await end("SIGKILL");
        throw new Error(`Telltale did not answer within ${limitMs / 1000} s:\n${output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    options.onAnswer?.();
    while (!(await isSubscribed(url)) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  };

  await start();
  return {
    url,
    log: () => output,
    pid: () => (alive() ? child?.pid : undefined),
    writeYaml,
    stop: () => end("SIGTERM"),
    kill: async () => {
      await end("SIGKILL");
    },
    start,
    dispose: async () => {
      // How it stops is tried in server/faults; here nothing of it is kept.
      await end("SIGKILL");
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Alive, and past its start: /healthz. */
async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch (error) {
    // Nothing listens yet.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * What a device says now is heard: each broker has answered every subscription. A test that speaks earlier fails by chance. Brokers
 * that a test keeps away on purpose are not waited for.
 */
async function isSubscribed(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`);
  const { brokers } = (await answer.json()) as { brokers: Record<string, { state: string }> };
  return answer.ok || Object.values(brokers).some(({ state }) => state === "offline");
}
