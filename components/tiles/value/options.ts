import { flag, optionsOf } from "../shared/options";

export interface ValueOptions {
  /** Draws the last minutes as a line behind the foot. */
  trace: boolean;
}
export const valueOptions = optionsOf<ValueOptions>({ trace: flag(true) });
