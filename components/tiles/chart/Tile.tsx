"use client";

import dynamic from "next/dynamic";
import type { TileProps } from "../definition";
import type { ChartOptions } from "./options";

/** The plot comes when there is a chart to draw: a page without one does not pay for it. */
const TileChart = dynamic(() => import("./TileChart").then((m) => m.TileChart), {
  ssr: false,
  loading: () => <div className="chart-room" />,
});

export function ChartTile(props: TileProps<ChartOptions>) {
  return <TileChart {...props} />;
}
