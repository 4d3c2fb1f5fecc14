import { optionsOf } from "../shared/options";

export type PictureOptions = Record<string, never>;
export const pictureOptions = optionsOf<PictureOptions>({});
