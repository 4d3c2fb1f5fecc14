import { inWords, isSaid } from "./said";

/** For `toMatchObject`: a text that holds these words when it is read. */
export const saying = (words: string | RegExp): unknown => ({
  asymmetricMatch: (said: unknown): boolean =>
    isSaid(said) && (typeof words === "string" ? inWords(said).includes(words) : words.test(inWords(said))),
});
