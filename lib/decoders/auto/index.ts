import { ok } from "../../result";
import { textOf } from "../decoder";
import type { PlainFormat } from "../format";
import { parseJson } from "../jsonText";
import { plainNumber } from "../numeric";

/**
 * Detects the format of each payload: JSON, else text. Only a payload that starts like an object, a list or a quoted string is parsed
 * as JSON. Numbers and words are left to coerce.ts, which knows the registration's type and unit.
 */
export const auto: PlainFormat = {
  id: "auto",
  label: "formats.auto",
  reads:
    "unless another is given: JSON where the payload is JSON, else a number (`21.5`, `21,5`, `24 cm`), a word for on or off (`ON`, `true`, `1`, `online`, …), else text",
  type: undefined,
  structured: true,
  bareTexts: true,
  decode(payload) {
    const text = textOf(payload);
    if (!text.ok || !/^\s*[[{"]/.test(text.value)) return text;
    const json = parseJson(text.value);
    // "[ERROR] no probe" starts like JSON but is text. A document that is too deep stays rejected.
    return json.ok || json.error.code !== "not-json" ? json : ok(text.value);
  },
  encode: (value) =>
    typeof value === "boolean" ? (value ? "ON" : "OFF") : typeof value === "number" ? plainNumber(value) : value,
};
