import type { z } from "zod";
import * as api from "../lib/api";
import { compileRegistration } from "../lib/compile";
import { ConfigFile } from "../lib/configFile";
import * as dashboard from "../lib/dashboard";
import { explainIssue } from "../lib/explainIssue";
import * as wire from "../lib/explorer/wire";
import { jsonSizeFault } from "../lib/jsonSize";
import * as protocol from "../lib/protocol";
import { MAX_EVENT_BYTES } from "../lib/protocolLimits";
import { Registration } from "../lib/registration";
import type { Shape } from "./shapes";
import { erased, type Target } from "./target";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const isSchema = (one: unknown): one is z.ZodType =>
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

/** A body of the API. */
const MAX_BODY = 1024 * 1024;
/** A telltale.yaml is read in a thread of its own once the server runs: SPEC, HB-16. */
const OFF_LOOP = 5000;

/** What is wrong is told field by field. */
function judge(schema: z.ZodType, document: unknown): void {
  const parsed = schema.safeParse(document);
  if (!parsed.success) parsed.error.issues.slice(0, 100).flatMap(explainIssue);
  else if (schema === (Registration as z.ZodType)) compileRegistration(parsed.data as Registration);
}

/** A body of the API comes as text, and is counted before it is parsed. */
const asBody = ({ shapes, ...target }: Target<Json>, schema: z.ZodType): Target<string> => ({
  ...target,
  shapes: shapes.map(({ name, make }) => ({ name, make: (size) => JSON.stringify(make(size)) })),
  read(text) {
    if (text.length <= MAX_BODY && jsonSizeFault(text) === undefined) judge(schema, JSON.parse(text));
  },
});

function schemaTargets(name: string, schema: z.ZodType, limit = MAX_BODY): Target<never>[] {
  const seen = new Map<string, (inner: Json) => Json>();
  for (const place of places(schema, (inner) => inner, 4)) seen.set(JSON.stringify(place("…")), place);
  const target: Target<Json> = {
    name: `schema ${name}`,
    limit,
    ...(name === "ConfigFile" && { budget: OFF_LOOP }),
    shapes: [...seen].flatMap(([where, place]) =>
      FILLINGS.map((filling) => ({
        name: `${filling.name} in ${where}`,
        make: (size: number) => place(filling.make(size)),
      })),
    ),
    read: (document) => judge(schema, document),
  };
  return limit === MAX_BODY && name !== "ConfigFile" ? erased([asBody(target, schema)]) : erased([target]);
}

const MODULES: Readonly<Record<string, Record<string, unknown>>> = {
  api,
  dashboard,
  wire,
  protocol: protocol.clientEventSchemas,
};

/** Every schema that reads what comes from outside, by its export: a new one is tried by itself. */
export const schemasTargets = (): Target<never>[] => [
  ...schemaTargets("Registration", Registration),
  ...schemaTargets("ConfigFile", ConfigFile),
  ...Object.entries(MODULES).flatMap(([file, exports]) =>
    Object.entries(exports)
      .filter((entry): entry is [string, z.ZodType] => isSchema(entry[1]))
      // What only goes out is made by the server itself.
      .filter(([name]) => !/Out$|^Problem$/.test(name))
      .flatMap(([name, schema]) =>
        schemaTargets(`${file}.${name}`, schema, file === "wire" || file === "protocol" ? MAX_EVENT_BYTES : MAX_BODY),
      ),
  ),
];
