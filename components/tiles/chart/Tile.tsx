"use client";

import dynamic from "next/dynamic";
import type { TileProps } from "../definition";
import type { ChartOptions } from "./options";

/** Loaded on demand, so that pages without a chart do not load the plot. */
const TileChart = dynamic(() => import("./TileChart").then((m) => m.TileChart), {
  ssr: false,
  loading: () => <div className="chart-room" />,
});

export function ChartTile(props: TileProps<ChartOptions>) {
  return <TileChart {...props} />;
}
