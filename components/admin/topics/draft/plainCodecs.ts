import type { Part } from "@/lib/composite/part";
import type { StructField } from "@/lib/decoders/bytes/struct";
import { dropUndefined } from "@/lib/dropUndefined";
import type { HistorySpec } from "@/lib/history";
import type { Control } from "@/lib/registration/control";
import type { Field } from "@/lib/registration/field";
import { t } from "@/lib/texts/t";
import type { Threshold } from "@/lib/thresholds";
import { pointer } from "../../fieldErrors";
import { type Codec, type FieldPlace, line, lines } from "./codec";
import type { ControlDrafts, HistoryDraft } from "./draft";
import { durationReader, numberReader } from "./numberFields";

type Codecs<Name extends Control["is"]> = { [Is in Name]: Codec<ControlDrafts[Is]> };

/** An empty required field is written as an empty text, so that the schema reports it. */
const orEmpty = (text: string | undefined, { required }: Field): string | undefined =>
  text ?? (required ? "" : undefined);

const blank = () => "";
const asWritten = (said: string) => said;

/** Controls whose draft is a single text or flag. */
export const textCodecs: Codecs<
  | "text"
  | "number"
  | "duration"
  | "choice"
  | "check"
  | "lines"
  | "code"
  | "expression"
  | "id"
  | "broker"
  | "proto"
  | "protoMessage"
  | "words"
> = {
  text: {
    empty: blank,
    from: asWritten,
    to: (text, _, field) =>
      orEmpty(field.control.is === "text" && field.control.exact ? text || undefined : line(text), field),
  },
  number: {
    empty: blank,
    from: (said: number, write) => write.number(said),
    to: (text, { at, out }) => numberReader(at, out)(text),
  },
  duration: {
    empty: blank,
    from: (said: string, write) => write.duration(said),
    to: (text, { at, out }) => durationReader(at, out)(text),
  },
  choice: {
    empty: ({ control }) => (control.is === "choice" ? control.absent : ""),
    from: (said: string | number) => String(said),
    to(value, _, { control }) {
      if (control.is !== "choice" || value === control.absent) return undefined;
      return control.numeric ? Number(value) : value;
    },
  },
  check: { empty: () => false, from: (said: boolean) => said, to: (checked) => checked || undefined },
  lines: {
    empty: blank,
    from: (said: readonly string[]) => said.join("\n"),
    to: (text, _, { required }) => lines(text) ?? (required ? [] : undefined),
  },
  code: { empty: blank, from: asWritten, to: (text, _, field) => orEmpty(text || undefined, field) },
  expression: { empty: blank, from: asWritten, to: line },
  id: { empty: blank, from: asWritten, to: (text) => text.trim() },
  broker: { empty: blank, from: asWritten, to: line },
  proto: { empty: blank, from: asWritten, to: (text) => text },
  protoMessage: { empty: blank, from: asWritten, to: line },
  words: {
    empty: blank,
    from: (said: Record<string, string>) =>
      Object.entries(said)
        .map(([value, word]) => `${value} = ${word}`)
        .join("\n"),
    to: writeWords,
  },
};

/** One per line, split at the last "=", since a value may contain one. */
function writeWords(text: string, { at, out }: FieldPlace): unknown {
  const words: Record<string, string> = Object.create(null);
  for (const row of lines(text) ?? []) {
    const cut = row.lastIndexOf("=");
    const [value, word] = [row.slice(0, cut).trim(), row.slice(cut + 1).trim()];
    if (cut > 0 && value && word) words[value] = word;
    else out.issues.push({ pointer: at, detail: t("registration.wordNeeded", { row }) });
  }
  return Object.keys(words).length > 0 ? words : undefined;
}

