import { textOf } from "../decoder";
import type { PlainFormat } from "../format";

/** On or off, written as the registration's `payloads` or as one of the usual words (words.ts). */
export const boolean: PlainFormat = {
  id: "boolean",
  label: "formats.boolean",
  reads: "a word for on or off and nothing else",
  type: "boolean",
  structured: false,
  decode: textOf,
  encode: (value) => (typeof value === "boolean" ? (value ? "ON" : "OFF") : null),
};
