import { expect, it } from "vitest";
import { createLastMessages, MAX_KEPT_BYTES } from "./lastMessages";

const bytes = (text: string) => new TextEncoder().encode(text);

it("keeps the newest payload, shorter or longer than the one before, and not the caller's own bytes", () => {
  const slot = createLastMessages().slot();
  expect(slot.read()).toBeUndefined();
  const buffer = bytes("twenty-one and a half");
  slot.take(buffer, 1, true);
  buffer.fill(0);
  expect(slot.read()).toEqual({ at: 1, retained: true, size: 21, payload: bytes("twenty-one and a half") });
  slot.take(bytes("22"), 2, false);
  expect(slot.read()).toEqual({ at: 2, retained: false, size: 2, payload: bytes("22") });
  slot.take(bytes(""), 3, false);
  expect(slot.read()).toEqual({ at: 3, retained: false, size: 0, payload: bytes("") });
  slot.take(new Uint8Array(MAX_KEPT_BYTES + 1).fill(7), 4, false);
  expect(slot.read()).toEqual({
    at: 4,
    retained: false,
    size: MAX_KEPT_BYTES + 1,
    payload: new Uint8Array(MAX_KEPT_BYTES).fill(7),
  });
});

it("holds no more than its bound in all, says so, and uses room again that was given back", () => {
  const book = createLastMessages(64);
  const [a, b] = [book.slot(), book.slot()];
  a.take(new Uint8Array(40), 1, false);
  b.take(new Uint8Array(40), 1, false);
  expect(b.read()).toEqual({ at: 1, retained: false, size: 40, payload: undefined });
  a.free();
  b.take(new Uint8Array(40), 2, false);
  expect(b.read()?.payload).toHaveLength(40);
});
