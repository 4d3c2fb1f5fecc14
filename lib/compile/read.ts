import type { CompiledRegistration, ReadMemory, Slot, SlotOutcome } from "../compiled";
import {
  byPayloads,
  type Coerced,
  makeCoerce,
  makeIsUnknown,
  suggestPaths,
  type TextOrigin,
  type Want,
} from "../decoders/coerce";
import { type Decoder, isQuotedText, type Json, textOf } from "../decoders/decoder";
import type { NumberHabits } from "../decoders/numeric";
import { isUnknownWord } from "../decoders/words";
import type { Expression } from "../expressions/cel";
import type { Reject } from "../reading";
import type { Template } from "../templates";
import { asWording, type Said, type SaidText, say } from "../texts/said";
import type { TextKey } from "../texts/t";
import { readDeviceTime } from "./deviceTime";
import { createPathWork, type PathWork } from "./jsonPathQuery";
import { ABSENT, type Extract, type PathResult, SEVERAL, TOO_COSTLY } from "./path";

/** How one slot is read from a payload. */
export interface SlotReader {
  readonly slot: Slot;
  /** Undefined: the whole payload is the value. */
  readonly path: { text: string; extract: Extract } | undefined;
  readonly want: Omit<Want, "where">;
  /** Used instead of a path: renders the value from the payload's text. */
  readonly template?: Template | undefined;
  /** Applied to the value. */
  readonly transform?: Expression | undefined;
  /** A message without the value is skipped, not rejected. */
  readonly partial?: boolean | undefined;
}

export type Read = CompiledRegistration["read"];

/** Reads the device's own time from a message. */
type ReadTime = (json: Json, payload: Uint8Array, receivedAt: number) => number | Reject;

/** The inner loop of the live path: decodes each message once, then reads each slot. Never throws. */
export function makeRead(
  decoder: Decoder,
  readers: readonly SlotReader[],
  time: { text: string; extract: Extract } | undefined,
): Read {
  const [only] = readers;
  const timeOf = time && makeReadTime(decoder, time);
  if (only?.template) return readTemplate(only, only.template, timeOf && decoder, timeOf);
  const slots = readers.map((reader) => compileSlot(reader, decoder));
  const needsDocument = decoder.structured && readers.some((r) => r.path);
  const several = only?.partial || slots.length > 1 || readers.some((r) => r.slot.key !== undefined);
  return (payload, receivedAt, memory) => {
    const document = decoder.decode(payload);
    if (!document.ok) return only?.partial && decoder.skipsOthers ? [] : rejectAll(readers, document.error);
    const json = document.value;
    if (json === null || (needsDocument && typeof json === "string" && slots.every((slot) => slot.isNothing(json)))) {
      const at = timeOf?.(json, payload, receivedAt);
      return slots.map(({ slot }) => unknownAt(slot, typeof at === "number" ? at : receivedAt));
    }
    if (needsDocument && typeof json === "string") return only?.partial ? [] : rejectAll(readers, noDocument(json));
    let at = receivedAt;
    const work = createPathWork();
    let late: Reject | undefined;
    if (timeOf) {
      const read = timeOf(json, payload, receivedAt);
      if (typeof read === "number") at = read;
      else late = read;
    }
    const outcomes: SlotOutcome[] = [];
    for (const { slot, read } of slots) {
      const coerced = read(json, payload, several, memory, work);
      if (!coerced) continue;
      if (!coerced.ok) outcomes.push({ slot, ok: false, reject: coerced.reject });
      // Unknown is accepted without a valid time.
      else if (late) outcomes.push(coerced.value === null ? unknownAt(slot, at) : { slot, ok: false, reject: late });
      else if (coerced.unit === undefined) outcomes.push({ slot, ok: true, value: coerced.value, at });
      else outcomes.push({ slot, ok: true, value: coerced.value, at, unit: coerced.unit });
    }
    return outcomes;
  };
}

const unknownAt = (slot: Slot, at: number): SlotOutcome => ({ slot, ok: true, value: null, at });

/**
 * Skips messages for which the condition is false or cannot be evaluated: they are another device's. An empty payload belongs to no
 * device, so it makes every point of the topic unknown.
 */
