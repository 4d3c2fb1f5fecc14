import dynamic from "next/dynamic";
import { defineTile } from "../definition";
import { type ChartOptions, chartOptions } from "./options";
import { ChartTile } from "./Tile";
import "./chart.css";

/** The history of one to eight points, from the last hour to thirty days. Numbers are lines, states are lanes. */
export const chart = defineTile<ChartOptions>({
  id: "chart",
  aliases: ["graph", "history"],
  label: "tiles.chartLabel",
  needs: "tiles.chartNeeds",
  fit: (point) => (point.command?.assumed ? 0 : 1),
  size: { w: 5, h: 4, phone: 2 },
  options: chartOptions,
  Tile: ChartTile,
  Settings: dynamic(() => import("./Settings").then((m) => m.ChartSettings), { ssr: false }),
});
