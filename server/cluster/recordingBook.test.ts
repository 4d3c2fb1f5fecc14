import { expect, test } from "vitest";
import { createRecordingBook, payloadHash } from "./recordingBook";

const message = (topic: string, text: string, receivedAt: number) => ({
  topic,
  payload: Buffer.from(text),
  receivedAt,
});
const hash = (text: string) => payloadHash(Buffer.from(text));

test("CL-10: a flush names the last message of each topic since the one before", () => {
  const book = createRecordingBook();
  book.note(message("a", "1", 10));
  book.note(message("b", "1", 11));
  book.note(message("a", "2", 12));
  expect(book.take(20)).toEqual({
    until: 20,
    marks: [
      { topic: "a", hash: hash("2"), at: 12 },
      { topic: "b", hash: hash("1"), at: 11 },
    ],
  });
  expect(book.take(30)).toEqual({ until: 30, marks: [] });
});

test("CL-10: what a failed flush said is said by the next, unless there is newer", () => {
  const book = createRecordingBook();
  book.note(message("a", "1", 10));
  book.note(message("b", "1", 11));
  const failed = book.take(20);
  book.note(message("a", "2", 25));
  book.putBack(failed);
  expect(book.take(30).marks).toEqual([
    { topic: "a", hash: hash("2"), at: 25 },
    { topic: "b", hash: hash("1"), at: 11 },
  ]);
});

test("CL-10: without a connection nothing later counts as stored", () => {
  const book = createRecordingBook();
  book.disconnected(15);
  book.disconnected(18);
  expect(book.take(20).until).toBe(15);
  book.connected();
  expect(book.take(30).until).toBe(30);
});

test("CL-16: a copy of what is stored already is left out once, and only while it can be that copy", () => {
  const book = createRecordingBook();
  book.await([
    { topic: "a", hash: hash("1"), until: 100 },
    { topic: "b", hash: hash("1"), until: 100 },
  ]);
  expect(book.isAwaited(message("a", "2", 50))).toBe(false);
  expect(book.isAwaited(message("a", "1", 60))).toBe(true);
  expect(book.isAwaited(message("a", "1", 70))).toBe(false);
  expect(book.isAwaited(message("b", "1", 101))).toBe(false);
  expect(book.isAwaited(message("b", "1", 99))).toBe(false);
});

test("CL-15: payloads that differ in a bit, in their order or in their length have different hashes", () => {
  const texts = Array.from({ length: 20_000 }, (_, i) => `${(i * 0.01).toFixed(2)}`);
  const more = ["", "\0", "\0\0", "ab", "ba", "ON", "OFF", "true", "false", "x".repeat(5000), "x".repeat(5001)];
  const all = new Set([...texts, ...more]);
  expect(new Set([...all].map((text) => hash(text))).size).toBe(all.size);
  expect(hash("21.50")).toBe(hash("21.50"));
});
