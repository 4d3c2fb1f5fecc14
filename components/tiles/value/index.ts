import { defineTile } from "../definition";
import { type ValueOptions, valueOptions } from "./options";
import { ValueTile } from "./Tile";
import "./value.css";

/** Any value; a number also with a trace of the last minutes. */
export const value = defineTile<ValueOptions>({
  id: "value",
  aliases: ["sensor"],
  label: "tiles.valueLabel",
  needs: "tiles.valueNeeds",
  fit: () => 1,
  size: { w: 2, h: 1, phone: 1 },
  options: valueOptions,
  Tile: ValueTile,
});
