import { Registration } from "@/lib/registration";
import type {
  AvailabilityDraft,
  CommandDraft,
  DescribedDraft,
  Draft,
  HistoryDraft,
  PartDraft,
  StructDraft,
} from "./draft";
import { errorsOf, type FieldErrors, pointer, zodErrors } from "./fieldErrors";
import { durationReader, type Issue, type NumberReader, numberReader } from "./numberFields";

export type DraftResult = { ok: true; registration: Registration } | { ok: false; errors: FieldErrors };

const KEY = /^[A-Za-z0-9_-]{1,64}$/;

/** Where the errors of a row of values stand: under its key, or under its number while the key is no key. */
export const rowPointer = (draft: Draft, index: number): string => {
  const row = draft.values[index];
  return row && keyError(draft, index) === undefined ? pointer("values", row.key.trim()) : pointer("rows", index);
};

function keyError(draft: Draft, index: number): string | undefined {
  const key = draft.values[index]?.key.trim() ?? "";
  if (!KEY.test(key)) return 'The key must be 1 to 64 of letters, digits, "-" and "_".';
  // The schema library would drop it without a word.
  if (key === "__proto__") return "The key “__proto__” cannot be used: choose another.";
  const first = draft.values.findIndex((row) => row.key.trim() === key);
  return first === index ? undefined : `The key “${key}” is used twice.`;
}

/** The registration that the form describes, or what is wrong with it, at its fields. */
export function toRegistration(draft: Draft): DraftResult {
  const issues: Issue[] = [];
  if (draft.id.trim() === "") issues.push({ pointer: "/id", detail: "Enter an id, or a name to derive it from." });
  const input = writeDraft(draft, issues);
  const parsed = Registration.safeParse(input);
  if (parsed.success && issues.length === 0) return { ok: true, registration: parsed.data };
  return { ok: false, errors: errorsOf([...issues, ...(parsed.success ? [] : zodErrors(parsed.error))]) };
}

/** Where the issues go, and the language of the numbers. */
interface Out {
  issues: Issue[];
  locale: string;
}

/** As the API takes it, before any check; what cannot even be written down (a number that is none) becomes an issue. */
export function writeDraft(draft: Draft, issues: Issue[]): Record<string, unknown> {
  const template = draft.mode === "template";
  const out: Out = { issues, locale: draft.locale };
  return compact({
    id: draft.id.trim(),
    broker: line(draft.broker),
    filter: line(draft.filter),
    format: draft.format === "auto" ? undefined : draft.format,
    encoding: draft.encoding === "" ? undefined : draft.encoding,
    // What another format needs stays in the form, in case that a person comes back to it.
    struct: draft.format === "bytes" ? writeStruct(draft.struct, out) : undefined,
    proto: draft.format === "protobuf" ? draft.proto : undefined,
    message: draft.format === "protobuf" ? line(draft.message) : undefined,
    value: draft.mode === "one" ? line(draft.path) : undefined,
    values: draft.mode === "several" ? writeValues(draft, out) : undefined,
    jinja: template ? draft.jinja : undefined,
    when: line(draft.when),
    partial: draft.partial || undefined,
    merge: draft.merge || undefined,
    time: line(draft.time),
    device: line(draft.device),
    area: line(draft.area),
    availability: writeAvailability(draft.availability),
    availabilityMode: draft.availabilityMode === "all" ? undefined : draft.availabilityMode,
    qos: draft.qos === "" ? undefined : Number(draft.qos),
    // A template reads the payload by itself.
    ...writeDescribed(template ? { ...draft.described, transform: "" } : draft.described, "", out),
  });
}

function writeStruct(rows: readonly StructDraft[], out: Out): unknown {
  if (rows.length === 0) return undefined;
  return rows.map((row, i) => {
    const number = numberReader(`/struct/${i}`, out);
    if (row.at.trim() === "") out.issues.push({ pointer: `/struct/${i}/at`, detail: "Enter the byte offset." });
    const worded = row.type === "text" || row.type === "hex";
    const numeric = !worded && row.type !== "bit" && row.type !== "bool";
    return compact({
      key: row.key.trim(),
      at: number(row.at, "at") ?? 0,
      type: row.type,
      length: worded ? number(row.length, "length") : undefined,
      bit: row.type === "bit" ? number(row.bit, "bit") : undefined,
      scale: numeric ? number(row.scale, "scale") : undefined,
      add: numeric ? number(row.add, "add") : undefined,
    });
  });
}

function writeValues(draft: Draft, out: Out): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [index, row] of draft.values.entries()) {
    const at = rowPointer(draft, index);
    const wrong = keyError(draft, index);
    if (wrong !== undefined) {
      out.issues.push({ pointer: `${at}/key`, detail: wrong });
      continue;
    }
    values[row.key.trim()] = compact({ value: row.path.trim(), ...writeDescribed(row.described, at, out) });
  }
  return values;
}

function writeAvailability(rows: readonly AvailabilityDraft[]): unknown {
  const list = rows.map((row) =>
    compact({
      filter: row.filter.trim(),
      value: line(row.value),
      jinja: row.jinja || undefined,
      online: row.online,
      offline: row.offline,
    }),
  );
  return list.length > 1 ? list : list[0];
}

