import type { PlainKey } from "../texts/t";

export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: PlainKey;
}

/** What an empty control shows: code, which is the same in every language, a number, or words. */
export type Placeholder = string | number | { readonly words: PlainKey };

/** How the form asks for a field. Each kind has a codec and a component in components/admin/topics. */
export type Control =
  | TextControl
  | NumberControl
  | DurationControl
  | ChoiceControl
  | CheckControl
  | LinesControl
  | CodeControl
  | ExpressionControl
  | OnOffControl
  | WordsControl
  | OwnControl;

/** One line. */
export interface TextControl {
  readonly is: "text";
  readonly placeholder?: Placeholder;
  readonly mono?: boolean;
  /** Offers the texts that other registrations have in this field. */
  readonly suggests?: boolean;
  /** A payload: spaces around it belong to it. */
  readonly exact?: boolean;
}

export interface NumberControl {
  readonly is: "number";
  /** It takes any number, none below zero, or only a whole one that is not below zero. */
  readonly sort: "any" | "positive" | "whole";
  readonly placeholder?: Placeholder;
}

export interface DurationControl {
  readonly is: "duration";
  readonly placeholder?: Placeholder;
}

export interface ChoiceControl<Value extends string = string> {
  readonly is: "choice";
  readonly choices: readonly Choice<Value>[];
  /** The one that is not written down. */
  readonly absent: Value;
  /** The others stand for numbers. */
  readonly numeric?: boolean;
}

export interface CheckControl {
  readonly is: "check";
}

/** A list of texts, one a line. */
export interface LinesControl {
  readonly is: "lines";
  readonly placeholder?: Placeholder;
  readonly mono?: boolean;
}

/** Text of several lines, kept as it is. */
export interface CodeControl {
  readonly is: "code";
  readonly placeholder?: Placeholder;
  /** On one line of the form. */
  readonly line?: boolean;
}

/** A CEL expression, with what it gives of the newest message. */
export interface ExpressionControl {
  readonly is: "expression";
  /** What it is about: the value that was read, which messages count, or what is sent. */
  readonly scope: "reading" | "message" | "command";
  readonly placeholder: Placeholder;
}

/** Two payloads, for on and for off. */
export interface OnOffControl {
  readonly is: "onOff";
  readonly on: { readonly label: PlainKey; readonly placeholder?: Placeholder };
  readonly off: { readonly label: PlainKey; readonly placeholder?: Placeholder };
}

/** A word for each value, one a line. */
export interface WordsControl {
  readonly is: "words";
  readonly placeholder?: Placeholder;
}

/** Fields that are like no other. */
export interface OwnControl {
  readonly is:
    | "id"
    | "broker"
    | "struct"
    | "proto"
    | "protoMessage"
    | "values"
    | "availability"
    | "range"
    | "thresholds"
    | "stale"
    | "command"
    | "part"
    | "history"
    | "ask";
}
