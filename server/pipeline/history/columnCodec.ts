import type { ByteReader, ByteWriter } from "./bytes";

/** What a device sends has few decimals: 10^12 covers what people and sensors write. */
const MOST_DECIMALS = 12;
/** Differences of two such integers stay within what ByteWriter.signed takes. */
const LARGEST_INTEGER = 2 ** 50;
/** Stands where the number of decimals would: the numbers follow as the bits of doubles. */
const AS_DOUBLES = 255;

/**
 * Epoch milliseconds in ascending order, as differences of differences: a steady clock costs a byte each, and next to nothing once
 * compressed (Gorilla, Pelkonen et al., VLDB 2015, 4.1.1).
 */
export function writeTimes(out: ByteWriter, times: ArrayLike<number>): void {
  let before = 0;
  let step = 0;
  for (let i = 0; i < times.length; i++) {
    const t = times[i] as number;
    out.signed(t - before - step);
    step = i === 0 ? 0 : t - before;
    before = t;
  }
}

export function readTimes(from: ByteReader, count: number): Float64Array {
  const times = new Float64Array(count);
  let before = 0;
  let step = 0;
  for (let i = 0; i < count; i++) {
    const t = before + step + from.signed();
    step = i === 0 ? 0 : t - before;
    before = t;
    times[i] = t;
  }
  return times;
}

/**
 * Any doubles, exactly. Where all of them are decimal numbers of few digits, as nearly everything that devices send, they become
 * integers of one scale and are kept as differences; all others as the bits of doubles, each XORed with the one before it, in
 * eight planes of bytes, so that what does not change stands together and compresses away.
 */
export function writeNumbers(out: ByteWriter, numbers: ArrayLike<number>): void {
  const decimals = decimalsOf(numbers);
  if (decimals === undefined) {
    out.byte(AS_DOUBLES);
    out.bytes(toPlanes(numbers));
    return;
  }
  out.byte(decimals);
  const scale = 10 ** decimals;
  let before = 0;
  for (let i = 0; i < numbers.length; i++) {
    const integer = Math.round((numbers[i] as number) * scale);
    out.signed(integer - before);
    before = integer;
  }
}

export function readNumbers(from: ByteReader, count: number): Float64Array {
  const decimals = from.byte();
  if (decimals === AS_DOUBLES) return fromPlanes(from.bytes(count * 8), count);
  const numbers = new Float64Array(count);
  const scale = 10 ** decimals;
  let integer = 0;
  for (let i = 0; i < count; i++) {
    integer += from.signed();
    numbers[i] = integer / scale;
  }
  return numbers;
}

/** The fewest decimals by which all of the numbers become integers and come back bit for bit; undefined where there are none. */
function decimalsOf(numbers: ArrayLike<number>): number | undefined {
  let decimals = 0;
  for (let i = 0; i < numbers.length; i++) {
    while (!isDecimal(numbers[i] as number, 10 ** decimals)) if (++decimals > MOST_DECIMALS) return undefined;
  }
  // A number that fits few decimals may be too large for the many that a later one needs.
  const scale = 10 ** decimals;
  for (let i = 0; i < numbers.length; i++) if (!isDecimal(numbers[i] as number, scale)) return undefined;
  return decimals;
}

function isDecimal(number: number, scale: number): boolean {
  const integer = Math.round(number * scale);
  // Integers know no minus zero: adding 0 makes it 0, so that it does not pass for one here.
  return Math.abs(integer) <= LARGEST_INTEGER && Object.is((integer + 0) / scale, number);
}

function toPlanes(numbers: ArrayLike<number>): Uint8Array {
  const count = numbers.length;
  const words = new Uint32Array(Float64Array.from(numbers).buffer);
  const planes = new Uint8Array(count * 8);
  let low = 0;
  let high = 0;
  for (let i = 0; i < count; i++) {
    const nextLow = words[2 * i] as number;
    const nextHigh = words[2 * i + 1] as number;
    const changedLow = nextLow ^ low;
    const changedHigh = nextHigh ^ high;
    for (let plane = 0; plane < 4; plane++) {
      planes[plane * count + i] = changedLow >>> (8 * plane);
      planes[(plane + 4) * count + i] = changedHigh >>> (8 * plane);
    }
    low = nextLow;
    high = nextHigh;
  }
  return planes;
}

function fromPlanes(planes: Uint8Array, count: number): Float64Array {
  const numbers = new Float64Array(count);
  const words = new Uint32Array(numbers.buffer);
  let low = 0;
  let high = 0;
  for (let i = 0; i < count; i++) {
    let changedLow = 0;
    let changedHigh = 0;
    for (let plane = 0; plane < 4; plane++) {
      changedLow |= (planes[plane * count + i] as number) << (8 * plane);
      changedHigh |= (planes[(plane + 4) * count + i] as number) << (8 * plane);
    }
    low ^= changedLow;
    high ^= changedHigh;
    words[2 * i] = low;
    words[2 * i + 1] = high;
  }
  return numbers;
}
