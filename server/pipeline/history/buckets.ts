import type { NumberColumns } from "./block";
import type { Rollup } from "./rollup";
import { bucketsIn } from "./tiers";

/** Columns of buckets that hold readings. `t` is a bucket's start. */
export interface BucketColumns {
  t: number[];
  min: number[];
  max: number[];
  mean: number[];
  count: number[];
}

/** Gathers readings and roll-ups, in any order, into the buckets of a chart over [from, to). The order changes nothing. */
export class Buckets {
  readonly #first: number;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #sum: Float64Array;
  readonly #count: Float64Array;

  constructor(
    from: number,
    to: number,
    readonly step: number,
  ) {
    const length = bucketsIn(from, to, step);
    this.#first = Math.floor(from / step);
    this.#min = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
    this.#max = new Float64Array(length).fill(Number.NEGATIVE_INFINITY);
    this.#sum = new Float64Array(length);
    this.#count = new Float64Array(length);
  }

  /** The span that the buckets cover: whole buckets, so it may begin before and end behind what was asked for. */
  get from(): number {
    return this.#first * this.step;
  }
  get to(): number {
    return (this.#first + this.#count.length) * this.step;
  }

  addNumbers({ t, value }: NumberColumns): void {
    for (let i = 0; i < t.length; i++) {
      const number = value[i] as number;
      this.#add(t[i] as number, number, number, number, 1);
    }
  }

  /** Buckets of `length` milliseconds, which divides this one's. */
  addRollup(rollup: Rollup, length: number): void {
    const { bucket, min, max, sum, count } = rollup;
    for (let i = 0; i < bucket.length; i++)
      this.#add(
        (bucket[i] as number) * length,
        min[i] as number,
        max[i] as number,
        sum[i] as number,
        count[i] as number,
      );
  }

  #add(t: number, min: number, max: number, sum: number, count: number): void {
    const i = Math.floor(t / this.step) - this.#first;
    if (i < 0 || i >= this.#count.length) return;
    if (min < (this.#min[i] as number)) this.#min[i] = min;
    if (max > (this.#max[i] as number)) this.#max[i] = max;
    this.#sum[i] = (this.#sum[i] as number) + sum;
    this.#count[i] = (this.#count[i] as number) + count;
  }

  /** Buckets without readings are left out: a gap is a gap. */
  columns(): BucketColumns {
    const columns: BucketColumns = { t: [], min: [], max: [], mean: [], count: [] };
    for (let i = 0; i < this.#count.length; i++) {
      const count = this.#count[i] as number;
      if (count === 0) continue;
      const min = this.#min[i] as number;
      const max = this.#max[i] as number;
      columns.t.push((this.#first + i) * this.step);
      columns.min.push(min);
      columns.max.push(max);
      // What rounding adds must not push the mean out of what it is the mean of.
      const mean = Number(((this.#sum[i] as number) / count).toPrecision(10));
      columns.mean.push(Math.min(max, Math.max(min, mean)));
      columns.count.push(count);
    }
    return columns;
  }
}