export function onlyWhen(when: Expression | undefined, decoder: Decoder, read: Read): Read {
  if (!when) return read;
  return (payload, receivedAt, memory) => {
    const document = decoder.document ? decoder.document(payload) : decoder.decode(payload);
    if (!document.ok || document.value === null) return read(payload, receivedAt, memory);
    const asked = when.evaluate({ payload: document.value });
    return asked.ok && asked.value === true ? read(payload, receivedAt, memory) : [];
  };
}

/**
 * As Home Assistant's templates expect, a message for which the template renders nothing or fails keeps the old value. Empty and null
 * payloads are not given to the template: its default (`else 0`) would become a reading.
 */
function readTemplate(
  { slot, want }: SlotReader,
  template: Template,
  decoder: Decoder | undefined,
  timeOf: ReadTime | undefined,
): Read {
  const coerce = makeCoerce({ ...want, where: say("reject.templateResult") });
  const isUnknown = makeIsUnknown(want.unknown);
  return (payload, receivedAt, memory) => {
    const text = textOf(payload);
    if (!text.ok) return [{ slot, ok: false, reject: text.error }];
    const bare = text.value.length <= LONGEST_NULL ? text.value.trim() : text.value;
    if (bare === "" || bare === "null") return [unknownAt(slot, receivedAt)];
    const made = template.render(text.value, {}, { now: receivedAt });
    if (made.kind === "keep")
      return isUnknown(text.value) || isUnknownWord(text.value) ? [unknownAt(slot, receivedAt)] : [];
    const coerced: Coerced =
      made.kind === "unknown" ? { ok: true, value: null } : coerce(made.text, { habits: habitsOf(memory, slot) });
    if (!coerced.ok) return [{ slot, ok: false, reject: coerced.reject }];
    const document = decoder?.decode(payload);
    const at = timeOf && document?.ok ? timeOf(document.value, payload, receivedAt) : receivedAt;
    if (typeof at === "number") return [{ slot, ok: true, value: coerced.value, at }];
    return [coerced.value === null ? unknownAt(slot, receivedAt) : { slot, ok: false, reject: at }];
  };
}

const LONGEST_NULL = 100;

interface CompiledSlot {
  slot: Slot;
  /** Undefined: the message has no value for this slot, which is allowed if the registration has several. */
  read(
    json: Json,
    payload: Uint8Array,
    several: boolean,
    memory: ReadMemory | undefined,
    work: PathWork,
  ): Coerced | undefined;
  /** Whether a payload that is not a document means "no value". */
  isNothing(text: string): boolean;
}

function compileSlot(reader: SlotReader, decoder: Decoder): CompiledSlot {
  const isUnknown = makeIsUnknown(reader.want.unknown);
  const read = reader.transform ? compileTransformed(reader, reader.transform) : compilePlain(reader, decoder);
  return { slot: reader.slot, read, isNothing: (text) => isUnknown(text) || isUnknownWord(text) };
}

function habitsOf(memory: ReadMemory | undefined, { index }: Slot): NumberHabits | undefined {
  if (!memory) return undefined;
  const known = memory.habits?.[index];
  if (known) return known;
  // Allocated at its exact length: a growing array reserves 17 elements, and there is one for each topic.
  const length = Math.max(memory.habits?.length ?? 0, index + 1);
  const habits: NumberHabits = { decimal: undefined, numeric: undefined };
  memory.habits = Array.from({ length }, (_, i) => (i === index ? habits : memory.habits?.[i]));
  return habits;
}

/**
 * The expression gets the value as detected, or an object or list unchanged. Its result is read with the registration's type. Unknown
 * stays unknown.
 */
function compileTransformed({ slot, path, want }: SlotReader, transform: Expression): CompiledSlot["read"] {
  const before = makeCoerce({
    type: want.type === "number" ? "number" : undefined,
    unit: want.unit,
    unknown: want.unknown,
    where: whereOf(path),
  });
  const after = makeCoerce({
    type: want.type,
    payloads: want.payloads,
    where: say("reject.transformResult", { transform: transform.text }),
  });
  return (json, _payload, several, memory, work) => {
    const found = path ? path.extract(json, work) : json;
    if (isMissing(found)) return missing(found, path?.text ?? "", json, several);
    let value: Json = found;
    if (typeof found !== "object" || found === null) {
      const read = before(found, typeof found === "string" ? { habits: habitsOf(memory, slot) } : undefined);
      if (!read.ok) return read;
      if (read.value === null) return read;
      value = read.value;
    }
    const made = transform.evaluate({ value, payload: json });
    // An empty list is "no value" (Venus OS), unless the expression can use it, to count its items for example.
    if (!made.ok && Array.isArray(value) && value.length === 0) return { ok: true, value: null };
    if (!made.ok) return reject("transform", made.error);
    // Without a registered type, a text that an expression returns ('on') stays a text.
    if (want.type === undefined && typeof made.value === "string")
      return { ok: true, value: made.value.trim() === "" ? null : made.value };
    return after(made.value);
  };
}

