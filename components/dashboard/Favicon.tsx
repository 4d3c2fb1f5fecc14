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

/** Sets the tab's icon by the page's states, so that they are visible from other tabs. Renders nothing. */
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
