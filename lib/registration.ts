import { z } from "zod";
import { describedFormats } from "./decoders/registry";
import { registrationShape } from "./registration/fields";
import { issueOf } from "./texts/issues";
import { type SaidText, say } from "./texts/said";

/**
 * What an admin registers: a topic filter, how its payload is read, what it is called. The same shape stands in
 * telltale.yaml, in the HTTP API and in the store: the schema checks and never rewrites, so a registration reads back as written.
 * Its fields are entries in registration/fields.ts; here is what no single field knows.
 */

export { Availability } from "./registration/availability";
export { CommandSpec } from "./registration/command";
export { Category, DeviceClass, ValueType, Words } from "./registration/described";
export { DecoderId, PayloadEncoding, ValueSpec } from "./registration/fields";

/** A template reads the payload as it came. Of a format's fields one is enough to tell. */
const NOT_WITH_JINJA = [
  "encoding",
  ...describedFormats.flatMap(({ needs }) => Object.keys(needs).slice(0, 1)),
  "transform",
];

export const Registration = z.strictObject(registrationShape).superRefine((r, ctx) => {
  const issue = (path: string, said: SaidText) => ctx.addIssue(issueOf(said, path));
  const said: Readonly<Record<string, unknown>> = r;
  if (r.value !== undefined && r.values !== undefined) issue("values", say("schema.valueAndValues"));
  if (r.jinja !== undefined && (r.value !== undefined || r.values !== undefined))
    issue("jinja", say("schema.jinjaAndPath"));
  if (r.jinja !== undefined)
    for (const field of NOT_WITH_JINJA) if (said[field] !== undefined) issue(field, say("schema.jinjaAnd", { field }));
  for (const { id, needs } of describedFormats)
    for (const [field, why] of Object.entries(needs)) {
      if (said[field] === undefined && r.format === id)
        issue(field, say("schema.formatNeeds", { format: id, field, why: say(why) }));
      if (said[field] !== undefined && r.format !== id)
        issue(field, say("schema.fieldOfFormat", { field, format: id }));
    }
  if (r.filter === undefined && r.command === undefined) issue("filter", say("schema.noFilter"));
  if (
    r.filter === undefined &&
    (r.value !== undefined || r.jinja !== undefined || r.values !== undefined || r.time !== undefined)
  )
    issue("filter", say("schema.noFilterToRead"));
  if (r.values !== undefined && r.command !== undefined) issue("command", say("schema.commandInValues"));
});
export type Registration = z.infer<typeof Registration>;
/** A registration as written by a person, before defaults. */
export type RegistrationInput = z.input<typeof Registration>;
