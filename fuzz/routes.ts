import fc from "fast-check";
import { HonoRequest } from "hono/request";
import type { z } from "zod";
import { allContracts } from "../lib/api/contracts";
import type { AnyContract } from "../lib/api/route";
import { compileRegistration } from "../lib/compile";
import { Registration } from "../lib/registration";
import { MAX_BODY_BYTES } from "../server/http/body";
import { judgeBody, judgeQuery } from "../server/http/implement";
import { problemResponse } from "../server/http/problem";
import { isSchema, shapesOf } from "./schemaShapes";
import { type Shape, TEXTS } from "./shapes";
import { erased, type Target } from "./target";

/** What Node reads of a request's address and headers at all. */
const MAX_ADDRESS = 16 * 1024;

const utf8 = new TextEncoder();

/** All names of members in a schema, so that drawn documents are not refused at their first one. */
function namesIn(schema: z.ZodType, depth = 5, names = new Set<string>()): Set<string> {
  if (depth === 0) return names;
  const { def } = schema as unknown as { def: Record<string, unknown> };
  const shape = (def.shape ?? {}) as Record<string, unknown>;
  for (const name of Object.keys(shape)) names.add(name);
  const options = Array.isArray(def.options) ? def.options : [];
  const inner = [def.innerType, def.in, def.out, def.element, def.valueType, ...options, ...Object.values(shape)];
  for (const one of inner) if (isSchema(one)) namesIn(one, depth - 1, names);
  return names;
}

/** Documents of the names that the schema knows, with anything in them. */
function documents(schema: z.ZodType): fc.Arbitrary<string> {
  const names = [...namesIn(schema), "a"];
  const { value } = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom("a/b", "a/+", "$.a", "main", 1),
      tie("object"),
      fc.array(tie("value"), { maxLength: 50 }),
    ),
    object: fc.dictionary(fc.constantFrom(...names), tie("value"), { maxKeys: 20 }),
  }));
  return value.map((one) => JSON.stringify(one).slice(0, MAX_BODY_BYTES));
}

/** A document, and what is no JSON at all. */
const bodyShapes = (schema: z.ZodType): Shape<string>[] => [
  ...shapesOf(schema).map(({ name, make }) => ({ name, make: (size: number) => JSON.stringify(make(size)) })),
  ...TEXTS,
];

function bodyTarget(route: string, schema: z.ZodType): Target<string> {
  return {
    name: `body of ${route}`,
    shapes: bodyShapes(schema),
    wild: documents(schema),
    limit: MAX_BODY_BYTES,
    read(text) {
      const bytes = utf8.encode(text);
      if (bytes.length > MAX_BODY_BYTES) return;
      const judged = judgeBody(schema, bytes);
      if (!judged.ok) problemResponse(judged.error);
      // What is done with a registered topic as soon as it is known to fit.
      else if (route.endsWith(" /registrations")) {
        const registration = Registration.safeParse(judged.value);
        if (registration.success) compileRegistration(registration.data);
      }
    },
  };
}

const VALUES: readonly Shape<string>[] = [
  ...TEXTS,
  { name: "members", make: (size) => Array.from({ length: size / 5 }, (_, i) => i).join("&a=") },
];

function queryTarget(route: string, schema: z.ZodType): Target<string> {
  const names = [...namesIn(schema), "a"];
  const pair = fc.tuple(fc.constantFrom(...names), fc.string({ unit: "binary", maxLength: 200 }));
  return {
    name: `query of ${route}`,
    shapes: names.flatMap((name) => [
      ...VALUES.map((shape) => ({
        name: `${shape.name} as ${name}`,
        make: (size: number) => `${name}=${encodeURIComponent(shape.make(Math.floor(size / 3)).toWellFormed())}`,
      })),
      { name: `${name} over and over`, make: (size: number) => `${name}=a&`.repeat(size / (name.length + 3)) },
      { name: `${name} as escapes`, make: (size: number) => `${name}=${"%".repeat(size)}` },
    ]),
    wild: fc
      .array(pair, { maxLength: 60 })
      .map((pairs) => new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value.toWellFormed()])))
      .map((query) => query.toString().slice(0, MAX_ADDRESS)),
    limit: MAX_ADDRESS,
    read(query) {
      if (query.length > MAX_ADDRESS) return;
      const asked = new HonoRequest(new Request(`http://localhost/api/v1/x?${query}`));
      const judged = judgeQuery(schema, asked.queries());
      if (!judged.ok) problemResponse(judged.error);
    },
  };
}

function targetsOf({ method, path, query, body }: AnyContract): Target<string>[] {
  const route = `${method.toLowerCase()} ${path}`;
  return [...(query ? [queryTarget(route, query)] : []), ...(body ? [bodyTarget(route, body)] : [])];
}

/** What every route of the API takes, by its contract: a new route is tried by itself. */
export const routeTargets = (): Target<never>[] => erased(allContracts.flatMap(targetsOf));
