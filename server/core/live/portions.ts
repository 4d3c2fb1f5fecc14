import type { IngestRegistration } from "../../pipeline/ingest";

/** So many registrations are brought in within some 30 ms where there are 20,000. */
export const PORTION = 400;

const idOf = ({ compiled }: IngestRegistration): string => compiled.registration.id;

/**
 * From what is read now to what is to be read, in lists of which each differs from the one before by at most `most` registrations: a
 * changed telltale.yaml brings thousands. What is not yet changed or gone is read as before.
 */
export function* inPortions(
  before: readonly IngestRegistration[],
  next: readonly IngestRegistration[],
  most: number,
): Generator<readonly IngestRegistration[]> {
  const had = new Set(before);
  const fresh = next.filter((source) => !had.has(source)).length;
  if (fresh + before.length - (next.length - fresh) <= most) {
    yield next;
    return;
  }
  const old = new Map(before.map((source) => [idOf(source), source]));
  const wanted = new Set(next.map(idOf));
  const gone = before.filter((source) => !wanted.has(idOf(source)));
  const changes = next.filter((source) => old.get(idOf(source)) !== source).length;
  for (let done = most; done < changes + gone.length; done += most) {
    let left = done;
    const list = next.flatMap((source) => {
      const was = old.get(idOf(source));
      if (was === source || left-- > 0) return [source];
      return was ? [was] : [];
    });
    yield [...list, ...gone.slice(Math.max(0, left))];
  }
  yield next;
}
