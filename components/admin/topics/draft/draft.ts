import type { CompositeKind } from "@/lib/composite/roles";
import type { StructField } from "@/lib/decoders/bytes/struct";
import type { AVAILABILITY_FIELDS } from "@/lib/registration/availability";
import type { COMMAND_FIELDS, CommandKind } from "@/lib/registration/command";
import type { ChoiceControl } from "@/lib/registration/control";
import type { DESCRIBED_FIELDS } from "@/lib/registration/described";
import type { FieldFacts, Fields } from "@/lib/registration/field";
import type { REGISTRATION_FIELDS } from "@/lib/registration/fields";
import type { Level } from "@/lib/thresholds";

/**
 * A registration in the form: every field is the text in its control, so that half a number or an empty path is a normal state. Its
 * members are those of the registration; the type of each follows from its control (codecs.ts).
 */
export type Draft = DraftOf<typeof REGISTRATION_FIELDS> & {
  /** The language in which its numbers are written. */
  locale: string;
  /** The person has changed the id, so it no longer follows the name. */
  idTouched: boolean;
  mode: FieldFacts["mode"];
  nextRow: number;
};

/** The fields of one value, or those for all values. */
export type DescribedDraft = DraftOf<typeof DESCRIBED_FIELDS>;

export type DraftOf<All extends Fields> = {
  -readonly [Name in keyof All]: All[Name]["control"] extends ChoiceControl<infer Value>
    ? Value
    : ControlDrafts[All[Name]["control"]["is"]];
};

/** The draft of a field, by its control. */
export interface ControlDrafts {
  text: string;
  number: string;
  duration: string;
  choice: string;
  check: boolean;
  /** One item per line. */
  lines: string;
  code: string;
  expression: string;
  id: string;
  broker: string;
  proto: string;
  protoMessage: string;
  /** One per line, as in `1 = Heating`. */
  words: string;
  onOff: { on: string; off: string };
  range: { low: string; high: string };
  stale: { stale: "auto" | "never" | "after"; after: string };
  ask: { ask: "no" | "yes" | "question"; question: string };
  thresholds: ThresholdDraft[];
  struct: StructDraft[];
  values: ValueDraft[];
  availability: AvailabilityDraft[];
  command: CommandDraft | null;
  part: PartDraft | null;
  history: HistoryDraft;
}

export type CommandDraft = DraftOf<typeof COMMAND_FIELDS> & { kind: CommandKind };

export type AvailabilityDraft = DraftOf<typeof AVAILABILITY_FIELDS> & { row: number };

export interface ThresholdDraft {
  /** React's key of the row. */
  row: number;
  side: "above" | "below";
  at: string;
  level: Level;
}

/** Which readings are recorded, and for how long. */
export interface HistoryDraft {
  keep: "every" | "change" | "atMost" | "nothing";
  deadband: string;
  atMost: string;
  raw: string;
  minute: string;
  quarter: string;
  long: string;
}

/** The whole that a point is a part of, and its role. */
export interface PartDraft {
  of: string;
  kind: CompositeKind;
  role: string;
  name: string;
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

/** One of several values in a payload. */
export interface ValueDraft {
  row: number;
  key: string;
  path: string;
  described: DescribedDraft;
}
