import { optionsOf } from "../shared/options";

export type SelectOptions = Record<never, never>;
export const selectOptions = optionsOf<SelectOptions>({});
