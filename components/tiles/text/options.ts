import { optionsOf } from "../shared/options";

export type TextOptions = Record<never, never>;
export const textOptions = optionsOf<TextOptions>({});
