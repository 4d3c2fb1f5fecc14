import { type Decoder, textOf } from "../decoder";
import { plainNumber } from "../numeric";

/** A number, however it is dressed: "01317", "21,5", "24 cm". Anything else is refused; "-" or "unavailable" is unknown. */
export const number: Decoder = {
  id: "number",
  type: "number",
  structured: false,
  decode: textOf,
  encode: (value) => (typeof value === "number" ? plainNumber(value) : null),
};