function writeDescribed(d: DescribedDraft, at: string, out: Out): Record<string, unknown> {
  const { issues } = out;
  const number = numberReader(at, out);
  const duration = durationReader(at, out);
  return compact({
    name: line(d.name),
    transform: line(d.transform),
    type: d.type === "" ? undefined : d.type,
    unit: line(d.unit),
    precision: number(d.precision, "precision"),
    range: writeRange(d, number, at, issues),
    thresholds:
      d.thresholds.length === 0
        ? undefined
        : d.thresholds.map((t, i) => ({
            [t.side]: number(t.at, "thresholds", i) ?? required(issues, `${at}${pointer("thresholds", i)}`),
            level: t.level,
          })),
    staleAfter:
      d.stale === "auto" ? undefined : d.stale === "never" ? "never" : (duration(d.staleAfter, "staleAfter") ?? ""),
    payloads: writeOnOff(d.on, d.off, `${at}/payloads`, issues),
    unknown: lines(d.unknown),
    words: writeWords(d.words, `${at}/words`, issues),
    category: d.category || undefined,
    command: d.command ? writeCommand(d.command, `${at}/command`, out) : undefined,
    part: d.part ? writePart(d.part) : undefined,
    history: writeHistory(d.history, `${at}/history`, out),
  });
}

const writePart = ({ of, kind, role, name }: PartDraft): unknown =>
  compact({ of: of.trim(), kind, role: role.trim(), name: line(name) });

function writeHistory(h: HistoryDraft, at: string, out: Out): unknown {
  if (h.keep === "nothing") return false;
  const duration = durationReader(at, out);
  const rollups = compact({
    "1m": duration(h.minute, "rollups", "1m"),
    "15m": duration(h.quarter, "rollups", "15m"),
    "6h": duration(h.long, "rollups", "6h"),
  });
  if (h.keep === "atMost" && h.atMost.trim() === "")
    out.issues.push({ pointer: `${at}/keep`, detail: "Enter the shortest time between two readings, as in 10s." });
  const spec = compact({
    keep: h.keep === "every" ? undefined : h.keep === "change" ? "change" : (duration(h.atMost, "keep") ?? ""),
    deadband: h.keep === "change" ? numberReader(at, out)(h.deadband, "deadband") : undefined,
    raw: duration(h.raw, "raw"),
    rollups: Object.keys(rollups).length === 0 ? undefined : rollups,
  });
  return Object.keys(spec).length === 0 ? undefined : spec;
}

/** One a line: the last " = " parts them, for a value may hold one. */
function writeWords(text: string, at: string, issues: Issue[]): unknown {
  const words: Record<string, string> = Object.create(null);
  for (const row of lines(text) ?? []) {
    const cut = row.lastIndexOf("=");
    const [value, word] = [row.slice(0, cut).trim(), row.slice(cut + 1).trim()];
    if (cut > 0 && value && word) words[value] = word;
    else issues.push({ pointer: at, detail: `“${row}” needs a value, = and the word for it, as in on = Open.` });
  }
  return Object.keys(words).length > 0 ? words : undefined;
}

function writeRange(d: DescribedDraft, number: NumberReader, at: string, issues: Issue[]): unknown {
  const low = number(d.rangeLow, "range");
  const high = number(d.rangeHigh, "range");
  if (d.rangeLow.trim() === "" && d.rangeHigh.trim() === "") return undefined;
  if (low === undefined || high === undefined) {
    issues.push({ pointer: `${at}/range`, detail: "Enter both ends of the range, or neither." });
    return undefined;
  }
  return [low, high];
}

function writeCommand(c: CommandDraft, at: string, out: Out): unknown {
  const number = numberReader(at, out);
  const options = lines(c.options);
  return compact({
    topic: c.topic.trim(),
    payloads: writeOnOff(c.on, c.off, `${at}/payloads`, out.issues),
    press: c.press === "" && c.kind !== "button" ? undefined : c.press,
    options: options ?? (c.kind === "select" ? [] : undefined),
    min: number(c.min, "min"),
    max: number(c.max, "max"),
    step: number(c.step, "step"),
    transform: line(c.transform),
    template: c.template || undefined,
    jinja: c.jinja || undefined,
    confirm: durationReader(at, out)(c.confirm, "confirm"),
    tolerance: number(c.tolerance, "tolerance"),
    qos: c.qos === "" ? undefined : Number(c.qos),
    retain: c.retain || undefined,
    ask: c.ask === "no" ? undefined : c.ask === "yes" ? true : c.question.trim(),
    send: c.send === "release" ? undefined : c.send,
  });
}

/** One a line; what is empty is none. */
function lines(text: string): string[] | undefined {
  const list = text
    .split("\n")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  return list.length === 0 ? undefined : list;
}

function writeOnOff(on: string, off: string, at: string, issues: Issue[]): unknown {
  if (on === "" && off === "") return undefined;
  if (on === "" || off === "") issues.push({ pointer: at, detail: "Enter both payloads, for on and for off." });
  return { on, off };
}

function required(issues: Issue[], at: string): undefined {
  issues.push({ pointer: at, detail: "Enter the number at which the threshold starts." });
  return undefined;
}

const line = (text: string): string | undefined => text.trim() || undefined;

/** Without what is absent: the registration then reads as a person would write it. */
function compact(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
