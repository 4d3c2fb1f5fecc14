import { expect, test } from "vitest";
import { z } from "zod";
import { eitherOf, issueOf, saidOf, withText } from "./issues";
import { asWording, inWords, say } from "./said";

const MADE = z
  .strictObject({ key: z.string().regex(/^a/, withText(say("schema.valueKey"))), more: z.array(z.string()).max(1) })
  .refine(({ key }) => key !== "ab", { ...withText(say("schema.range")), path: ["key"] })
  .superRefine(({ key }, ctx) => {
    if (key === "abc") ctx.addIssue(issueOf(say("schema.duration", { text: key }), "key"));
  });
const issuesOf = (schema: z.ZodType, value: unknown) =>
  (schema.safeParse(value).error?.issues ?? []).map((issue) => [issue.path.join("."), issue.message, saidOf(issue)]);

test("MS-34: what a schema says of a field is a text beside its words", () => {
  const said = say("schema.valueKey");
  const words = 'the key of a value must be 1 to 64 of letters, digits, "-" and "_"';
  expect(issuesOf(MADE, { key: "b", more: [] })).toEqual([["key", words, said]]);
  expect(issuesOf(MADE, { key: "ab", more: [] })).toEqual([["key", expect.any(String), say("schema.range")]]);
  expect(issuesOf(MADE, { key: "abc", more: [] })).toEqual([
    ["key", expect.stringMatching(/^"abc" is not a duration/), say("schema.duration", { text: "abc" })],
  ]);
});

const LONG = "x".repeat(9);
const SAMPLES: readonly (readonly [z.ZodType, unknown])[] = [
  [z.string(), undefined],
  [z.string(), null],
  [z.number(), "7"],
  [z.number(), Number.NaN],
  [z.array(z.string()), { a: 1 }],
  [z.literal("auto"), "x"],
  [z.literal(0), 1],
  [z.enum(["a", "b"]), "c"],
  [z.string().max(8), LONG],
  [z.string().min(10), LONG],
  [z.array(z.number()).max(1), [1, 2]],
  [z.array(z.number()).min(3), [1, 2]],
  [z.number().max(8), 9],
  [z.number().min(10), 9],
  [z.number().lt(9), 9],
  [z.number().positive(), 0],
  [z.number().int(), 1.5],
  [z.number().multipleOf(2), 3],
  [z.string().regex(/^a+$/), "b"],
  [z.union([z.string(), z.number()]), true],
];

test.each(SAMPLES)("MS-57: what zod says by itself is a text with its words: sample %#", (schema, value) => {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  if (!issue) throw new Error("it fits");
  const said = saidOf(issue);
  expect(said).toMatchObject({ code: expect.stringMatching(/^schema\./) });
  expect(inWords(said)).toBe(issue.message.replace(/^Invalid (input|option): /, ""));
});

test("MS-57: what has no text of ours stays in zod's words", () => {
  const [issue] = z.string().length(3).safeParse("ab").error?.issues ?? [];
  expect(issue && saidOf(issue)).toBe("Too small: expected string to have exactly 3 characters");
});

test("MS-34: and so it is within a union", () => {
  const texts = [say("schema.valueKey"), say("schema.range")] as const;
  const made = z.union(texts.map((said) => z.string().regex(/^a/, withText(said))));
  const [issue] = made.safeParse("b").error?.issues ?? [];
  const branches = issue?.code === "invalid_union" ? issue.errors : [];
  expect(branches.flat().map(saidOf)).toEqual(texts);
  const words = inWords(eitherOf([...texts, ...texts, asWording("expected number")]));
  expect(words).toMatch(/^the key .*, or range .*, or expected number$/);
});
