import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
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

/** CPU seconds of a process with all its threads (Linux: in steps of 10 ms). */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  // The name in parentheses may hold spaces; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident memory, bytes; `peak`: the most that it ever was. */
export function residentBytes(pid: number, which: "now" | "peak" = "now"): number {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  const found = new RegExp(`${which === "now" ? "VmRSS" : "VmHWM"}:\\s+(\\d+) kB`).exec(status);
  return Number(found?.[1] ?? Number.NaN) * 1024;
}
