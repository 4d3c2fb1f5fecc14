import { DESCRIBED_FIELDS } from "@/lib/registration/described";
import type { FieldFacts, FieldSection, RegistrationField } from "@/lib/registration/field";
import { REGISTRATION_FIELDS } from "@/lib/registration/fields";
import type { FieldErrors } from "../../fieldErrors";
import { isWritten } from "./codecs";
import type { DescribedDraft, Draft, ValueDraft } from "./draft";
import { factsOf, valueFacts } from "./facts";

/** Which fields the form asks for at once, and which are under "More". */

export type Entry = readonly [name: string, field: RegistrationField];

const ENTRIES: readonly Entry[] = Object.entries(REGISTRATION_FIELDS);
const VALUE_ENTRIES: readonly Entry[] = Object.entries(DESCRIBED_FIELDS).map(([name, field]: Entry) => [
  name,
  { ...field, ...field.inRow },
]);

/** What is written stays in sight, also where nothing asks for it. */
const isShown = ([name, field]: Entry, draft: Draft | DescribedDraft, facts: FieldFacts): boolean =>
  field.applies?.(facts) !== false &&
  (field.offered?.(facts) !== false || isWritten(field, draft[name as keyof DescribedDraft]));

/** Ticked in the list of the fields that arrive. */
const isTicked = ([name]: Entry): boolean => name === "value" || name === "values";

const first = (draft: Draft, brokers: number): readonly Entry[] =>
  ENTRIES.filter((entry) => entry[1].first && !isTicked(entry) && isShown(entry, draft, factsOf(draft, brokers)));

export const sourceFields = (draft: Draft, brokers: number): readonly Entry[] =>
  // The filter is what everything begins with.
  first(draft, brokers)
    .filter(([, { section }]) => section === "source")
    .sort(([a], [b]) => Number(b === "filter") - Number(a === "filter"));

export const nameFields = (draft: Draft, brokers: number): readonly Entry[] =>
  first(draft, brokers).filter(([, { section }]) => section !== "source");

/** Those of a part of the form under "More"; a path can be written there too. Boxes to tick stand last. */
export const moreFields = (section: FieldSection, draft: Draft, brokers: number): readonly Entry[] =>
  ENTRIES.filter(
    (entry) =>
      entry[1].section === section &&
      (!entry[1].first || entry[0] === "value") &&
      isShown(entry, draft, factsOf(draft, brokers)),
  ).sort(([, a], [, b]) => Number(a.control.is === "check") - Number(b.control.is === "check"));

/** Those of one of several values: beside its tick, or folded below it. */
export const rowFields = (draft: Draft, row: ValueDraft, which: "first" | "more"): readonly Entry[] =>
  VALUE_ENTRIES.filter(
    (entry) =>
      Boolean(entry[1].first) === (which === "first") &&
      isShown(entry, row.described, valueFacts(factsOf(draft), row.described)),
  );

const isUnderMore = ([name, { first: asked }]: Entry): boolean => !asked && name !== "id";

/** Whether a registration says something that stands under "More". Its id does, and every registration has one. */
export const usesMore = (draft: Draft): boolean =>
  ENTRIES.some(
    (entry) =>
      isUnderMore(entry) &&
      entry[1].applies?.(factsOf(draft)) !== false &&
      isWritten(entry[1], draft[entry[0] as keyof Draft]),
  );

/** Whether one of several values says something that is folded below its name. */
export const usesMoreOfRow = ({ described }: ValueDraft): boolean =>
  VALUE_ENTRIES.some(([name, field]) => !field.first && isWritten(field, described[name as keyof DescribedDraft]));

/** The faults that stand under "More". */
export const faultsUnderMore = (errors: FieldErrors): string[] =>
  [...errors.keys()].filter((at) => {
    const name = at.split("/")[1] ?? "";
    return Object.hasOwn(REGISTRATION_FIELDS, name) && !ENTRIES.find(([one]) => one === name)?.[1].first;
  });
