import type { PointId } from "../../../../lib/ids";
import type { Value } from "../../../../lib/reading";
import type { NumberColumns } from "../../../pipeline/history/block";
import { ByteReader, ByteWriter } from "../../../pipeline/history/bytes";
import { readNumbers, readTimes, writeNumbers, writeTimes } from "../../../pipeline/history/columnCodec";
import type { ReadingColumns } from "../../../pipeline/history/states";
import { type Columns, KIND, kindOf } from "../../history/columns";
import { compress, decompress } from "../../history/compressed";

/** Readings of one point in a row of the journal, each part in ascending order of time, equal times as they came. */
export interface JournalPart {
  numbers: NumberColumns;
  /** What is no number. */
  states: ReadingColumns;
}

/** A row of the journal. Its parts are decoded when they are asked for: of hundreds of points a question needs one. */
export interface JournalRow {
  part(name: PointName): JournalPart | undefined;
  parts(): Iterable<[PointId, JournalPart]>;
}

/** A point's id in UTF-8, as it is in the rows, and a hash of it, by which it is looked for. */
export interface PointName {
  bytes: Uint8Array;
  hash: number;
}

const utf8 = { encoder: new TextEncoder(), decoder: new TextDecoder() };

export function nameOf(point: PointId): PointName {
  const bytes = utf8.encoder.encode(point);
  return { bytes, hash: hashOf(bytes) };
}

/** FNV-1a, 32 bits (https://www.rfc-editor.org/rfc/rfc9923). */
const FNV = { start: 0x811c9dc5 | 0, factor: 0x01000193 };

function hashOf(bytes: Uint8Array): number {
  let hash = FNV.start;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, FNV.factor);
  return hash;
}

/**
 * A batch as one row: for each point its name, the length of its part, and the part. Names, since the number of a point could be given to another
 * one while the batch is on its way.
 */
export function writeJournalRow(batch: Columns): Buffer {
  const out = new ByteWriter();
  const scratch = new ByteWriter();
  const rows = rowsByPoint(batch);
  out.whole(rows.length);
  for (const [i, ofPoint] of rows.entries()) {
    writeText(out, batch.points[i] as PointId);
    const part = writePart(scratch, batch, ofPoint);
    out.whole(part.length);
    out.bytes(part);
  }
  return compress(out.take());
}

/** Throws when the bytes are not what `writeJournalRow` made. */
export function openJournalRow(data: Uint8Array): JournalRow {
  const bytes = decompress(data);
  /** Hash and place of each point, made when the first is looked for: hundreds of rows are looked through for each chart. */
  let index: Int32Array | undefined;
  return {
    part(name) {
      index ??= indexOf(bytes);
      for (let i = 0; i < index.length; i += 2) {
        if (index[i] !== name.hash) continue;
        const from = new ByteReader(bytes);
        from.skip(index[i + 1] as number);
        if (!isNext(from, name.bytes)) continue;
        from.whole();
        return readPart(from);
      }
      return undefined;
    },
    *parts() {
      const from = new ByteReader(bytes);
      for (let left = from.whole(); left > 0; left--) {
        const point = readText(from) as PointId;
        from.whole();
        yield [point, readPart(from)];
      }
    },
  };
}

function indexOf(bytes: Uint8Array): Int32Array {
  const from = new ByteReader(bytes);
  const index = new Int32Array(2 * from.whole());
  for (let i = 0; i < index.length; i += 2) {
    index[i + 1] = from.at;
    let hash = FNV.start;
    for (let left = from.whole(); left > 0; left--) hash = Math.imul(hash ^ from.byte(), FNV.factor);
    index[i] = hash;
    from.skip(from.whole());
  }
  return index;
}

function rowsByPoint({ points, point }: Columns): number[][] {
  const rows: number[][] = points.map(() => []);
  for (const [row, index] of point.entries()) rows[index]?.push(row);
  return rows;
}

function writePart(out: ByteWriter, batch: Columns, rows: number[]): Uint8Array {
  const { t, kind, num } = batch;
  rows.sort((a, b) => (t[a] as number) - (t[b] as number) || a - b);
  const numbers = rows.filter((row) => kind[row] === KIND.number);
  const states = rows.filter((row) => kind[row] !== KIND.number);
  out.whole(numbers.length);
  writeTimes(out, timesOf(batch, numbers));
  writeNumbers(
    out,
    numbers.map((row) => num[row] as number),
  );
  out.whole(states.length);
  writeTimes(out, timesOf(batch, states));
  for (const row of states) writeState(out, batch, row);
  return out.take();
}

const timesOf = ({ t }: Columns, rows: readonly number[]): number[] => rows.map((row) => t[row] as number);

function readPart(from: ByteReader): JournalPart {
  const count = from.whole();
  const numbers = { t: readTimes(from, count), value: readNumbers(from, count) };
  const t = [...readTimes(from, from.whole())];
  return { numbers, states: { t, value: t.map(() => readState(from)) } };
}

function writeState(out: ByteWriter, { kind, num, texts }: Columns, row: number): void {
  const code = kind[row] as number;
  out.byte(code);
  if (code === KIND.boolean) out.byte(num[row] as number);
  if (code === KIND.text) writeText(out, texts[num[row] as number] as string);
}

function readState(from: ByteReader): Value {
  const code = from.byte();
  if (code === KIND.boolean) return from.byte() === 1;
  return code === KIND.text ? readText(from) : null;
}

function writeText(out: ByteWriter, text: string): void {
  const bytes = utf8.encoder.encode(text);
  out.whole(bytes.length);
  out.bytes(bytes);
}

const readText = (from: ByteReader): string => utf8.decoder.decode(from.bytes(from.whole()));

/** Whether the next text is this one; reads it or passes over it. */
function isNext(from: ByteReader, name: Uint8Array): boolean {
  const length = from.whole();
  if (length !== name.length) {
    from.skip(length);
    return false;
  }
  const bytes = from.bytes(length);
  for (let i = 0; i < length; i++) if (bytes[i] !== name[i]) return false;
  return true;
}

/** A value that is no number, as the columns of the table `states`. Texts are bytes: Postgres refuses NUL in a text. */
export function stateColumns(value: Value): { kind: number; num: number | null; text: Buffer | null } {
  return {
    kind: kindOf(value),
    num: typeof value === "boolean" ? Number(value) : null,
    text: typeof value === "string" ? Buffer.from(value) : null,
  };
}

export function stateOf(row: { kind: number; num: number | null; text: Buffer | null }): Value {
  if (row.kind === KIND.boolean) return row.num === 1;
  return row.text === null ? null : row.text.toString();
}