function compilePlain({ slot, path, want }: SlotReader, decoder: Decoder): CompiledSlot["read"] {
  const coerce = makeCoerce({ ...want, where: whereOf(path) });
  const countsDigits = want.type === undefined || want.type === "number";
  const originOf = (quoted: boolean, memory: ReadMemory | undefined): TextOrigin | undefined =>
    countsDigits ? { quoted, habits: habitsOf(memory, slot) } : undefined;
  if (!path) {
    const { payloads } = want;
    return (json, payload, _several, memory) => {
      // `payloads` may be whole JSON documents, such as {"state":"ON"}.
      if (payloads && typeof json === "object" && json !== null) {
        const text = textOf(payload);
        const named = text.ok ? byPayloads(text.value, payloads) : undefined;
        if (named !== undefined) return { ok: true, value: named };
      }
      return coerce(json, typeof json === "number" ? undefined : originOf(isQuotedText(decoder, payload), memory));
    };
  }
  return (json, _payload, several, memory, work) => {
    const found = path.extract(json, work);
    if (isMissing(found)) return missing(found, path.text, json, several);
    return coerce(found, typeof found === "number" ? undefined : originOf(true, memory));
  };
}

const whereOf = (path: SlotReader["path"]): Said => (path ? asWording(path.text) : say("reject.thePayload"));

const reject = (code: Reject["code"], message: Said): Coerced => ({ ok: false, reject: { code, message } });

type Missing = Exclude<PathResult, Json>;
const isMissing = (found: PathResult): found is Missing => typeof found === "symbol";

function missing(found: Missing, path: string, json: Json, several: boolean): Coerced | undefined {
  if (found === TOO_COSTLY) return reject("capped", say("reject.tooMuchWork", { path }));
  if (found === SEVERAL) return reject("ambiguous", say("reject.severalMatch", { path }));
  return several ? undefined : reject("no-match", absent(path, json));
}

const rejectAll = (readers: readonly SlotReader[], why: Reject): SlotOutcome[] =>
  readers.map(({ slot }) => ({ slot, ok: false, reject: why }));

function absent(path: string, json: Json): SaidText {
  const paths = suggestPaths(json).join(", ");
  return paths ? say("reject.noMatchHas", { path, paths }) : say("reject.noMatch", { path });
}

const noDocument = (text: string): Reject => ({
  code: "not-json",
  message:
    text.trim() === ""
      ? say("reject.emptyForPath")
      : say("reject.notJsonForPath", { start: JSON.stringify(text.slice(0, 40)) }),
});

function makeReadTime(decoder: Decoder, time: { text: string; extract: Extract }): ReadTime {
  if (!decoder.document) return (json, _payload, receivedAt) => readTime(json, time, receivedAt);
  return (_json, payload, receivedAt) => {
    const document = decoder.document?.(payload) ?? decoder.decode(payload);
    return document.ok ? readTime(document.value, time, receivedAt) : document.error;
  };
}

const WHY_NO_TIME = {
  [ABSENT]: "reject.noMatch",
  [SEVERAL]: "reject.severalTimes",
  [TOO_COSTLY]: "reject.timeTooMuchWork",
} as const satisfies Record<Missing, TextKey>;

function readTime(json: Json, time: { text: string; extract: Extract }, receivedAt: number): number | Reject {
  const found = time.extract(json);
  if (isMissing(found)) return { code: "bad-time", message: say(WHY_NO_TIME[found], { path: time.text }) };
  const read = readDeviceTime(found, receivedAt);
  return read.ok
    ? read.value
    : { code: "bad-time", message: say("reject.badTime", { path: time.text, why: read.error }) };
}
