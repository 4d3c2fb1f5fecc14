import { z } from "zod";
import { explain, issueOf } from "../../texts/issues";
import { type SaidText, say } from "../../texts/said";

const ORDERED = ["u16", "i16", "u24", "i24", "u32", "i32", "u64", "i64", "f32", "f64"] as const;
/** Numbers of several bytes name their byte order: `be` (most significant byte first, as in most protocols) or `le`. */
export const STRUCT_TYPES = [
  "u8",
  "i8",
  ...ORDERED.flatMap((type) => [`${type}be`, `${type}le`] as const),
  "bool",
  "bit",
  "text",
  "hex",
] as const;
const StructType = z.enum(STRUCT_TYPES, {
  error: (issue) =>
    (ORDERED as readonly unknown[]).includes(issue.input)
      ? explain(issue, say("schema.structOrder", { type: String(issue.input) }))
      : undefined,
});

/** One field of raw bytes: `{key: temp, at: 0, type: i16be, scale: 0.1}`. */
export const StructField = z
  .strictObject({
    key: z.string().min(1).max(64),
    at: z.number().int().min(0).max(262_143).describe("The first byte, counted from 0."),
    type: StructType,
    length: z.number().int().min(1).max(262_144).optional().describe("Of a text or hex: how many bytes."),
    bit: z.number().int().min(0).max(7).optional().describe("Of a bit: which one, 0 being the lowest."),
    scale: z.number().optional().describe("The number is multiplied by it, then add is added."),
    add: z.number().optional(),
  })
  .superRefine((f, ctx) => {
    const issue = (path: string, said: SaidText) => ctx.addIssue(issueOf(said, path));
    const worded = f.type === "text" || f.type === "hex";
    if (worded && f.length === undefined) issue("length", say("schema.structNeedsLength", { type: f.type }));
    if (!worded && f.length !== undefined) issue("length", say("schema.structLength", { type: f.type }));
    if (f.type === "bit" && f.bit === undefined) issue("bit", say("schema.structNeedsBit"));
    if (f.type !== "bit" && f.bit !== undefined) issue("bit", say("schema.structBit", { type: f.type }));
    const bare = worded || f.type === "bit" || f.type === "bool";
    for (const field of ["scale", "add"] as const)
      if (bare && f[field] !== undefined) issue(field, say("schema.structNumber", { field, type: f.type }));
  });
export type StructField = z.infer<typeof StructField>;

/** The fields of a payload; each key is used once. */
export const Struct = z
  .array(StructField)
  .min(1)
  .max(200)
  .superRefine((fields, ctx) => {
    const keys = fields.map(({ key }) => key);
    for (const [i, key] of keys.entries())
      if (keys.indexOf(key) !== i) ctx.addIssue(issueOf(say("schema.structKeyTwice", { key }), i, "key"));
  });
