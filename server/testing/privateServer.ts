import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect, createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** A program that listens on 127.0.0.1 for a test: it can be killed, frozen and brought back, and does not outlive the test run. */
export interface PrivateServer {
  pid(): number | undefined;
  /** What it has written so far. */
  log(): string;
  /** Until it accepts connections. */
  start(): Promise<void>;
  /** Waits for the end. `SIGTERM`: in order. `SIGKILL`: the connections end without a word. */
  end(signal: NodeJS.Signals): Promise<void>;
  /** SIGSTOP: the connections stand, nothing answers. */
  freeze(): void;
  thaw(): void;
}

export interface PrivateServerParts {
  program: string;
  args: readonly string[];
  /** It has started when it accepts connections on all of them. */
  ports: readonly number[];
}

export const HOST = "127.0.0.1";
const SBIN = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"];
const START_TIMEOUT = 60_000;

const running = new Set<ChildProcess>();
let guarded = false;

/** A test run that dies must not leave servers behind. */
function guardExit(): void {
  if (guarded) return;
  guarded = true;
  process.once("exit", () => {
    for (const child of running) child.kill("SIGKILL");
  });
}

/** `aptPackage`: what Debian calls the package that has it. */
export function findProgram(name: string, aptPackage: string): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...SBIN];
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (!found) throw new Error(`${name} is not installed: on Debian, apt install ${aptPackage}`);
  return found;
}

/** Below those that Linux gives to outgoing connections, which come and go by the hundred while tests run. */
const PORTS = { from: 12_000, to: 32_000 };

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
    if (await isFree(port)) return port;
  }
  throw new Error("no port");
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}

const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host: HOST, port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

export function createPrivateServer({ program, args, ports }: PrivateServerParts): PrivateServer {
  guardExit();
  let child: ChildProcess | undefined;
  let output = "";
  const alive = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    pid: () => (alive() ? child?.pid : undefined),
    log: () => output,
    async start() {
      const started = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
      child = started;
      running.add(started);
      started.once("exit", () => running.delete(started));
      const keep = (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-100_000);
      };
      started.stdout.on("data", keep);
      started.stderr.on("data", keep);
      const deadline = Date.now() + START_TIMEOUT;
      for (const port of ports) {
        while (!(await accepts(port))) {
          if (!alive() || Date.now() > deadline)
            throw new Error(`${program} did not start on port ${port}:\n${output}`);
          await pause(10);
        }
      }
      // Somebody else's listener may have answered on our port while ours failed to bind.
      if (!alive()) throw new Error(`${program} ended at once:\n${output}`);
    },
    async end(signal) {
      const ending = child;
      if (!ending || !alive()) return;
      const gone = new Promise<void>((resolve) => ending.once("exit", () => resolve()));
      ending.kill(signal);
      ending.kill("SIGCONT");
      await gone;
    },
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
  };
}
