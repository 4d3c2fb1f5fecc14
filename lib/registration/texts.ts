import { z } from "zod";
import { nameText } from "../name";
import type { PlainKey } from "../texts/t";
import type { ChoiceControl } from "./control";

/** The schemas of texts that several fields share, and their choices. */

/** A payload as people write it in YAML: `on: true` or `on: 1` mean the text that would be sent. */
export const PayloadText = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

/** A JSONPath (RFC 9535) that must give one value; checked when the registration is compiled. */
export const JsonPathText = z.string().min(1).max(1000);

/** A Jinja template as Home Assistant evaluates it (lib/templates): found devices bring them along. */
export const JinjaText = z.string().min(1).max(32_768);

/** Names may hold `{1}`, `{2}`, …: what the filter's wildcards matched, in order. */
export const NameTemplate = nameText(200, 1);

/** A CEL expression over `value` and `payload` (lib/expressions). */
export const CelText = z.string().min(1).max(1000);

export const OnOffPayloads = z.strictObject({ on: PayloadText, off: PayloadText });

export const qosChoice = (byDefault: PlainKey): ChoiceControl<"" | "0" | "1" | "2"> => ({
  is: "choice",
  choices: [
    { value: "", label: byDefault },
    { value: "0", label: "fields.qos0" },
    { value: "1", label: "fields.qos1" },
    { value: "2", label: "fields.qos2" },
  ],
  absent: "",
  numeric: true,
});
