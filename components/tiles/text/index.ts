import { defineTile, mayBe } from "../definition";
import { type TextOptions, textOptions } from "./options";
import { TextTile } from "./Tile";

/** A text as the device reports it; with a text command also an input. */
export const text = defineTile<TextOptions>({
  id: "text",
  label: "tiles.textLabel",
  needs: "tiles.textNeeds",
  fit: (point) => {
    if (point.command?.kind === "text") return 3;
    return point.type === "text" ? 2 : mayBe(point, "text") ? 0.5 : 0;
  },
  size: { w: 2, h: 1, phone: 1 },
  wide: (point) => point.command?.kind === "text",
  options: textOptions,
  Tile: TextTile,
});
