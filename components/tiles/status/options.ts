import { optionsOf, word } from "../shared/options";

/** Words for true and false: open and closed, dry and wet, … */
export interface StatusOptions {
  on: string;
  off: string;
}
export const statusOptions = optionsOf<StatusOptions>({ on: word("On"), off: word("Off") });
