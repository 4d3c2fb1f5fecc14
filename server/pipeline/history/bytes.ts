/**
 * Whole numbers as bytes: seven bits each, least significant first, small ones short. Plain arithmetic instead of shifts, since
 * what is written goes beyond 32 bits. Exact up to 2^53; with a sign up to ±2^52.
 */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53. */
  whole(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  /** A whole number of either sign: small ones stay short, whatever their sign. */
  signed(value: number): void {
    this.whole(value < 0 ? -2 * value - 1 : 2 * value);
  }

  bytes(values: Uint8Array): void {
    if (this.#length + values.length > this.#bytes.length) this.#grow(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
  }

  /** A copy of what was written. The writer is empty then, and may be used again. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  #grow(by: number): void {
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + by));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Reads what ByteWriter wrote, in the same order. Throws where the bytes end too early. */
export class ByteReader {
  #at = 0;
  constructor(readonly source: Uint8Array) {}

  /** How many bytes were read or passed over. */
  get at(): number {
    return this.#at;
  }

  byte(): number {
    const value = this.source[this.#at++];
    if (value === undefined) throw new RangeError("a block of readings ends too early");
    return value;
  }

  whole(): number {
    let byte = this.byte();
    if (byte < 128) return byte;
    let value = 0;
    let place = 1;
    while (byte >= 128) {
      value += (byte - 128) * place;
      place *= 128;
      byte = this.byte();
    }
    return value + byte * place;
  }

  signed(): number {
    const value = this.whole();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  bytes(length: number): Uint8Array {
    if (this.#at + length > this.source.length) throw new RangeError("a block of readings ends too early");
    this.#at += length;
    return this.source.subarray(this.#at - length, this.#at);
  }

  skip(length: number): void {
    if (this.#at + length > this.source.length) throw new RangeError("a block of readings ends too early");
    this.#at += length;
  }
}
