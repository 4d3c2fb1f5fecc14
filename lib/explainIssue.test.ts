import { expect, test } from "vitest";
import { z } from "zod";
import { BrokerPatch } from "./api";
import { ConfigFile } from "./configFile";
import { explainIssue } from "./explainIssue";
import { Registration } from "./registration";
import { inWords } from "./texts/said";

function explain(schema: z.ZodType, input: unknown): string[] {
  const parsed = schema.safeParse(input);
  if (parsed.success) throw new Error("expected issues");
  return parsed.error.issues.flatMap(explainIssue).map(({ path, message }) => `${path.join(".")}: ${inWords(message)}`);
}

test.each<[string, z.ZodType, unknown, string[]]>([
  [
    "the alternative of a union that came nearest speaks",
    Registration,
    { id: "a", filter: "a", staleAfter: "soon" },
    ['staleAfter: "soon" is not a duration: write a number with ms, s, m, h or d behind it, as in 60s'],
  ],
  [
    "a form among several is judged by its own fields",
    Registration,
    { id: "a", filter: "a", availability: { filter: "x", onlin: 1 } },
    ['availability.onlin: "onlin" is not known here'],
  ],
  [
    "an input of no alternative's type is told what it may be",
    z.object({ qos: z.union([z.literal(0), z.literal(1), z.literal(2)]) }),
    { qos: "high" },
    ["qos: expected 0, or expected 1, or expected 2"],
  ],
  [
    "unknown keys are named where they stand",
    ConfigFile,
    { brokers: [{ id: "a", url: "mqtt://h", pass: 1, user: 2 }] },
    ['brokers.0.pass: "pass" is not known here', 'brokers.0.user: "user" is not known here'],
  ],
  [
    "the key of a record is judged",
    Registration,
    { id: "a", filter: "a", values: { "a b": { value: "$.x" } } },
    ['values.a b: the key of a value must be 1 to 64 of letters, digits, "-" and "_"'],
  ],
  ["a missing field is named", BrokerPatch, { id: "main" }, ["url: expected string, received undefined"]],
])("CF-6: %s", (_what, schema, input, expected) => {
  expect(explain(schema, input)).toEqual(expected);
});
