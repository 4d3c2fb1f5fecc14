/**
 * The whole catalogue: for the server and for Next's server components. A module that runs in browsers never imports it (the check of
 * directions), or all texts would be in every page's JavaScript.
 */
import english from "./compiled/en.json";
import { addTexts, type Texts } from "./t";

const spaces = english as unknown as Texts["spaces"];
addTexts({ locale: "en", spaces });

export type TextSpace = keyof typeof english;

/** What a page hands to its part in the browser. */
export const textsOf = (...names: readonly TextSpace[]): Texts => ({
  locale: "en",
  spaces: Object.fromEntries(names.map((name) => [name, spaces[name] ?? {}])),
});

export { t } from "./t";