/** Controls with several inputs. */
export const groupCodecs: Codecs<"onOff" | "range" | "stale" | "ask" | "thresholds" | "struct" | "part" | "history"> = {
  onOff: {
    empty: () => ({ on: "", off: "" }),
    from: (said: { on: string; off: string }) => said,
    to({ on, off }, { at, out }) {
      if (on === "" && off === "") return undefined;
      if (on === "" || off === "") out.issues.push({ pointer: at, detail: t("registration.bothPayloadsNeeded") });
      return { on, off };
    },
  },
  range: {
    empty: () => ({ low: "", high: "" }),
    from: ([low, high]: [number, number], write) => ({ low: write.number(low), high: write.number(high) }),
    to(range, { at, out }) {
      const [low, high] = [range.low, range.high].map((text) => numberReader(at, out)(text));
      if (range.low.trim() === "" && range.high.trim() === "") return undefined;
      if (low !== undefined && high !== undefined) return [low, high];
      out.issues.push({ pointer: at, detail: t("registration.bothEndsNeeded") });
      return undefined;
    },
  },
  stale: {
    empty: () => ({ stale: "auto", after: "" }),
    from: (said: string, write) =>
      said === "auto" || said === "never"
        ? { stale: said, after: "" }
        : { stale: "after", after: write.duration(said) },
    to({ stale, after }, { at, out }) {
      if (stale === "auto") return undefined;
      return stale === "never" ? "never" : (durationReader(at, out)(after) ?? "");
    },
  },
  ask: {
    empty: () => ({ ask: "no", question: "" }),
    from: (said: boolean | string) =>
      typeof said === "string" ? { ask: "question", question: said } : { ask: said ? "yes" : "no", question: "" },
    to: ({ ask, question }) => (ask === "no" ? undefined : ask === "yes" ? true : question.trim()),
  },
  thresholds: {
    empty: () => [],
    from: (said: readonly Threshold[], write) =>
      said.map(({ above, below, level }) => ({
        row: write.row(),
        side: above === undefined ? "below" : "above",
        at: write.number(above ?? below),
        level,
      })),
    to(rows, { at, out }) {
      if (rows.length === 0) return undefined;
      return rows.map((row, i) => {
        const limit = numberReader(at, out)(row.at, i);
        if (limit === undefined)
          out.issues.push({ pointer: at + pointer(i), detail: t("registration.thresholdNeeded") });
        return { [row.side]: limit, level: row.level };
      });
    },
  },
  struct: {
    empty: () => [],
    from: (said: readonly StructField[], write) =>
      said.map(({ key, type, at, length, bit, scale, add }) => ({
        row: write.row(),
        key,
        at: write.number(at),
        type,
        length: write.number(length),
        bit: write.number(bit),
        scale: write.number(scale),
        add: write.number(add),
      })),
    to: (rows, place) => (rows.length === 0 ? undefined : rows.map((row, i) => writeStructField(row, i, place))),
  },
  part: {
    empty: () => null,
    from: (said: Part) => ({ ...said, name: said.name ?? "" }),
    to: (part) =>
      part
        ? dropUndefined({ of: part.of.trim(), kind: part.kind, role: part.role.trim(), name: line(part.name) })
        : undefined,
  },
  history: { empty: () => EMPTY_HISTORY, from: historyFrom, to: writeHistory },
};

function writeStructField(row: ControlDrafts["struct"][number], i: number, { at, out }: FieldPlace): unknown {
  const number = numberReader(at + pointer(i), out);
  if (row.at.trim() === "") out.issues.push({ pointer: at + pointer(i, "at"), detail: t("registration.offsetNeeded") });
  const worded = row.type === "text" || row.type === "hex";
  const numeric = !worded && row.type !== "bit" && row.type !== "bool";
  return dropUndefined({
    key: row.key.trim(),
    at: number(row.at, "at") ?? 0,
    type: row.type,
    length: worded ? number(row.length, "length") : undefined,
    bit: row.type === "bit" ? number(row.bit, "bit") : undefined,
    scale: numeric ? number(row.scale, "scale") : undefined,
    add: numeric ? number(row.add, "add") : undefined,
  });
}

const EMPTY_HISTORY: HistoryDraft = {
  keep: "every",
  deadband: "",
  atMost: "",
  raw: "",
  minute: "",
  quarter: "",
  long: "",
};

function historyFrom(spec: HistorySpec, write: Parameters<Codec<HistoryDraft>["from"]>[1]): HistoryDraft {
  if (spec === false) return { ...EMPTY_HISTORY, keep: "nothing" };
  const keep = spec.keep ?? (spec.deadband === undefined ? "every" : "change");
  const timed = keep !== "every" && keep !== "change";
  const { rollups } = spec;
  const each = typeof rollups === "string" ? { "1m": rollups, "15m": rollups, "6h": rollups } : rollups;
  return {
    keep: timed ? "atMost" : keep,
    deadband: write.number(spec.deadband),
    atMost: timed ? write.duration(keep) : "",
    raw: write.duration(spec.raw),
    minute: write.duration(each?.["1m"]),
    quarter: write.duration(each?.["15m"]),
    long: write.duration(each?.["6h"]),
  };
}

function writeHistory(h: HistoryDraft, { at, out }: FieldPlace): unknown {
  if (h.keep === "nothing") return false;
  const duration = durationReader(at, out);
  const rollups = dropUndefined({
    "1m": duration(h.minute, "rollups", "1m"),
    "15m": duration(h.quarter, "rollups", "15m"),
    "6h": duration(h.long, "rollups", "6h"),
  });
  if (h.keep === "atMost" && h.atMost.trim() === "")
    out.issues.push({ pointer: `${at}/keep`, detail: t("registration.intervalNeeded") });
  const spec = dropUndefined({
    keep: h.keep === "every" ? undefined : h.keep === "change" ? "change" : (duration(h.atMost, "keep") ?? ""),
    deadband: h.keep === "change" ? numberReader(at, out)(h.deadband, "deadband") : undefined,
    raw: duration(h.raw, "raw"),
    rollups: Object.keys(rollups).length === 0 ? undefined : rollups,
  });
  return Object.keys(spec).length === 0 ? undefined : spec;
}
