import type english from "./compiled/en.json";
import type { TextArgs } from "./compiled/keys";
import { type CompiledText, formatParts } from "./format";

type Catalogue = typeof english;

/** Namespace and name, as in "ui.cancel". */
export type TextKey = { [S in keyof Catalogue]: `${S}.${keyof Catalogue[S] & string}` }[keyof Catalogue];

/** What a text may be given for `{name}`: a number for people is written by lib/units first, a time by lib/units/time. */
type Plain = TextArgs<string | number, never>;

/** The keys of texts that need nothing, as tables of labels hold them. */
export type PlainKey = Exclude<TextKey, keyof Plain>;

/** Nothing, or exactly what the text names. */
export type ArgsOf<Args, K extends TextKey> = K extends keyof Args ? [args: Args[K]] : [];

/** Compiled texts by namespace and name, as a page is given them. */
export interface Texts {
  locale: string;
  spaces: Readonly<Record<string, Readonly<Record<string, CompiledText>>>>;
}

const known: { locale: string; spaces: Record<string, Readonly<Record<string, CompiledText>>> } = {
  locale: "en",
  spaces: {},
};

/** Before anything asks for them: the server adds all, a page those that its HTML brought. */
export function addTexts({ locale, spaces }: Texts): void {
  if (locale !== known.locale) known.spaces = {};
  known.locale = locale;
  Object.assign(known.spaces, spaces);
}

declare const worded: unique symbol;
/** Words as they are read. Branded, so that a literal is none: it would be English for every reader. */
export type Wording = string & { readonly [worded]: true };

/** Words that have no key: of a person, a broker, a library or an older version. What Telltale says itself has one. */
export const asWording = (text: string): Wording => text as Wording;

/** A text in parts. Without its namespace the key itself is shown: a page that works with an ugly word beats none. */
export function textParts(key: string, args: Readonly<Record<string, unknown>> = {}): readonly unknown[] {
  const dot = key.indexOf(".");
  const text = known.spaces[key.slice(0, dot)]?.[key.slice(dot + 1)] ?? key;
  return typeof text === "string" ? [text] : formatParts(text, known.locale, args);
}

/**
 * The text of that key in the reader's language. Asked for when it is shown, never while a module is loaded: the server's modules are
 * shared by readers of all languages.
 */
export const t = <K extends TextKey>(key: K, ...[args]: ArgsOf<Plain, K>): Wording =>
  asWording(textParts(key, args).join(""));
