import { textOf } from "../decoder";
import type { PlainFormat } from "../format";
import { plainNumber } from "../numeric";

/** A number in any spelling: "01317", "21,5", "24 cm". Anything else is rejected; "-" or "unavailable" is unknown. */
export const number: PlainFormat = {
  id: "number",
  label: "formats.number",
  reads: "a number and nothing else, with or without a unit: `01317`, `21,5`, `24 cm`",
  type: "number",
  structured: false,
  decode: textOf,
  encode: (value) => (typeof value === "number" ? plainNumber(value) : null),
};
