import type { ConfigFile } from "../../lib/configFile";
import type { ConfigSource, Log, Notice } from "../ports";
import { type ReadOutcome, type ReadRequest, readConfigFile } from "./readConfigFile";
import { type Reading, readOffLoop } from "./readOffLoop";
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

/**
 * telltale.yaml as a source: read now, and again whenever it changes. A faulty file is refused whole: what ran before goes on, and
 * `notice()` says line and reason. Faulty at start, nothing of it runs, and Telltale starts all the same: people must be able
 * to see what is wrong. A file that vanishes while it is in use goes on counting until the next start, with a notice.
 */
export function createFileSource(options: FileSourceOptions): ConfigSource {
  const { log } = options;
  const listeners = new Set<() => void>();
  let current = NOTHING;
  /** What `current` was made of: quicker to compare than thousands of topics. */
  let json = "";
  let notice: Notice | undefined;

  const request = (): ReadRequest => ({
    path: options.path,
    env: { ...options.env },
    otherBrokers: [...options.otherBrokers()],
  });

  function noticeOf(outcome: ReadOutcome): Notice | undefined {
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
  function take(outcome: ReadOutcome): boolean {
    const before = [json, notice?.level, notice?.text];
    if (outcome.kind === "read" && outcome.json !== json) {
      json = outcome.json;
      current = JSON.parse(json) as ConfigFile;
    }
    notice = noticeOf(outcome);
    if ([json, notice?.level, notice?.text].every((part, i) => part === before[i])) return false;
    if (notice) log.warn({ file: options.path }, notice.text);
    else if (outcome.kind === "read")
      log.info(
        { topics: current.topics.length, dashboards: current.dashboards.length, brokers: current.brokers.length },
        `${options.path} is read`,
      );
    return true;
  }

  // At start there is nothing yet that waits for the event loop.
  const first = readConfigFile(request());
  take(first);
  let reading: Reading | undefined;
  let again = false;
  const watcher = watchFiles(options.path, options.settleMs ?? 150, reread);
  watcher.also(first.pems);

  /** One reading at a time; a change meanwhile is read afterwards. */
  function reread(): void {
    if (reading) {
      again = true;
      return;
    }
    again = false;
    const mine: Reading = { cancel: () => started?.cancel() };
    reading = mine;
    const started = readOffLoop(request(), (outcome) => {
      reading = undefined;
      const changed = take(outcome);
      watcher.also(outcome.pems);
      if (changed) for (const listener of listeners) listener();
      if (again) reread();
    });
  }

  return {
    origin: "file",
    current: () => current,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    notice: () => notice,
    stop() {
      reading?.cancel();
      watcher.stop();
    },
  };
}
