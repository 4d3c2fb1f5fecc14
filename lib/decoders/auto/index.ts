import { ok } from "../../result";
import { type Decoder, textOf } from "../decoder";
import { parseJson } from "../jsonText";
import { plainNumber } from "../numeric";

/**
 * Looks at each payload: JSON where it is JSON, else text. Only what starts like an object, a list or a quoted text is tried as JSON:
 * numbers and words are read by coerce.ts, which knows what the registration says of them.
 */
export const auto: Decoder = {
  id: "auto",
  type: undefined,
  structured: true,
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
