import { optionsOf } from "../shared/options";

export type NumberOptions = Record<never, never>;
export const numberOptions = optionsOf<NumberOptions>({});
