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
 * A registration while it is being written: every field is the text in the form, so that half a number or an empty path
 * is a normal state. Its members are those of the registration: what each holds follows from its control (codecs.ts).
 */
export type Draft = DraftOf<typeof REGISTRATION_FIELDS> & {
  /** The language in which its numbers are written. */
  locale: string;
  /** A person wrote the id: it no longer follows the name. */
  idTouched: boolean;
  mode: FieldFacts["mode"];
  nextRow: number;
};

/** What is said of one value: of the only one, of one of several, or of all of them. */
export type DescribedDraft = DraftOf<typeof DESCRIBED_FIELDS>;

export type DraftOf<All extends Fields> = {
  -readonly [Name in keyof All]: All[Name]["control"] extends ChoiceControl<infer Value>
    ? Value
    : ControlDrafts[All[Name]["control"]["is"]];
};

/** What a field is while it is being written, by its control. */
export interface ControlDrafts {
  text: string;
  number: string;
  duration: string;
  choice: string;
  check: boolean;
  /** One a line. */
  lines: string;
  code: string;
  expression: string;
  id: string;
  broker: string;
  proto: string;
  protoMessage: string;
  /** One a line, as in `1 = Heating`. */
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
