import { defineTile } from "../definition";
import { type SelectOptions, selectOptions } from "./options";
import { SelectTile } from "./Tile";

/** A choice of a few options. */
export const select = defineTile<SelectOptions>({
  id: "select",
  label: "tiles.selectLabel",
  needs: "tiles.selectNeeds",
  fit: ({ command }) => (command?.kind === "select" ? 4 : 0),
  size: { w: 2, h: 1, phone: 2 },
  options: selectOptions,
  Tile: SelectTile,
});
