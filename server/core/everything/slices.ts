/**
 * Work on thousands of points in slices: between two of them the event loop turns, so that nobody's frames wait for one page.
 */
const SLICE_MS = 8;

export interface Slices {
  /** This slice is over: await `turn` before going on. */
  due(): boolean;
  turn(): Promise<void>;
}

export function createSlices(): Slices {
  let began = performance.now();
  return {
    due: () => performance.now() - began >= SLICE_MS,
    async turn() {
      await new Promise<void>((resolve) => setImmediate(resolve));
      began = performance.now();
    },
  };
}

/** So many are sorted at once: well within a slice, with a comparison of texts for each of three fields. */
const RUN = 256;

/** A stable merge sort that stops between slices. */
export async function sortInSlices<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  slices: Slices,
): Promise<T[]> {
  let runs: T[][] = [];
  for (let i = 0; i < items.length; i += RUN) {
    if (slices.due()) await slices.turn();
    runs.push(items.slice(i, i + RUN).sort(compare));
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2)
      merged.push(await merge(runs[i] ?? [], runs[i + 1] ?? [], compare, slices));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<T>(a: T[], b: T[], compare: (a: T, b: T) => number, slices: Slices): Promise<T[]> {
  const out: T[] = [];
  let i = 0;
  let k = 0;
  while (i < a.length && k < b.length) {
    if (out.length % RUN === 0 && slices.due()) await slices.turn();
    if (compare(a[i] as T, b[k] as T) <= 0) out.push(a[i++] as T);
    else out.push(b[k++] as T);
  }
  while (i < a.length) out.push(a[i++] as T);
  while (k < b.length) out.push(b[k++] as T);
  return out;
}
