import { ok } from "../../result";
import { textOf } from "../decoder";
import type { PlainFormat } from "../format";
import { parseJson } from "../jsonText";
import { plainNumber } from "../numeric";

/**
 * Looks at each payload: JSON where it is JSON, else text. Only what starts like an object, a list or a quoted text is tried as JSON:
 * numbers and words are read by coerce.ts, which knows what the registration says of them.
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
    // "[ERROR] no probe" starts like JSON and is none; a document too deep stays refused.
    return json.ok || json.error.code !== "not-json" ? json : ok(text.value);
  },
  encode: (value) =>
    typeof value === "boolean" ? (value ? "ON" : "OFF") : typeof value === "number" ? plainNumber(value) : value,
};
