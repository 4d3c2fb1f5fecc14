import { inWords, type SaidText, say } from "./texts/said";

/** A length of time in tenths of a second, rounded up: nobody is told to wait 0.0 s, or to come back too early. */
export const secondsSaid = (ms: number): SaidText =>
  say("kit.seconds", { n: (Math.max(1, Math.ceil(ms / 100)) / 10).toFixed(1) });

/** The same in words. */
export const secondsText = (ms: number): string => inWords(secondsSaid(ms));
