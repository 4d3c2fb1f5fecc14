import { defineTile, mayBe } from "../definition";
import { type GaugeOptions, gaugeOptions } from "./options";
import { GaugeTile } from "./Tile";
import "./gauge.css";

/** A number on a dial. Chosen by default only for points with thresholds, where the dial shows more than the number. */
export const gauge = defineTile<GaugeOptions>({
  id: "gauge",
  label: "tiles.gaugeLabel",
  needs: "tiles.gaugeNeeds",
  fit: (point) => (!mayBe(point, "number") ? 0 : point.range && point.thresholds?.length && !point.command ? 3 : 0.5),
  size: { w: 2, h: 1, phone: 1 },
  options: gaugeOptions,
  Tile: GaugeTile,
});
