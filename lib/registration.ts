import { z } from "zod";
import { describedFormats } from "./decoders/registry";
import { registrationShape } from "./registration/fields";

/**
 * What an admin registers: a topic filter, how its payload is read, what it is called. The same shape stands in
 * telltale.yaml, in the HTTP API and in the store: the schema checks and never rewrites, so a registration reads back as written.
 * Its fields are entries in registration/fields.ts; here is what no single field knows.
 */

export { Availability } from "./registration/availability";
export { CommandSpec } from "./registration/command";
export { Category, ValueType, Words } from "./registration/described";
export { DecoderId, PayloadEncoding, ValueSpec } from "./registration/fields";

/** A template reads the payload as it came. Of a format's fields one is enough to tell. */
const NOT_WITH_JINJA = [
  "encoding",
  ...describedFormats.flatMap(({ needs }) => Object.keys(needs).slice(0, 1)),
  "transform",
];

export const Registration = z.strictObject(registrationShape).superRefine((r, ctx) => {
  const issue = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
  const said: Readonly<Record<string, unknown>> = r;
  if (r.value !== undefined && r.values !== undefined) issue("values", "give either value or values, not both");
  if (r.jinja !== undefined && (r.value !== undefined || r.values !== undefined))
    issue("jinja", "give either jinja or a JSONPath (value, values), not both");
  if (r.jinja !== undefined)
    for (const field of NOT_WITH_JINJA)
      if (said[field] !== undefined) issue(field, `give either jinja or ${field}: a template reads the whole payload`);
  for (const { id, needs } of describedFormats)
    for (const [field, why] of Object.entries(needs)) {
      if (said[field] === undefined && r.format === id) issue(field, `format ${id} needs ${field}: ${why}`);
      if (said[field] !== undefined && r.format !== id) issue(field, `${field} belongs to format: ${id}`);
    }
  if (r.filter === undefined && r.command === undefined)
    issue("filter", "filter is missing: enter the topic that the values come from");
  if (
    r.filter === undefined &&
    (r.value !== undefined || r.jinja !== undefined || r.values !== undefined || r.time !== undefined)
  )
    issue("filter", "filter is missing: value, values and time read from it");
  if (r.values !== undefined && r.command !== undefined)
    issue("command", "with several values, give each its own command inside values");
});
export type Registration = z.infer<typeof Registration>;
/** A registration as written by a person, before defaults. */
export type RegistrationInput = z.input<typeof Registration>;
