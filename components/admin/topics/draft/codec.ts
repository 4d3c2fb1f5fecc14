import type { Field, FieldFacts } from "@/lib/registration/field";
import { writeEntered } from "@/lib/units/entered";
import { type Issue, writeDuration } from "./numberFields";

/** Converts a field between the registration and the draft, for one kind of control. */
export interface Codec<Draft> {
  empty(field: Field): Draft;
  /** `around`: the object that has the field. */
  from(said: never, write: FormWriter, around: object): Draft;
  /** The field for the API, unchecked; undefined: absent. A text that cannot be converted becomes an issue. */
  to(draft: Draft, place: FieldPlace, field: Field): unknown;
}

/** Collects issues; `locale`: the language of the numbers. */
export interface Out {
  issues: Issue[];
  locale: string;
}

export interface FieldPlace {
  /** The JSON pointer of the field. */
  at: string;
  out: Out;
  facts: FieldFacts;
}

/** Formats numbers for a form in one language, and assigns the ids of its rows. */
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

/** The lines of a text, without empty ones; undefined if there are none. */
export function lines(text: string): string[] | undefined {
  const list = text
    .split("\n")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  return list.length === 0 ? undefined : list;
}
