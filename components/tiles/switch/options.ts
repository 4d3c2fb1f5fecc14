import { optionsOf, word } from "../shared/options";

/** Words for the two positions. */
export interface SwitchOptions {
  on: string;
  off: string;
}
export const switchOptions = optionsOf<SwitchOptions>({ on: word("On"), off: word("Off") });
