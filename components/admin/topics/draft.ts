import type { CompositeKind } from "@/lib/composite/roles";
import type { StructField } from "@/lib/decoders/bytes/struct";
import type { DecoderId, PayloadEncoding, ValueSpec, ValueType } from "@/lib/registration";
import type { Level } from "@/lib/thresholds";

/**
 * A registration while it is being written: every field is the text in the form, so that half a number or an empty path
 * is a normal state. `toRegistration` makes the real one of it, `fromRegistration` the way back.
 */

export type CommandKindDraft = "switch" | "number" | "select" | "button" | "text";

export interface CommandDraft {
  kind: CommandKindDraft;
  topic: string;
  on: string;
  off: string;
  press: string;
  /** One choice a line. */
  options: string;
  min: string;
  max: string;
  step: string;
  transform: string;
  template: string;
  jinja: string;
  confirm: string;
  tolerance: string;
  qos: "" | "0" | "1" | "2";
  retain: boolean;
  ask: "no" | "yes" | "question";
  question: string;
  send: "release" | "moving";
}

export interface ThresholdDraft {
  /** Only for React: stays with the row while rows come and go. */
  row: number;
  side: "above" | "below";
  at: string;
  level: Level;
}

/** What of the readings is kept, and for how long. */
export interface HistoryDraft {
  keep: "every" | "change" | "atMost" | "nothing";
  deadband: string;
  atMost: string;
  raw: string;
  minute: string;
  quarter: string;
  long: string;
}

/** Of which bigger thing a point is a part. */
export interface PartDraft {
  of: string;
  kind: CompositeKind;
  role: string;
  name: string;
}

/** What is said of one value. */
export interface DescribedDraft {
  name: string;
  transform: string;
  type: "" | ValueType;
  unit: string;
  precision: string;
  rangeLow: string;
  rangeHigh: string;
  thresholds: ThresholdDraft[];
  stale: "auto" | "never" | "after";
  staleAfter: string;
  on: string;
  off: string;
  /** One a line. */
  unknown: string;
  /** One a line, as in `1 = Heating`. */
  words: string;
  category: "" | NonNullable<ValueSpec["category"]>;
  command: CommandDraft | null;
  part: PartDraft | null;
  history: HistoryDraft;
}

/** One field of raw bytes. */
export interface StructDraft {
  row: number;
  key: string;
  at: string;
  type: StructField["type"];
  length: string;
  bit: string;
  scale: string;
  add: string;
}

export const emptyStructRow = (row: number): StructDraft => ({
  row,
  key: "",
  at: "",
  type: "u8",
  length: "",
  bit: "",
  scale: "",
  add: "",
});

/** One of several values in a payload. */
export interface ValueDraft {
  row: number;
  key: string;
  path: string;
  described: DescribedDraft;
}

export interface AvailabilityDraft {
  row: number;
  filter: string;
  value: string;
  jinja: string;
  online: string;
  offline: string;
}

export interface Draft {
  /** The language in which its numbers are written. */
  locale: string;
  id: string;
  /** A person wrote the id: it no longer follows the name. */
  idTouched: boolean;
  broker: string;
  filter: string;
  format: DecoderId;
  encoding: "" | PayloadEncoding;
  struct: StructDraft[];
  proto: string;
  message: string;
  /** One value, at `path`, several with a path each, or what a Jinja template makes of the payload. */
  mode: "one" | "several" | "template";
  path: string;
  jinja: string;
  when: string;
  partial: boolean;
  merge: boolean;
  values: ValueDraft[];
  time: string;
  device: string;
  area: string;
  availability: AvailabilityDraft[];
  availabilityMode: "all" | "any" | "latest";
  qos: "" | "0" | "1" | "2";
  /** Of the one value, or of all of several. */
  described: DescribedDraft;
  nextRow: number;
}

export const emptyCommand = (kind: CommandKindDraft): CommandDraft => ({
  kind,
  topic: "",
  on: "",
  off: "",
  press: "",
  options: "",
  min: "",
  max: "",
  step: "",
  transform: "",
  template: "",
  jinja: "",
  confirm: "",
  tolerance: "",
  qos: "",
  retain: false,
  ask: "no",
  question: "",
  send: "release",
});

export const emptyHistory: HistoryDraft = {
  keep: "every",
  deadband: "",
  atMost: "",
  raw: "",
  minute: "",
  quarter: "",
  long: "",
};

export const emptyDescribed: DescribedDraft = {
  name: "",
  transform: "",
  type: "",
  unit: "",
  precision: "",
  rangeLow: "",
  rangeHigh: "",
  thresholds: [],
  stale: "auto",
  staleAfter: "",
  on: "",
  off: "",
  unknown: "",
  words: "",
  category: "",
  command: null,
  part: null,
  history: emptyHistory,
};

export const emptyDraft: Draft = {
  locale: "en",
  id: "",
  idTouched: false,
  broker: "",
  filter: "",
  format: "auto",
  encoding: "",
  struct: [],
  proto: "",
  message: "",
  mode: "one",
  path: "",
  jinja: "",
  when: "",
  partial: false,
  merge: false,
  values: [],
  time: "",
  device: "",
  area: "",
  availability: [],
  availabilityMode: "all",
  qos: "",
  described: emptyDescribed,
  nextRow: 1,
};
