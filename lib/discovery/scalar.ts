import type { Message } from "./message";

/** The payload as a short trimmed text; undefined if it is empty, long, binary, or a document. */
export function shortText(message: Message, max = 100): string | undefined {
  if (message.payload.length > max * 4) return undefined;
  const text = message.text()?.trim();
  return text === undefined || text === "" || text.length > max || /^[[{]/.test(text) ? undefined : text;
}

const NUMBER = /^[+-]?\d{1,15}(?:\.\d{1,15})?(?:[eE][+-]?\d{1,3})?$/;

/** The number that the whole payload is. */
export function plainNumber(message: Message): number | undefined {
  const text = shortText(message, 40);
  return text !== undefined && NUMBER.test(text) ? Number(text) : undefined;
}

/** Whether the payload is one of these words. */
export const isWord = (message: Message, ...words: readonly string[]): boolean =>
  words.includes(shortText(message, 40) ?? "");
