import type { TextArgs } from "./compiled/keys";
import { type ArgsOf, asWording, type TextKey, textParts, type Wording } from "./t";

export { asWording };

/** A text as the server says it, before anybody knows in which language it is read: its key, and what it is given. */
export interface SaidText {
  code: string;
  args?: Record<string, SaidArg> | undefined;
}

/** A text may hold another one, as the reason why. */
export type SaidArg = string | number | SaidText;

/** What travels and is stored for people: a text, or words that have no key. */
export type Said = Wording | SaidText;

type Sayable = TextArgs<SaidArg | Said, never>;

/** Says a text of the catalogue. It becomes words where it is read: in a page, an answer over HTTP, a mail. */
export const say = <K extends TextKey>(code: K, ...[args]: ArgsOf<Sayable, K>): SaidText =>
  args === undefined ? { code } : { code, args: args as Record<string, SaidArg> };

/** Several as one: what stands between them is the language's. */
export const sayList = (list: readonly Said[], key: "kit.list" | "kit.reasons"): Said =>
  list.length === 0 ? asWording("") : list.reduceRight((rest, first) => say(key, { first, rest }));

/** Whether something of a journal or a store is one: rows of older versions hold a plain text. */
export const isSaid = (given: unknown): given is Said =>
  typeof given === "string" ||
  (typeof given === "object" && given !== null && "code" in given && typeof given.code === "string");

/** Whether both are the same words: each place that says a text makes an object of its own. */
export const isSameSaid = (a: Said | undefined, b: Said | undefined): boolean =>
  a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b));

/** The words, in the reader's language. What has no key is shown as it is. */
export function inWords(said: SaidText | string): Wording {
  if (typeof said === "string") return asWording(said);
  const args = Object.entries(said.args ?? {}).map(([name, given]) => [
    name,
    typeof given === "object" ? inWords(given) : given,
  ]);
  return asWording(textParts(said.code, Object.fromEntries(args)).join(""));
}
