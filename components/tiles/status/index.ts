import { defineTile, mayBe } from "../definition";
import { type OnOffOptions, onOffOptions, onOffWords } from "../shared/onOff";
import { StatusTile } from "./Tile";
import "./status.css";

/** A boolean, as a mark and a word. */
export const status = defineTile<OnOffOptions>({
  id: "status",
  aliases: ["boolean"],
  label: "tiles.statusLabel",
  needs: "tiles.statusNeeds",
  fit: (point) => (point.type === "boolean" ? 2 : mayBe(point, "boolean") ? 0.5 : 0),
  size: { w: 2, h: 1, phone: 1 },
  options: onOffOptions,
  words: onOffWords,
  Tile: StatusTile,
});
