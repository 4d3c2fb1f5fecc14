"use client";

import { createContext, type ReactNode, startTransition, useContext, useEffect, useRef, useState } from "react";
import type { Snapshot, View } from "@/lib/protocol";
import { createConnection, type LiveConnection, onPageWake } from "./connection";
import { createGestureSender, type GestureSender } from "./gestureSender";
import { pageReload } from "./pageReload";
import { createSeriesBuffers, type SeriesBuffers } from "./seriesBuffer";
import { createServerStamps } from "./serverStamps";
import { createSocket, type LiveSocket } from "./socket";
import { createLiveStore, type LiveStore } from "./store";
import { createTicker, type Ticker } from "./ticker";

export interface Live {
  readonly store: LiveStore;
  readonly ticker: Ticker;
  /** Undefined on the server and until the page has connected. */
  readonly link:
    | { sender: GestureSender; series: SeriesBuffers; socket: LiveSocket; look: LiveConnection["look"] }
    | undefined;
}

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("live hooks need a <LiveProvider> around them");
  return live;
}

interface LiveProviderProps {
  view: View;
  /** What the server rendered; the socket continues from its revision. */
  snapshot: Snapshot;
  onSignedOut?: () => void;
  onCatalogChanged?: () => void;
  children: ReactNode;
}

/** Connects the components below it to live values. Its `key` must name the view: another view needs another connection. */
export function LiveProvider({ view, snapshot, onSignedOut, onCatalogChanged, children }: LiveProviderProps) {
  const [{ store, ticker }] = useState(() => {
    const store = createLiveStore(snapshot);
    return { store, ticker: createTicker(store, snapshot.now) };
  });
  const [link, setLink] = useState<Live["link"]>();
  const callbacks = useRef({ onSignedOut, onCatalogChanged });
  useEffect(() => {
    callbacks.current = { onSignedOut, onCatalogChanged };
  });
  // Compared by content, since callers may pass a new object each time.
  const viewKey = JSON.stringify(view);

  useEffect(() => {
    const socket = createSocket();
    const stamps = createServerStamps();
    const connection = createConnection({
      socket,
      store,
      stamps,
      view: JSON.parse(viewKey) as View,
      onWake: onPageWake,
      reload: pageReload,
      onSignedOut: () => callbacks.current.onSignedOut?.(),
      onCatalogChanged: () => callbacks.current.onCatalogChanged?.(),
    });
    const sender = createGestureSender({ socket, store, stamps });
    const series = createSeriesBuffers(socket, store);
    // This renders every tile with a control, so it is a transition: the page stays responsive.
    startTransition(() => setLink({ socket, sender, series, look: connection.look }));
    connection.start();
    return () => {
      series.stop();
      sender.stop();
      connection.stop();
      setLink(undefined);
    };
  }, [store, viewKey]);

  return <LiveContext value={{ store, ticker, link }}>{children}</LiveContext>;
}
