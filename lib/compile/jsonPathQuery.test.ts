import fc from "fast-check";
import { query as reference } from "jsonpath-rfc9535";
import parse from "jsonpath-rfc9535/parser";
import { expect, test } from "vitest";
import { compileRegistration } from "../compile";
import type { Json } from "../decoders/decoder";
import { Registration } from "../registration";
import { saying } from "../texts/said.harness";
import { createPathWork, evaluateQuery } from "./jsonPathQuery";
import { compilePath, TOO_COSTLY } from "./path";

const SEGMENTS = [
  ".a",
  "['b']",
  "[0]",
  "[-1]",
  "[*]",
  ".*",
  "..a",
  "..*",
  "..[0]",
  "[1:]",
  "[::-1]",
  "[0,1]",
  "['a','b']",
  "[-2:]",
  "[:1]",
];
const FILTERS = [
  "[?@.a]",
  "[?!@.a]",
  "[?@.a == 1]",
  "[?@.a != @.b]",
  "[?@ == $.a]",
  "[?@.a < 2 && @.b >= 1]",
  "[?@.a || @.b]",
  "[?count(@.*) > 1]",
  "[?length(@) >= 1]",
  "[?value(@..a) == 1]",
  "[?@ <= 'b']",
  "[?@[0] == 1]",
  "[?$.a]",
];
const document = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(1, 2, 0, "a", "b", "", true, null),
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("a", "b", "c", "constructor"), tie("node"), { maxKeys: 4 }) as fc.Arbitrary<Json>,
  ),
})).node;

test("HB-9: a JSONPath finds what the package's own evaluator finds", () => {
  const path = fc
    .array(fc.constantFrom(...SEGMENTS, ...FILTERS), { minLength: 1, maxLength: 4 })
    .map((parts) => `$${parts.join("")}`);
  const sorted = (nodes: readonly unknown[] | undefined): string[] =>
    (nodes ?? []).map((node) => JSON.stringify(node)).sort();
  fc.assert(
    fc.property(path, document, (text, json) => {
      const found = evaluateQuery(parse(text), json, Number.POSITIVE_INFINITY, { left: 1e9 });
      expect(sorted(found)).toEqual(sorted(reference(json as never, text)));
    }),
    { numRuns: 3000 },
  );
});

test.each(["$[?match(@.a, '(a+)+b')]", "$.a[?search(@, 'x')]", "$[?!match(@.a, @.b)]"])(
  "HB-10: a path with a regular expression is refused at its field: %s",
  (value) => {
    const made = compileRegistration(Registration.parse({ id: "x", filter: "t", value }));
    expect(made).toMatchObject({
      ok: false,
      error: { pointer: "/value", message: saying("regular expression") },
    });
  },
);

test.each(["$[?foo(@.a) == 1]", "$[?length(@.a, @.b) == 1]"])(
  "HB-10: a function that does not exist is refused: %s",
  (text) => {
    expect(compilePath(text).ok).toBe(false);
  },
);

test("HB-11: a path that takes too much work in a message is a reject that says so, and all paths of a message share the work", () => {
  const rows = `[${"[1],".repeat(20_000)}0]`;
  const path = compilePath("$[?@ == $[0] && @[1]].nothing");
  expect(path.ok && path.value(JSON.parse(rows) as Json)).toBe(TOO_COSTLY);
  const work = createPathWork();
  const cheap = compilePath("$[?@ == 1].nothing");
  if (cheap.ok) for (let i = 0; i < 3; i++) cheap.value(JSON.parse(rows) as Json, work);
  expect(work.left).toBeLessThan(0);

  const made = compileRegistration(
    Registration.parse({ id: "x", filter: "t", value: "$[?@ == $[0] && @[1]].nothing" }),
  );
  const outcome = made.ok ? made.value.read(new TextEncoder().encode(rows), 0)[0] : undefined;
  expect(outcome).toMatchObject({
    ok: false,
    reject: { code: "capped", message: saying("too much work") },
  });
});
