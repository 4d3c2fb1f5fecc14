"use client";

import { type ReactNode, useState } from "react";
import type { Snapshot } from "@/lib/protocol";
import { type Live, LiveContext } from "./LiveProvider";
import { NO_SERIES } from "./seriesBuffer";
import { createLiveStore } from "./store";
import { createTicker } from "./ticker";

const nothing = (): void => undefined;

/** Controls are as on a connected page, and do nothing. */
const NOWHERE = {
  sender: { send: nothing, slide: nothing, dismiss: async () => undefined, stop: nothing },
  series: { subscribe: () => nothing, get: () => NO_SERIES, stop: nothing },
  look: nothing,
} as unknown as Live["link"];

/** Values that stay as they are, as on a page whose connection is whole: for the gallery, without a socket. */
export function StillProvider({ snapshot, children }: { snapshot: Snapshot; children: ReactNode }) {
  const [live] = useState(() => {
    const store = createLiveStore(snapshot);
    store.setConnection({ state: "live" });
    return { store, ticker: createTicker(store, snapshot.now), link: NOWHERE };
  });
  return <LiveContext value={live}>{children}</LiveContext>;
}
