import type { PointId } from "../../../lib/ids";
import type { Value } from "../../../lib/reading";
import type { StoredReading } from "../../ports";

/** How a value is stored; the numbers stand in the database and never change. */
export const KIND = { number: 0, boolean: 1, text: 2, null: 3 } as const;

/** Readings as columns, which cross to the worker in a few copies of memory instead of thousands of objects. Row i of each belongs together. */
export interface Columns {
  /** The distinct points of this batch. */
  points: PointId[];
  /** Index into `points`. */
  point: Uint32Array;
  /** Epoch milliseconds. */
  t: Float64Array;
  kind: Uint8Array;
  /** The number; 0 or 1 for a boolean; the index into `texts` for a text. */
  num: Float64Array;
  texts: string[];
}

/** Gathers readings into columns; its arrays are used again for each batch. */
export class ColumnBuilder {
  length = 0;
  /** Of the texts gathered, at two bytes a character. */
  textBytes = 0;
  readonly #point: Uint32Array;
  readonly #t: Float64Array;
  readonly #kind: Uint8Array;
  readonly #num: Float64Array;
  #points = new Map<PointId, number>();
  #texts: string[] = [];

  constructor(capacity: number) {
    this.#point = new Uint32Array(capacity);
    this.#t = new Float64Array(capacity);
    this.#kind = new Uint8Array(capacity);
    this.#num = new Float64Array(capacity);
  }

  get full(): boolean {
    return this.length === this.#t.length;
  }

  /** The caller sees to it that it is not full. */
  add({ point, value, at }: StoredReading): void {
    let index = this.#points.get(point);
    if (index === undefined) {
      index = this.#points.size;
      this.#points.set(point, index);
    }
    const row = this.length++;
    this.#point[row] = index;
    this.#t[row] = Math.round(at);
    this.#kind[row] = kindOf(value);
    if (typeof value === "string") {
      this.#num[row] = this.#texts.push(value) - 1;
      this.textBytes += value.length * 2;
    } else this.#num[row] = Number(value);
  }

  /** What was gathered, and begins anew. */
  take(): Columns {
    const { length } = this;
    const taken: Columns = {
      points: [...this.#points.keys()],
      point: this.#point.slice(0, length),
      t: this.#t.slice(0, length),
      kind: this.#kind.slice(0, length),
      num: this.#num.slice(0, length),
      texts: this.#texts,
    };
    this.length = 0;
    this.textBytes = 0;
    this.#points = new Map();
    this.#texts = [];
    return taken;
  }
}

export const kindOf = (value: Value): number =>
  typeof value === "number"
    ? KIND.number
    : typeof value === "boolean"
      ? KIND.boolean
      : typeof value === "string"
        ? KIND.text
        : KIND.null;

/** The value of a stored row. */
export function storedValue(row: { kind: number; num: number | null; text: string | null }): Value {
  switch (row.kind) {
    case KIND.number:
      return row.num;
    case KIND.boolean:
      return row.num === 1;
    case KIND.text:
      return row.text;
    default:
      return null;
  }
}
