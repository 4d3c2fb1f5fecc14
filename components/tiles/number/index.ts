import { defineTile } from "../definition";
import { type NumberOptions, numberOptions } from "./options";
import { NumberTile } from "./Tile";

/** A number that is typed and set. */
export const number = defineTile<NumberOptions>({
  id: "number",
  label: "tiles.numberLabel",
  needs: "tiles.numberNeeds",
  fit: ({ command }) => (command?.kind === "number" ? 3 : 0),
  size: { w: 2, h: 1, phone: 2 },
  options: numberOptions,
  Tile: NumberTile,
});
