import type { IngestRegistration } from "../../pipeline/ingest";

/** So many registrations are brought in within a few milliseconds, however many there are. */
const PORTION = 100;

/** What is read by a registration now, and what is to be; either may be missing. */
export interface SourceChange {
  readonly was: IngestRegistration | undefined;
  readonly now: IngestRegistration | undefined;
}

/**
 * Changed registrations some at a time: a changed telltale.yaml brings thousands. Nothing is missing in between: one that is replaced
 * goes and comes in the same portion, and what is not yet changed or gone is read as before.
 */
export function* inPortions(
  changes: readonly SourceChange[],
  most = PORTION,
): Generator<{ gone: IngestRegistration[]; fresh: IngestRegistration[] }> {
  for (let from = 0; from < changes.length; from += most) {
    const portion = changes.slice(from, from + most);
    yield {
      gone: portion.flatMap(({ was }) => was ?? []),
      fresh: portion.flatMap(({ now }) => now ?? []),
    };
  }
}
