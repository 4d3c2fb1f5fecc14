import type { z } from "zod";
import { asWording, inWords, isSaid, isSameSaid, type Said, type SaidText, say } from "./said";
import { saidByZod } from "./zodTexts";

/**
 * What a schema says of a field. zod wants words as an issue's `message`; the text itself goes along as `said`, for whoever writes the
 * words later.
 */

/** For a check of zod: `.regex(SLUG, withText(say("schema.slug")))`. */
export const withText = (said: SaidText) => ({ error: (issue: object) => explain(issue, said) });

/** For zod's `error`, where the text depends on what was given. zod copies what it is told of an issue when it has its words. */
export function explain(issue: object, said: SaidText): string {
  Object.assign(issue, { said });
  return inWords(said);
}

/** For `ctx.addIssue`. */
export const issueOf = (said: Said, ...path: PropertyKey[]) =>
  ({ code: "custom", path, message: inWords(said), said }) as const;

/** What an issue says: the schema's own text, or one for what zod says. */
export function saidOf(issue: z.core.$ZodIssue): Said {
  const { said } = issue as { said?: unknown };
  return isSaid(said) ? said : saidByZod(issue);
}

/** What several branches of a union want, each once. */
export function eitherOf(wanted: readonly Said[]): Said {
  const [first = asWording(""), ...others] = wanted.filter(
    (one, i) => wanted.findIndex((other) => isSameSaid(one, other)) === i,
  );
  return others.reduce<Said>((one, other) => say("schema.or", { one, other }), first);
}
