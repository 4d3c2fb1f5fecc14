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
import { isSchema, type Json, shapesOf } from "./schemaShapes";
import { erased, type Target } from "./target";

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
const asBody = ({ shapes, wild: _, ...target }: Target<Json>, schema: z.ZodType): Target<string> => ({
  ...target,
  shapes: shapes.map(({ name, make }) => ({ name, make: (size) => JSON.stringify(make(size)) })),
  read(text) {
    if (text.length <= MAX_BODY && jsonSizeFault(text) === undefined) judge(schema, JSON.parse(text));
  },
});

function schemaTargets(name: string, schema: z.ZodType, limit = MAX_BODY): Target<never>[] {
  const target: Target<Json> = {
    name: `schema ${name}`,
    limit,
    ...(name === "ConfigFile" && { budget: OFF_LOOP }),
    shapes: shapesOf(schema),
    read: (document) => judge(schema, document),
  };
  return limit === MAX_BODY && name !== "ConfigFile" ? erased([asBody(target, schema)]) : erased([target]);
}

const MODULES: Readonly<Record<string, Record<string, unknown>>> = {
  api,
  dashboard,
  wire,
  protocol: Object.fromEntries(Object.entries(protocol.clientEvents).map(([name, { request }]) => [name, request])),
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
