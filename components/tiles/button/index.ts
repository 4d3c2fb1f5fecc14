import { defineTile } from "../definition";
import { type ButtonOptions, buttonOptions } from "./options";
import { ButtonTile } from "./Tile";
import "./button.css";

/** A button: each press sends one message. */
export const button = defineTile<ButtonOptions>({
  id: "button",
  aliases: ["press"],
  label: "tiles.buttonLabel",
  needs: "tiles.buttonNeeds",
  fit: ({ command }) => (command?.kind === "button" ? 4 : 0),
  size: { w: 2, h: 1, phone: 2 },
  options: buttonOptions,
  Tile: ButtonTile,
});
