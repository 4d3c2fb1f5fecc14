import type { FieldFacts } from "@/lib/registration/field";
import type { DescribedDraft, Draft } from "./draft";

/** What decides which fields belong to the registration as a whole. */
export const factsOf = (draft: Draft, brokers = 1): FieldFacts => ({
  mode: draft.mode,
  scope: "whole",
  format: draft.format,
  type: draft.type,
  brokers,
  availability: draft.availability.length,
});

/** Of one of its several values. */
export const valueFacts = (facts: FieldFacts, { type }: DescribedDraft): FieldFacts => ({
  ...facts,
  scope: "value",
  type,
});
