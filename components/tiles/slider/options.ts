import { optionsOf } from "../shared/options";

export type SliderOptions = Record<never, never>;
export const sliderOptions = optionsOf<SliderOptions>({});
