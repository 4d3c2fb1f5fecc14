import type { ConfigFile } from "../../lib/configFile";
import { createListeners } from "../../lib/listeners";
import type { Steps } from "../../lib/steps";
import { inWords, isSameSaid, say, sayList } from "../../lib/texts/said";
import type { ConfigSource, Log, Notice } from "../ports";
import { inTurns } from "../turns";
import type { EntryTexts, ReadOutcome, ReadRequest } from "./readConfigFile";
import { type FileReading, readOffLoop } from "./readOffLoop";
import { watchFiles } from "./watchFiles";

export interface FileSourceOptions {
  path: string;
  /** The file was asked for by name: that it is missing must be told. */
  required: boolean;
  env: Readonly<Record<string, string | undefined>>;
  /** Ids of brokers from the environment and the store, as of now; topics in the file may name them. */
  otherBrokers: () => Iterable<string> | Promise<Iterable<string>>;
  log: Log;
  /** How long the file must be left alone before it is read again. */
  settleMs?: number;
}

const NOTICE_ID = "config-file";
const NOTHING: ConfigFile = { brokers: [], topics: [], dashboards: [], alarms: [] };
const NO_ENTRIES: EntryTexts = { brokers: [], topics: [], dashboards: [], alarms: [] };
/** So many entries are read in one step. */
const PAUSE = 20;
const FAULTS_SHOWN = 3;

/**
 * telltale.yaml as a source: read before `start` resolves, and again whenever it changes, without holding the event loop. A faulty file is
 * refused whole: what ran before goes on, and `notice()` says line and reason. Faulty at start, nothing of it runs, and Telltale starts
 * all the same: people must be able to see what is wrong. A file that vanishes while it is in use goes on counting until the next
 * start, with a notice.
 */
export function createFileSource(options: FileSourceOptions): ConfigSource & { start(): Promise<void> } {
  const { log } = options;
  const listeners = createListeners<[]>();
  let current = NOTHING;
  /** What `current` was made of: quicker to compare than thousands of topics. */
  let entries = NO_ENTRIES;
  let notice: Notice | undefined;

  const request = async (): Promise<ReadRequest> => ({
    path: options.path,
    env: { ...options.env },
    otherBrokers: [...(await options.otherBrokers())],
  });

  function noticeOf(outcome: ReadOutcome): Notice | undefined {
    const running = current !== NOTHING;
    if (outcome.kind === "faulty") {
      const faults = sayList(outcome.faults.slice(0, FAULTS_SHOWN), "kit.reasons");
      const more = Math.max(0, outcome.count - FAULTS_SHOWN);
      return running
        ? { id: NOTICE_ID, level: "warning", text: say("notice.fileRefused", { faults, more }) }
        : { id: NOTICE_ID, level: "critical", text: say("notice.fileRefusedAtStart", { faults, more }) };
    }
    if (outcome.kind === "read" || (!running && !options.required)) return undefined;
    return running
      ? { id: NOTICE_ID, level: "warning", text: say("notice.fileGone", { file: options.path }) }
      : { id: NOTICE_ID, level: "critical", text: say("notice.fileMissing", { file: options.path }) };
  }

  /** Answers whether anything is other than before. */
  function* taking(outcome: ReadOutcome): Steps<boolean> {
    const [before, level, text] = [current, notice?.level, notice?.text];
    if (outcome.kind === "read") {
      current = yield* parsing(outcome.entries);
      entries = outcome.entries;
    }
    notice = noticeOf(outcome);
    if (current === before && notice?.level === level && isSameSaid(notice?.text, text)) return false;
    if (notice) log.warn({ file: options.path }, inWords(notice.text));
    else if (outcome.kind === "read")
      log.info(
        { topics: current.topics.length, dashboards: current.dashboards.length, brokers: current.brokers.length },
        `${options.path} is read`,
      );
    return true;
  }

  /** An entry whose text did not change stays the same object, and so does the whole. */
  function* parsing(next: EntryTexts): Steps<ConfigFile> {
    const topics = yield* parseEntries(next.topics, entries.topics, current.topics);
    const brokers = yield* parseEntries(next.brokers, entries.brokers, current.brokers);
    const dashboards = yield* parseEntries(next.dashboards, entries.dashboards, current.dashboards);
    const alarms = yield* parseEntries(next.alarms, entries.alarms, current.alarms);
    const isSame =
      current !== NOTHING &&
      topics === current.topics &&
      brokers === current.brokers &&
      dashboards === current.dashboards &&
      alarms === current.alarms;
    return isSame ? current : { brokers, topics, dashboards, alarms };
  }

  let reading: FileReading | undefined;
  let busy = false;
  let again = false;
  let stopped = false;
  let watcher: ReturnType<typeof watchFiles> | undefined;

  async function read(atStart: boolean): Promise<boolean> {
    const asked = await request();
    if (stopped) return false;
    const outcome = await new Promise<ReadOutcome>((resolve) => {
      reading = readOffLoop(asked, resolve);
      if (!atStart) reading.unref();
    });
    reading = undefined;
    const changed = await inTurns(taking(outcome));
    if (!stopped) watcher?.also(outcome.pems);
    return changed;
  }

  /** One reading at a time; a change meanwhile is read afterwards. */
  function reread(): void {
    again = busy;
    if (busy || stopped) return;
    busy = true;
    read(false)
      .then((changed) => {
        if (changed && !stopped) listeners.tell();
      })
      .catch((error: unknown) =>
        log.error({ err: error, file: options.path }, "the changed file could not be taken over"),
      )
      .finally(done);
  }
  function done(): void {
    busy = false;
    if (again) reread();
  }

  return {
    origin: "file",
    current: () => current,
    onChange: listeners.add,
    notice: () => notice,
    async start() {
      watcher = watchFiles(options.path, options.settleMs ?? 150, reread);
      busy = true;
      await read(true);
      done();
    },
    stop() {
      stopped = true;
      reading?.cancel();
      watcher?.stop();
    },
  };
}

/** The items of the texts; the list of before where all of them are as before. */
function* parseEntries<T>(texts: readonly string[], before: readonly string[], items: T[]): Steps<T[]> {
  const known = new Map<string, T>();
  let same = texts.length === before.length;
  for (const [i, text] of before.entries()) {
    known.set(text, items[i] as T);
    same &&= texts[i] === text;
    if (i % PAUSE === 0) yield;
  }
  if (same) return items;
  const made: T[] = [];
  for (const [i, text] of texts.entries()) {
    made.push(known.get(text) ?? (JSON.parse(text) as T));
    if (i % PAUSE === 0) yield;
  }
  return made;
}
