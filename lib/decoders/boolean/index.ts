import { type Decoder, textOf } from "../decoder";

/** On or off, in the registration's payloads or in one of the usual words (words.ts). */
export const boolean: Decoder = {
  id: "boolean",
  type: "boolean",
  structured: false,
  decode: textOf,
  encode: (value) => (typeof value === "boolean" ? (value ? "ON" : "OFF") : null),
};
