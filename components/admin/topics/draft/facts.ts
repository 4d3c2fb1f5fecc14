import type { FieldFacts } from "@/lib/registration/field";
import type { DescribedDraft, Draft } from "./draft";

/** The facts that decide which fields apply to the registration as a whole. */
export const factsOf = (draft: Draft, brokers = 1): FieldFacts => ({
  mode: draft.mode,
  scope: "whole",
  format: draft.format,
  type: draft.type,
  brokers,
  availability: draft.availability.length,
});

/** The facts for one of its several values. */
export const valueFacts = (facts: FieldFacts, { type }: DescribedDraft): FieldFacts => ({
  ...facts,
  scope: "value",
  type,
});
