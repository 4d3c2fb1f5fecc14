export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

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
  readonly placeholder?: string;
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
  /** A number is written in the language of the page. */
  readonly placeholder?: string | number;
}

export interface DurationControl {
  readonly is: "duration";
  readonly placeholder?: string;
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
  readonly placeholder?: string;
  readonly mono?: boolean;
}

/** Text of several lines, kept as it is. */
export interface CodeControl {
  readonly is: "code";
  readonly placeholder?: string;
  /** On one line of the form. */
  readonly line?: boolean;
}

/** A CEL expression, with what it gives of the newest message. */
export interface ExpressionControl {
  readonly is: "expression";
  /** What it is about: the value that was read, which messages count, or what is sent. */
  readonly scope: "reading" | "message" | "command";
  readonly placeholder: string;
}

/** Two payloads, for on and for off. */
export interface OnOffControl {
  readonly is: "onOff";
  readonly on: { readonly label: string; readonly placeholder?: string };
  readonly off: { readonly label: string; readonly placeholder?: string };
}

/** A word for each value, one a line. */
export interface WordsControl {
  readonly is: "words";
  readonly placeholder?: string;
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
