import type { DecoderExample } from "../registry";

export const examples: DecoderExample[] = [
  { name: "a number", payload: "21.5", gives: { value: 21.5 } },
  { name: "a boolean", payload: "true", gives: { value: true } },
  { name: "a string", payload: '"idle"', gives: { value: "idle" } },
  { name: "a numeric string", payload: '"21.5"', gives: { value: 21.5 } },
  { name: "null is unknown", payload: "null", gives: { value: null } },
  { name: "a byte order mark", payload: [0xef, 0xbb, 0xbf, 0x35], gives: { value: 5 } },
  { name: "a bare word", payload: "idle", gives: { reject: "not-json" } },
  { name: "nothing", payload: "", gives: { reject: "not-json" } },
  { name: "a leading zero", payload: "01317", gives: { reject: "not-json" } },
  { name: "NaN", payload: "NaN", gives: { reject: "not-json" } },
  { name: "a number beyond all doubles", payload: "1e400", gives: { reject: "wrong-type" } },
  { name: "a cut object", payload: '{"t":21.', gives: { reject: "not-json" } },
  {
    name: "a large integer keeps its digits",
    payload: "12345678901234567890",
    gives: { value: "12345678901234567890" },
  },
  {
    name: "a large integer in an object keeps its digits, a text its own",
    payload: '{"value":-9007199254740993,"note":"x 9007199254740993 \\" y"}',
    gives: { value: "-9007199254740993" },
  },
  { name: "the largest exact integer", payload: "9007199254740991", gives: { value: 9007199254740991 } },
  { name: "a long fraction", payload: "0.123456789012345678", gives: { value: 0.12345678901234568 } },
  {
    name: "brackets in a text are no depth",
    payload: JSON.stringify("[".repeat(500)),
    gives: { value: "[".repeat(500) },
  },
];
