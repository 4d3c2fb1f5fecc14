import { type ChildProcess, fork } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A process of the benchmark: a plain .mjs beside this file, spoken to by messages, ended with its parent. */
export interface Worker {
  readonly pid: number;
  ask<T>(question: object): Promise<T>;
  tell(message: object): void;
  /** The next message. */
  hear<T>(): Promise<T>;
  stop(): Promise<void>;
}

export async function startWorker(name: string): Promise<Worker> {
  const child: ChildProcess = fork(join(import.meta.dirname, `${name}Worker.mjs`), { execArgv: [] });
  const inbox: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  child.on("message", (message) => {
    const next = waiting.shift();
    if (next) next(message);
    else inbox.push(message);
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const hear = <T>(): Promise<T> =>
    inbox.length > 0
      ? Promise.resolve(inbox.shift() as T)
      : Promise.race([
          new Promise<T>((resolve) => waiting.push(resolve as (message: unknown) => void)),
          gone.then(() => Promise.reject(new Error(`the ${name} ended with code ${child.exitCode}`))),
        ]);
  await hear();
  return {
    pid: child.pid as number,
    hear,
    // One that has ended by itself needs no telling.
    tell: (message) => void (child.connected && child.send(message)),
    ask(question) {
      child.send(question);
      return hear();
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await gone;
    },
  };
}

export interface Published {
  sent: number;
  /** The last value of each topic, in the order of the topics; null: none. */
  last: (number | null)[];
  ms: number;
}

export interface Publishing {
  readonly done: Promise<Published>;
  readonly worker: Worker;
  /** Ends it now. */
  stop(): Promise<Published>;
}

export interface Stream {
  port: number;
  topics: readonly string[];
  /** Messages a second over all topics, in turn. */
  rate: number;
  seconds: number;
  /** Values are ms since this moment (epoch ms), with two decimals. */
  base: number;
  json?: boolean;
  /** At random moments with this mean rate, the same in each run, instead of evenly. */
  random?: boolean;
  retain?: boolean;
}

export async function publish(stream: Stream): Promise<Publishing> {
  const worker = await startWorker("publisher");
  const done = worker.ask<{ done: Published }>({ start: stream }).then((message) => message.done);
  return {
    done,
    worker,
    stop() {
      worker.tell({ stop: true });
      return done;
    },
  };
}

/** CPU seconds of one thread; undefined: it has ended. In ns from the scheduler: /proc/PID/stat counts in steps of 10 ms. */
function threadSeconds(pid: number, thread: string | number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "latin1").split(" ")[0]) / 1e9;
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/** CPU seconds of a process with all the threads that it has now. */
export const cpuSeconds = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + (threadSeconds(pid, thread) ?? 0), 0);

/** CPU seconds of a process's main thread alone; 0 when it has ended. */
export const mainThreadSeconds = (pid: number): number => threadSeconds(pid, pid) ?? 0;

/** Resident memory, bytes; `peak`: the most that it ever was. */
export function residentBytes(pid: number, which: "now" | "peak" = "now"): number {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  const found = new RegExp(`${which === "now" ? "VmRSS" : "VmHWM"}:\\s+(\\d+) kB`).exec(status);
  return Number(found?.[1] ?? Number.NaN) * 1024;
}
