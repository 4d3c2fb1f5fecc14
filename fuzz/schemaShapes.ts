import type { z } from "zod";
import type { Shape } from "./shapes";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export const isSchema = (one: unknown): one is z.ZodType =>
  typeof one === "object" && one !== null && "safeParse" in one && "def" in one;

/** What stands in a schema, as far as it can be seen: the members of objects, the items of lists, the choices of unions. */
function* places(
  schema: z.ZodType,
  wrap: (inner: Json) => Json,
  depth: number,
): IterableIterator<(inner: Json) => Json> {
  yield wrap;
  if (depth === 0) return;
  const { def } = schema as unknown as { def: Record<string, unknown> };
  const inner = [def.innerType, def.in, def.out, ...(Array.isArray(def.options) ? def.options : [])].filter(isSchema);
  for (const one of inner) yield* places(one, wrap, depth - 1);
  if (isSchema(def.element)) yield* places(def.element, (value) => wrap([value]), depth - 1);
  if (isSchema(def.valueType)) yield* places(def.valueType, (value) => wrap({ a: value }), depth - 1);
  const shape = def.shape as Record<string, unknown> | undefined;
  for (const [key, member] of Object.entries(shape ?? {}))
    if (isSchema(member)) yield* places(member, (value) => wrap({ [key]: value }), depth - 1);
}

const FILLINGS: readonly Shape<Json>[] = [
  { name: "letters", make: (size) => "a".repeat(size) },
  { name: "spaces", make: (size) => ` ${" ".repeat(size)}x` },
  { name: "digits", make: (size) => "1".repeat(size) },
  { name: "levels", make: (size) => "a/".repeat(size / 2) },
  { name: "wildcards", make: (size) => "+/".repeat(size / 2) },
  { name: "braces", make: (size) => "{1}".repeat(size / 3) },
  { name: "surrogates", make: (size) => "\ud800".repeat(size) },
  { name: "address", make: (size) => `mqtt://${"a@".repeat(size / 2)}` },
  { name: "hyphens", make: (size) => `a${"-".repeat(size)}` },
  { name: "numbers", make: (size) => Array<Json>(Math.floor(size / 2)).fill(1) },
  { name: "texts", make: (size) => Array<Json>(Math.floor(size / 4)).fill("a") },
  { name: "objects", make: (size) => Array<Json>(Math.floor(size / 3)).fill({}) },
  {
    name: "members",
    make: (size) => Object.fromEntries(Array.from({ length: Math.floor(size / 10) }, (_, i) => [`k${i}`, 1])),
  },
  {
    name: "members of objects",
    make: (size) =>
      Object.fromEntries(Array.from({ length: Math.floor(size / 20) }, (_, i) => [`k${i}`, { name: "a" }])),
  },
];

/** Every filling in every place of the schema, down to so many levels. */
export function shapesOf(schema: z.ZodType, depth = 4): Shape<Json>[] {
  const seen = new Map<string, (inner: Json) => Json>();
  for (const place of places(schema, (inner) => inner, depth)) seen.set(JSON.stringify(place("…")), place);
  return [...seen].flatMap(([where, place]) =>
    FILLINGS.map((filling) => ({
      name: `${filling.name} in ${where}`,
      make: (size: number) => place(filling.make(size)),
    })),
  );
}
