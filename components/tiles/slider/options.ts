import { z } from "zod";

export const SliderOptions = z.strictObject({});
export type SliderOptions = z.infer<typeof SliderOptions>;
