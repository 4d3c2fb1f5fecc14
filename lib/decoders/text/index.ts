import { type Decoder, textOf } from "../decoder";
import { plainNumber } from "../numeric";

/** The payload as it is, whatever it looks like. */
export const text: Decoder = {
  id: "text",
  type: "text",
  structured: false,
  decode: textOf,
  encode: (value) => (typeof value === "number" ? plainNumber(value) : String(value)),
};
