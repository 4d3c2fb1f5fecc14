import type { Slot, SlotOutcome } from "../compiled";
import { byPayloads, type Coerced, makeCoerce, suggestPaths, type Want } from "../decoders/coerce";
import { type Decoder, type Json, textOf } from "../decoders/decoder";
import type { Expression } from "../expressions/cel";
import type { Reject } from "../reading";
import type { Template } from "../templates";
import { readDeviceTime } from "./deviceTime";
import { ABSENT, type Extract, SEVERAL } from "./path";

/** How one slot is read: where it stands, and what the registration says of it. */
export interface SlotReader {
  readonly slot: Slot;
  /** Absent: the whole payload. */
  readonly path: { text: string; extract: Extract } | undefined;
  readonly want: Omit<Want, "where">;
  /** Instead of a path: what makes the value of the payload's text. */
  readonly template?: Template | undefined;
  /** What becomes of the value. */
  readonly transform?: Expression | undefined;
  /** A message without the value is no fault. */
  readonly partial?: boolean | undefined;
}

export type Read = (payload: Uint8Array, receivedAt: number) => readonly SlotOutcome[];

/** The live path's inner loop: one decode for each message, one look-up for each slot. Never throws. */
export function makeRead(
  decoder: Decoder,
  readers: readonly SlotReader[],
  time: { text: string; extract: Extract } | undefined,
): Read {
  const slots = readers.map(compileSlot);
  const [only] = readers;
  if (only?.template) return readTemplate(only, only.template);
  const needsDocument = decoder.structured && readers.some((r) => r.path);
  const several = only?.partial || slots.length > 1 || readers.some((r) => r.slot.key !== undefined);
  return (payload, receivedAt) => {
    const document = decoder.decode(payload);
    // OwnTracks says other things on the topic of its places.
    if (!document.ok) return only?.partial && decoder.id === "location" ? [] : rejectAll(readers, document.error);
    const json = document.value;
    if (needsDocument && typeof json === "string") return only?.partial ? [] : rejectAll(readers, noDocument(json));
    let at = receivedAt;
    let late: Reject | undefined;
    if (time) {
      const read = readTime(json, time, receivedAt);
      if (typeof read === "number") at = read;
      else late = read;
    }
    const outcomes: SlotOutcome[] = [];
    for (const { slot, read } of slots) {
      const coerced = read(json, payload, several);
      if (!coerced) continue;
      if (!coerced.ok) outcomes.push({ slot, ok: false, reject: coerced.reject });
      else if (late) outcomes.push({ slot, ok: false, reject: late });
      else if (coerced.unit === undefined) outcomes.push({ slot, ok: true, value: coerced.value, at });
      else outcomes.push({ slot, ok: true, value: coerced.value, at, unit: coerced.unit });
    }
    return outcomes;
  };
}

/** A message of which the condition is not true (or of which it cannot be asked) is another device's, and no fault. */
export function onlyWhen(when: Expression | undefined, decoder: Decoder, read: Read): Read {
  if (!when) return read;
  return (payload, receivedAt) => {
    const document = decoder.decode(payload);
    if (!document.ok) return read(payload, receivedAt);
    const asked = when.evaluate({ payload: document.value });
    return asked.ok && asked.value === true ? read(payload, receivedAt) : [];
  };
}

/** What the template has nothing to say of, or fails on, keeps the old value: that is how Home Assistant's templates are written. */
function readTemplate({ slot, want }: SlotReader, template: Template): Read {
  const coerce = makeCoerce({ ...want, where: "what the template makes" });
  return (payload, receivedAt) => {
    const text = textOf(payload);
    if (!text.ok) return [{ slot, ok: false, reject: text.error }];
    const made = template.render(text.value, {}, { now: receivedAt });
    if (made.kind === "keep") return [];
    if (made.kind === "unknown") return [{ slot, ok: true, value: null, at: receivedAt }];
    const coerced = coerce(made.text);
    return [
      coerced.ok
        ? { slot, ok: true, value: coerced.value, at: receivedAt }
        : { slot, ok: false, reject: coerced.reject },
    ];
  };
}

