import { ok } from "../../result";
import { textOf } from "../decoder";
import type { PlainFormat } from "../format";
import { parseJson } from "../jsonText";
import { plainNumber } from "../numeric";

/** JSON (RFC 8259) only. A payload that is not JSON is rejected, where `auto` would read it as text. */
export const json: PlainFormat = {
  id: "json",
  label: "formats.json",
  reads: "JSON and nothing else",
  type: undefined,
  structured: true,
  sendsJson: true,
  decode(payload) {
    const text = textOf(payload);
    if (!text.ok) return text;
    return text.value.trim() === "" ? ok(null) : parseJson(text.value);
  },
  encode: (value) => (typeof value === "number" ? plainNumber(value) : JSON.stringify(value)),
};
