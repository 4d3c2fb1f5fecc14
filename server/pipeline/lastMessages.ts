import type { LastMessage } from "../ports";

/** What is kept of one payload, and of all of them together. */
export const MAX_KEPT_BYTES = 4096;
const MAX_ALL = 32 * 1024 * 1024;
const STEP = 32;
/** Payloads share blocks: a buffer of its own costs 250 bytes beside those it holds, ten times a common payload. */
const BLOCK = 8192;

/** The newest payload of one topic. Its room is used again and again, so that a message allocates nothing. */
export interface LastMessageSlot {
  take(payload: Uint8Array, at: number, retained: boolean): void;
  read(): LastMessage | undefined;
  /** Gives its room back. */
  free(): void;
}

/**
 * Makes the slots, and bounds what they hold together. The bytes are copied: a payload is a view into what came from the socket at
 * once, and would keep all of that.
 */
export function createLastMessages(maxAll = MAX_ALL): { slot(): LastMessageSlot } {
  const rooms = new Rooms(maxAll);
  return { slot: () => new Slot(rooms) };
}

/** Fields instead of closures: there is one for each topic. */
class Slot implements LastMessageSlot {
  #block: Block | undefined = undefined;
  #start = 0;
  #size = -1;
  #at = 0;
  #retained = false;
  readonly #rooms: Rooms;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  take(payload: Uint8Array, at: number, retained: boolean): void {
    const length = Math.min(payload.length, MAX_KEPT_BYTES);
    if (!this.#block || this.#block.room < length) this.#makeRoom(length);
    this.#block?.bytes.set(length === payload.length ? payload : payload.subarray(0, length), this.#start);
    this.#size = payload.length;
    this.#at = at;
    this.#retained = retained;
  }

  read(): LastMessage | undefined {
    if (this.#size < 0) return undefined;
    const end = this.#start + Math.min(this.#size, MAX_KEPT_BYTES);
    const payload = this.#block?.bytes.slice(this.#start, end);
    return { at: this.#at, retained: this.#retained, size: this.#size, payload };
  }

  free(): void {
    if (this.#block) this.#rooms.give(this.#block, this.#start);
    this.#block = undefined;
  }

  #makeRoom(length: number): void {
    this.free();
    this.#block = this.#rooms.blockFor(Math.ceil(Math.max(length, 1) / STEP) * STEP);
    if (this.#block) this.#start = this.#rooms.take(this.#block);
  }
}

/** Rooms of one size. */
class Block {
  readonly bytes = new Uint8Array(BLOCK);
  /** Where rooms are free that were used before; behind `used` none was. */
  readonly free: number[] = [];
  used = 0;
  readonly room: number;

  constructor(room: number) {
    this.room = room;
  }

  get isFull(): boolean {
    return this.free.length === 0 && this.used + this.room > BLOCK;
  }

  get isEmpty(): boolean {
    return this.free.length * this.room === this.used;
  }
}

class Rooms {
  #taken = 0;
  readonly #max: number;
  /** By the size of their rooms: blocks with a free one. */
  readonly #open = new Map<number, Set<Block>>();

  constructor(max: number) {
    this.#max = max;
  }

  /** A block with a free room of this size; undefined: too much is held already. */
  blockFor(room: number): Block | undefined {
    if (this.#taken + room > this.#max) return undefined;
    for (const block of this.#openOf(room)) return block;
    return new Block(room);
  }

  /** Answers where the room begins. */
  take(block: Block): number {
    const start = block.free.pop() ?? block.used;
    if (start === block.used) block.used += block.room;
    this.#taken += block.room;
    if (block.isFull) this.#openOf(block.room).delete(block);
    else this.#openOf(block.room).add(block);
    return start;
  }

  give(block: Block, start: number): void {
    block.free.push(start);
    this.#taken -= block.room;
    // Nothing else holds a block then.
    if (block.isEmpty) this.#openOf(block.room).delete(block);
    else this.#openOf(block.room).add(block);
  }

  #openOf(room: number): Set<Block> {
    let open = this.#open.get(room);
    if (!open) {
      open = new Set();
      this.#open.set(room, open);
    }
    return open;
  }
}
