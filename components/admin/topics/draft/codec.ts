import type { Field, FieldFacts } from "@/lib/registration/field";
import { writeEntered } from "@/lib/units/entered";
import { type Issue, writeDuration } from "./numberFields";

/** How a kind of control keeps a field while it is being written: what it begins with, and the way from a registration and back. */
export interface Codec<Draft> {
  empty(field: Field): Draft;
  /** `around`: what holds the field. */
  from(said: never, write: FormWriter, around: object): Draft;
  /** As the API takes it, before any check; undefined: absent. What cannot even be written down becomes an issue. */
  to(draft: Draft, place: Place, field: Field): unknown;
}

/** Where the issues go, and the language of the numbers. */
export interface Out {
  issues: Issue[];
  locale: string;
}

export interface Place {
  /** The field as a JSON pointer. */
  at: string;
  out: Out;
  facts: FieldFacts;
}

/** Writes numbers for a form in a language, and hands out the numbers of its rows in the order of reading. */
export const formWriter = (locale: string) => {
  let next = 1;
  return {
    row: () => next++,
    next: () => next,
    number: (value: number | undefined): string => (value === undefined ? "" : writeEntered(value, locale)),
    duration: (value: string | undefined): string => writeDuration(value ?? "", locale),
  };
};
export type FormWriter = ReturnType<typeof formWriter>;

export const line = (text: string): string | undefined => text.trim() || undefined;

/** One a line; what is empty is none. */
export function lines(text: string): string[] | undefined {
  const list = text
    .split("\n")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  return list.length === 0 ? undefined : list;
}

/** Without what is absent: the registration then reads as a person would write it. */
export const compact = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
