import { defineTile } from "../definition";
import { type PictureOptions, pictureOptions } from "./options";
import { PictureTile } from "./Tile";
import "./picture.css";

/** The newest picture of a camera. */
export const picture = defineTile<PictureOptions>({
  id: "picture",
  aliases: ["image", "camera"],
  label: "tiles.pictureLabel",
  needs: "tiles.pictureNeeds",
  fit: (point) => (point.holds === "picture" ? 4 : 0),
  size: { w: 3, h: 6, phone: 2 },
  options: pictureOptions,
  Tile: PictureTile,
});
