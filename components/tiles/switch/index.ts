import { defineTile } from "../definition";
import { type OnOffOptions, onOffOptions, onOffWords } from "../shared/onOff";
import { SwitchTile } from "./Tile";
import "./switch.css";

/** A switch. It shows the reported state, never the requested one. */
export const switchTile = defineTile<OnOffOptions>({
  id: "switch",
  aliases: ["toggle"],
  label: "tiles.switchLabel",
  needs: "tiles.switchNeeds",
  fit: (point) => (point.command?.kind === "switch" ? 4 : 0),
  size: { w: 2, h: 1, phone: 2 },
  options: onOffOptions,
  words: onOffWords,
  Tile: SwitchTile,
});
