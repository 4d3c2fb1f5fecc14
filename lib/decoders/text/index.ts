import { textOf } from "../decoder";
import type { PlainFormat } from "../format";
import { plainNumber } from "../numeric";

/** The payload as text, without detecting numbers or booleans. */
export const text: PlainFormat = {
  id: "text",
  label: "formats.text",
  reads: "the payload as it is, whatever it looks like",
  type: "text",
  structured: false,
  decode: textOf,
  encode: (value) => (typeof value === "number" ? plainNumber(value) : String(value)),
};