interface CompiledSlot {
  slot: Slot;
  /** Undefined: the message does not speak of this slot, which is no fault when it has others. */
  read(json: Json, payload: Uint8Array, several: boolean): Coerced | undefined;
}

function compileSlot(reader: SlotReader): CompiledSlot {
  return reader.transform ? compileTransformed(reader, reader.transform) : compilePlain(reader);
}

/**
 * The value is read as it would be unasked, and what the expression makes of it as the registration says. An object or list is handed
 * over as it is. Unknown stays unknown.
 */
function compileTransformed({ slot, path, want }: SlotReader, transform: Expression): CompiledSlot {
  const before = makeCoerce({
    type: want.type === "number" ? "number" : undefined,
    unit: want.unit,
    unknown: want.unknown,
    where: path?.text ?? "the payload",
  });
  const after = makeCoerce({ type: want.type, payloads: want.payloads, where: `what ${transform.text} gives` });
  return {
    slot,
    read(json, _payload, several) {
      const found = path ? path.extract(json) : json;
      if (found === ABSENT) return several ? undefined : reject("no-match", absent(path?.text ?? "", json));
      if (found === SEVERAL) return reject("ambiguous", `${path?.text} matches more than one value; name one of them`);
      let value: Json = found;
      if (typeof found !== "object" || found === null) {
        const read = before(found);
        if (!read.ok) return read;
        if (read.value === null) return read;
        value = read.value;
      }
      const made = transform.evaluate({ value, payload: json });
      if (!made.ok) return reject("transform", made.error);
      // Who writes 'on' in an expression means the text; a registered type says otherwise.
      if (want.type === undefined && typeof made.value === "string") return { ok: true, value: made.value };
      return after(made.value);
    },
  };
}

function compilePlain({ slot, path, want }: SlotReader): CompiledSlot {
  const coerce = makeCoerce({ ...want, where: path?.text ?? "the payload" });
  if (!path) {
    const { payloads } = want;
    return {
      slot,
      read(json, payload) {
        // A payload such as {"state":"ON"} may be registered whole, as what on and off look like.
        if (payloads && typeof json === "object" && json !== null) {
          const text = textOf(payload);
          const named = text.ok ? byPayloads(text.value, payloads) : undefined;
          if (named !== undefined) return { ok: true, value: named };
        }
        return coerce(json);
      },
    };
  }
  return {
    slot,
    read(json, _payload, several) {
      const found = path.extract(json);
      if (found === ABSENT) return several ? undefined : reject("no-match", absent(path.text, json));
      if (found === SEVERAL) return reject("ambiguous", `${path.text} matches more than one value; name one of them`);
      return coerce(found);
    },
  };
}

const reject = (code: Reject["code"], message: string): Coerced => ({ ok: false, reject: { code, message } });

const rejectAll = (readers: readonly SlotReader[], why: Reject): SlotOutcome[] =>
  readers.map(({ slot }) => ({ slot, ok: false, reject: why }));

function absent(path: string, json: Json): string {
  const has = suggestPaths(json);
  return `the message has no ${path}${has.length ? `; it has ${has.join(", ")}` : ""}`;
}

const noDocument = (text: string): Reject => ({
  code: "not-json",
  message:
    text.trim() === ""
      ? "the payload is empty, so a JSONPath finds nothing in it"
      : `the payload is not JSON, so a JSONPath finds nothing in it: ${JSON.stringify(text.slice(0, 40))}`,
});

function readTime(json: Json, time: { text: string; extract: Extract }, receivedAt: number): number | Reject {
  const found = time.extract(json);
  if (found === ABSENT || found === SEVERAL)
    return {
      code: "bad-time",
      message: `${found === ABSENT ? "the message has no" : "more than one value matches"} ${time.text}`,
    };
  const read = readDeviceTime(found, receivedAt);
  return read.ok ? read.value : { code: "bad-time", message: `${time.text}: ${read.error}` };
}
