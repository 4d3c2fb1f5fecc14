import { DESCRIBED_FIELDS } from "@/lib/registration/described";
import type { FieldFacts, FieldSection, RegistrationField } from "@/lib/registration/field";
import { REGISTRATION_FIELDS } from "@/lib/registration/fields";
import type { FieldErrors } from "../../fieldErrors";
import { isWritten } from "./codecs";
import type { DescribedDraft, Draft, ValueDraft } from "./draft";
import { factsOf, valueFacts } from "./facts";

/** Decides which fields the form shows at once, and which are under "More". */

export type Entry = readonly [name: string, field: RegistrationField];

const ENTRIES: readonly Entry[] = Object.entries(REGISTRATION_FIELDS);
const VALUE_ENTRIES: readonly Entry[] = Object.entries(DESCRIBED_FIELDS).map(([name, field]: Entry) => [
  name,
  { ...field, ...field.inRow },
]);

/** A filled-in field stays visible, even where it is not offered. */
const isShown = ([name, field]: Entry, draft: Draft | DescribedDraft, facts: FieldFacts): boolean =>
  field.applies?.(facts) !== false &&
  (field.offered?.(facts) !== false || isWritten(field, draft[name as keyof DescribedDraft]));

/** Fields that are set by ticking in the list of the payload's fields. */
const isTicked = ([name]: Entry): boolean => name === "value" || name === "values";

const first = (draft: Draft, brokers: number): readonly Entry[] =>
  ENTRIES.filter((entry) => entry[1].first && !isTicked(entry) && isShown(entry, draft, factsOf(draft, brokers)));

export const sourceFields = (draft: Draft, brokers: number): readonly Entry[] =>
  // The filter comes first.
  first(draft, brokers)
    .filter(([, { section }]) => section === "source")
    .sort(([a], [b]) => Number(b === "filter") - Number(a === "filter"));

export const nameFields = (draft: Draft, brokers: number): readonly Entry[] =>
  first(draft, brokers).filter(([, { section }]) => section !== "source");

/** The fields of one section under "More", where a path can be typed too. Checkboxes come last. */
export const moreFields = (section: FieldSection, draft: Draft, brokers: number): readonly Entry[] =>
  ENTRIES.filter(
    (entry) =>
      entry[1].section === section &&
      (!entry[1].first || entry[0] === "value") &&
      isShown(entry, draft, factsOf(draft, brokers)),
  ).sort(([, a], [, b]) => Number(a.control.is === "check") - Number(b.control.is === "check"));

/** The fields of one of several values: beside its checkbox (`first`), or folded below it (`more`). */
export const rowFields = (draft: Draft, row: ValueDraft, which: "first" | "more"): readonly Entry[] =>
  VALUE_ENTRIES.filter(
    (entry) =>
      Boolean(entry[1].first) === (which === "first") &&
      isShown(entry, row.described, valueFacts(factsOf(draft), row.described)),
  );

const isUnderMore = ([name, { first: asked }]: Entry): boolean => !asked && name !== "id";

/** Whether a field under "More" is filled in, apart from the id, which every registration has. */
export const usesMore = (draft: Draft): boolean =>
  ENTRIES.some(
    (entry) =>
      isUnderMore(entry) &&
      entry[1].applies?.(factsOf(draft)) !== false &&
      isWritten(entry[1], draft[entry[0] as keyof Draft]),
  );

/** Whether a folded field of one of several values is filled in. */
export const usesMoreOfRow = ({ described }: ValueDraft): boolean =>
  VALUE_ENTRIES.some(([name, field]) => !field.first && isWritten(field, described[name as keyof DescribedDraft]));

/** The pointers of errors in fields under "More". */
export const faultsUnderMore = (errors: FieldErrors): string[] =>
  [...errors.keys()].filter((at) => {
    const name = at.split("/")[1] ?? "";
    return Object.hasOwn(REGISTRATION_FIELDS, name) && !ENTRIES.find(([one]) => one === name)?.[1].first;
  });
