"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { type Live, useLive } from "../live/LiveProvider";
import { type Crosshair, type CrosshairState, createCrosshair } from "./crosshair";
import { createFeed, type Feed, type FeedState } from "./feed";
import { loadHistories } from "./history";

/** A feed that lives as long as the component. */
export function useFeed(): Feed {
  const { store } = useLive();
  const [feed] = useState(() => createFeed(store, loadHistories));
  useEffect(() => feed.start(), [feed]);
  return feed;
}

/** Renders with every change, so it is only for leaf components. */
export const useFeedState = (feed: Feed): FeedState => useSyncExternalStore(feed.subscribe, feed.get, feed.get);

export function useCrosshair(): Crosshair {
  const [crosshair] = useState(createCrosshair);
  return crosshair;
}

export const useCrosshairState = (crosshair: Crosshair): CrosshairState | undefined =>
  useSyncExternalStore(crosshair.subscribe, crosshair.get, crosshair.get);

/** The server's exact time, for the right edge of a chart. Until its clock is known, the time of the first paint. */
export function serverNow({ store, ticker }: Pick<Live, "store" | "ticker">): number {
  const { clockOffset } = store.getState();
  return clockOffset === undefined ? ticker.paintedAt() : Date.now() + clockOffset;
}
