import { z } from "zod";

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
  error: ({ input }) =>
    (ORDERED as readonly unknown[]).includes(input)
      ? `${input} has several bytes: add their order, ${input}be (the highest first) or ${input}le`
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
    const issue = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
    const worded = f.type === "text" || f.type === "hex";
    if (worded && f.length === undefined) issue("length", `a ${f.type} needs length: how many bytes it has`);
    if (!worded && f.length !== undefined) issue("length", `length belongs to text and hex, not to ${f.type}`);
    if (f.type === "bit" && f.bit === undefined) issue("bit", "a bit needs bit: which one of its byte, 0 to 7");
    if (f.type !== "bit" && f.bit !== undefined) issue("bit", `bit belongs to type bit, not to ${f.type}`);
    const bare = worded || f.type === "bit" || f.type === "bool";
    for (const field of ["scale", "add"] as const)
      if (bare && f[field] !== undefined) issue(field, `${field} belongs to numbers, not to ${f.type}`);
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
      if (keys.indexOf(key) !== i)
        ctx.addIssue({ code: "custom", path: [i, "key"], message: `the key ${key} is used twice` });
  });
