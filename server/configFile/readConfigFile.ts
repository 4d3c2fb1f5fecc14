import { readFileSync } from "node:fs";
import path from "node:path";
import type { ConfigFile } from "../../lib/configFile";
import { err, ok, type Result } from "../../lib/result";
import { asWording, type Said, say } from "../../lib/texts/said";
import { type FileFault, parseConfigFile } from "./parseConfigFile";

export interface ReadRequest {
  path: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Brokers that are configured elsewhere and may be named in the file. */
  otherBrokers: readonly string[];
}

/** The entries of each section as JSON: they cross threads quickly, and one that did not change is known by its text. */
export type EntryTexts = Readonly<Record<keyof ConfigFile, readonly string[]>>;

/** `pems`: the files whose change counts as one of the file. */
export type ReadOutcome =
  | { kind: "read"; entries: EntryTexts; pems: string[] }
  | { kind: "absent"; pems: string[] }
  | {
      kind: "faulty";
      faults: Said[];
      /** Of all faults, also of those that `faults` leaves out. */
      count: number;
      pems: string[];
    };

const MAX_PEM_BYTES = 100_000;
/** More than any person mends in one go. */
const MAX_FAULTS = 100;

/** Reads and parses telltale.yaml where it is called: in the thread of configFileWorker.ts, unless the file is small. */
export function readConfigFile(request: ReadRequest): ReadOutcome {
  const pems: string[] = [];
  let text: string;
  try {
    text = readFileSync(request.path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { kind: "absent", pems };
    return unreadable(request.path, reasonOf(error), pems);
  }
  const parsed = parseConfigFile(text, {
    env: request.env,
    readPem: (name) => readPem(path.resolve(path.dirname(request.path), name), pems),
    otherBrokers: new Set(request.otherBrokers),
  });
  if (parsed.ok) return { kind: "read", entries: textsOf(parsed.value), pems };
  const faults = parsed.error.slice(0, MAX_FAULTS).map((fault) => placed(request.path, fault));
  return { kind: "faulty", faults, count: parsed.error.length, pems };
}

/** `reason` ends the sentence. */
export const unreadable = (file: string, reason: Said, pems: string[]): ReadOutcome => ({
  kind: "faulty",
  faults: [say("notice.fileUnreadable", { file, reason })],
  count: 1,
  pems,
});

const textsOf = ({ brokers, topics, dashboards, alarms }: ConfigFile): EntryTexts => ({
  brokers: brokers.map((one) => JSON.stringify(one)),
  topics: topics.map((one) => JSON.stringify(one)),
  dashboards: dashboards.map((one) => JSON.stringify(one)),
  alarms: alarms.map((one) => JSON.stringify(one)),
});

function readPem(file: string, pems: string[]): Result<string, Said> {
  pems.push(file);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    return err(say("problem.filePem", { reason: reasonOf(error) }));
  }
  if (text.length <= MAX_PEM_BYTES && text.includes("-----BEGIN")) return ok(text);
  return err(say("problem.fileNoPem", { file }));
}

const placed = (file: string, { line, column, message }: FileFault): Said =>
  say("notice.fileFault", { file: path.basename(file), line, column, fault: message });

const reasonOf = (error: unknown): Said => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? say("notice.noSuchFile") : asWording(message);
};
