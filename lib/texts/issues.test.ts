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

test("MS-34: what a schema says of a field is a text beside its words, and zod's own words stay words", () => {
  const said = say("schema.valueKey");
  const words = 'the key of a value must be 1 to 64 of letters, digits, "-" and "_"';
  expect(issuesOf(MADE, { key: "b", more: [] })).toEqual([["key", words, said]]);
  expect(issuesOf(MADE, { key: "ab", more: [] })).toEqual([["key", expect.any(String), say("schema.range")]]);
  expect(issuesOf(MADE, { key: "abc", more: [] })).toEqual([
    ["key", expect.stringMatching(/^"abc" is not a duration/), say("schema.duration", { text: "abc" })],
  ]);
  expect(issuesOf(MADE, { key: "a", more: ["x", "y"] })).toEqual([
    ["more", expect.stringMatching(/^Too big/), expect.stringMatching(/^Too big/)],
  ]);
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
