import type { Said } from "../ports";

/** What is kept of one payload, and of all of them together. */
export const MAX_SAID = 4096;
const MAX_ALL = 32 * 1024 * 1024;
const STEP = 32;

/** The newest payload of one topic. Its room is used again and again, so that a message allocates nothing. */
export interface SaidSlot {
  take(payload: Uint8Array, at: number, retained: boolean): void;
  read(): Said | undefined;
  /** Gives its room back. */
  free(): void;
}

/**
 * Makes the slots, and bounds what they hold together. The bytes are copied: a payload is a view into what came from the socket at
 * once, and would keep all of that.
 */
export function createSaidBook(maxAll = MAX_ALL): { slot(): SaidSlot } {
  let all = 0;

  return {
    slot() {
      let room: Uint8Array | undefined;
      let size = -1;
      let at = 0;
      let retained = false;

      function makeRoom(wanted: number): void {
        free();
        const length = Math.ceil(Math.max(wanted, 1) / STEP) * STEP;
        if (all + length > maxAll) return;
        all += length;
        room = new Uint8Array(length);
      }

      function free(): void {
        all -= room?.length ?? 0;
        room = undefined;
      }

      return {
        take(payload, when, kept) {
          const length = Math.min(payload.length, MAX_SAID);
          if (!room || room.length < length) makeRoom(length);
          room?.set(length === payload.length ? payload : payload.subarray(0, length));
          size = payload.length;
          at = when;
          retained = kept;
        },
        read: () => (size < 0 ? undefined : { at, retained, size, payload: room?.slice(0, Math.min(size, MAX_SAID)) }),
        free,
      };
    },
  };
}
