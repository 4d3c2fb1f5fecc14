"use client";

import { useEffect } from "react";
import { useConnection } from "@/components/live/hooks";
import type { Connection } from "@/components/live/store";
import type { Counts } from "@/lib/pointState";
import { FAVICONS, type FaviconState } from "./favicons";

export function faviconOf(connection: Connection["state"], { warning, critical }: Counts): FaviconState {
  if (connection !== "live" && connection !== "connecting") return "lost";
  if (critical > 0) return "critical";
  return warning > 0 ? "warning" : "live";
}

/** The tab's icon follows the page's states, for whoever looks at another tab. Draws nothing on the page. */
export function Favicon({ counts }: { counts: Counts }) {
  const state = faviconOf(useConnection().state, counts);
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (!link) return;
    link.setAttribute("href", FAVICONS[state]);
    return () => link.setAttribute("href", FAVICONS.live);
  }, [state]);
  return null;
}
