import { defineTile } from "../definition";
import { type SliderOptions, sliderOptions } from "./options";
import { SliderTile } from "./Tile";
import "./slider.css";

/** A number that is set by a slider. Chosen by default if both limits are known; else a number field is better. */
export const slider = defineTile<SliderOptions>({
  id: "slider",
  aliases: ["dimmer"],
  label: "tiles.sliderLabel",
  needs: "tiles.numberNeeds",
  fit: ({ command, range }) => {
    if (command?.kind !== "number") return 0;
    return range || (command.min !== undefined && command.max !== undefined) ? 4 : 1.5;
  },
  size: { w: 2, h: 1, phone: 2 },
  options: sliderOptions,
  Tile: SliderTile,
});
