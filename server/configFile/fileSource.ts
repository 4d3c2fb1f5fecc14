import { readFileSync } from "node:fs";
import path from "node:path";
import type { ConfigFile } from "../../lib/configFile";
import type { ConfigSource, Log, Notice } from "../ports";
import { type FileFault, parseConfigFile } from "./parseConfigFile";
import { watchFiles } from "./watchFiles";

export interface FileSourceOptions {
  path: string;
  /** The file was asked for by name: that it is missing must be told. */
  required: boolean;
  env: Readonly<Record<string, string | undefined>>;
  /** Ids of brokers from the environment and the store, as of now; topics in the file may name them. */
  otherBrokers: () => Iterable<string>;
  log: Log;
  /** How long the file must be left alone before it is read again. */
  settleMs?: number;
}

const NOTICE_ID = "config-file";
const NOTHING: ConfigFile = { brokers: [], topics: [], dashboards: [] };
const FAULTS_SHOWN = 3;
const MAX_PEM_BYTES = 100_000;

type Outcome = { kind: "read"; config: ConfigFile } | { kind: "absent" } | { kind: "faulty"; faults: string[] };

/**
 * telltale.yaml as a source: read now, and again whenever it changes. A faulty file is refused whole: what ran before goes on, and
 * `notice()` says line and reason. Faulty at start, nothing of it runs, and Telltale starts all the same: people must be able
 * to see what is wrong. A file that vanishes while it is in use goes on counting until the next start, with a notice.
 */
export function createFileSource(options: FileSourceOptions): ConfigSource {
  const { log } = options;
  const listeners = new Set<() => void>();
  const pems = new Set<string>();
  let current = NOTHING;
  let notice: Notice | undefined;

  function readPem(name: string): string {
    const file = path.resolve(path.dirname(options.path), name);
    pems.add(file);
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch (error) {
      throw new Error(`must be a PEM text or the name of a PEM file, and ${reasonOf(error)}`);
    }
    if (text.length <= MAX_PEM_BYTES && text.includes("-----BEGIN")) return text;
    throw new Error(`the file ${file} does not hold a PEM text`);
  }

  function read(): Outcome {
    let text: string;
    try {
      text = readFileSync(options.path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT")
        return { kind: "faulty", faults: [`${options.path} cannot be read: ${reasonOf(error)}`] };
      return { kind: "absent" };
    }
    pems.clear();
    const parsed = parseConfigFile(text, {
      env: options.env,
      readPem,
      otherBrokers: new Set(options.otherBrokers()),
    });
    if (parsed.ok) return { kind: "read", config: parsed.value };
    return { kind: "faulty", faults: parsed.error.map((fault) => sentence(options.path, fault)) };
  }

  function noticeOf(outcome: Outcome): Notice | undefined {
    const running = current !== NOTHING;
    if (outcome.kind === "faulty") {
      const more = outcome.faults.length - FAULTS_SHOWN;
      const text = outcome.faults.slice(0, FAULTS_SHOWN).join("; ") + (more > 0 ? `; and ${more} more` : "");
      const instead = running ? "What it said before goes on." : "Nothing of it is in use.";
      return { id: NOTICE_ID, level: running ? "warning" : "critical", text: `${text}. ${instead}` };
    }
    if (outcome.kind === "read" || (!running && !options.required)) return undefined;
    return running
      ? { id: NOTICE_ID, level: "warning", text: `${options.path} is gone. What it said goes on until the next start.` }
      : { id: NOTICE_ID, level: "critical", text: `There is no file ${options.path}, which TELLTALE_CONFIG names.` };
  }

  /** Answers whether anything is other than before. */
  function take(): boolean {
    const outcome = read();
    const before = JSON.stringify([current, notice]);
    if (outcome.kind === "read") current = outcome.config;
    notice = noticeOf(outcome);
    if (JSON.stringify([current, notice]) === before) return false;
    if (notice) log.warn({ file: options.path }, notice.text);
    else if (outcome.kind === "read")
      log.info(
        { topics: current.topics.length, dashboards: current.dashboards.length, brokers: current.brokers.length },
        `${options.path} is read`,
      );
    return true;
  }

  take();
  const watcher = watchFiles(options.path, options.settleMs ?? 150, () => {
    const changed = take();
    watcher.also([...pems]);
    if (changed) for (const listener of listeners) listener();
  });
  watcher.also([...pems]);

  return {
    origin: "file",
    current: () => current,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    notice: () => notice,
    stop: () => watcher.stop(),
  };
}

const sentence = (file: string, { line, column, message }: FileFault): string =>
  `${path.basename(file)}:${line}:${column}: ${message}`;

const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? "there is no such file" : message;
};
