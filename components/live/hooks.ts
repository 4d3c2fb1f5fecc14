"use client";

import { useCallback, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { BrokerState } from "@/lib/broker";
import type { PointId } from "@/lib/ids";
import type { Value } from "@/lib/reading";
import { disabledReason } from "./disabled";
import { useLive } from "./LiveProvider";
import type { Connection, Gesture, LiveData, PointView } from "./store";

/** The point with its present reading; undefined: the page does not know it (gone, or not allowed). */
export function usePoint(id: PointId | undefined): PointView | undefined {
  return useStore(useLive().store, (state) => (id === undefined ? undefined : state.points.get(id)));
}

/** The points of the view, in its order. The same array while the view does not change. */
export function usePointIds(): readonly PointId[] {
  return useStore(useLive().store, (state: LiveData) => state.ids);
}

export function useConnection(): Connection {
  return useStore(useLive().store, (state: LiveData) => state.connection);
}

export function useBrokers(): readonly BrokerState[] {
  return useStore(useLive().store, (state: LiveData) => state.brokers);
}

/** The server's time in epoch ms, once a second; in the first paint the time at which the server painted. */
export function useNow(): number {
  const { ticker } = useLive();
  return useSyncExternalStore(ticker.subscribe, ticker.now, ticker.paintedAt);
}

export interface CommandControl {
  send(value: Value, options?: { confirmed?: boolean }): void;
  /** For a slider in motion. */
  slide(value: Value): void;
  /** The person has read what became of it. Answers why it could not be taken off, if so. */
  dismiss(): Promise<string | undefined>;
  /** The person's own last gesture while the server's command does not tell of it: asking, refused, unanswered. */
  gesture: Gesture | undefined;
  /** What everyone sees: in flight, or the last ended one. */
  command: PointView["command"];
  /** Why nothing can be sent now, for people; undefined: go ahead. */
  disabledReason: string | undefined;
  /** The page is still coming alive: everything is disabled for a moment. */
  connecting: boolean;
}

const CONNECTING: Connection = { state: "connecting" };

export function useCommand(id: PointId): CommandControl {
  const { store, link } = useLive();
  const point = usePoint(id);
  const waitsFor = useStore(store, ({ brokers }: LiveData) => {
    const broker = brokers.find((one) => one.id === point?.info.broker);
    return broker?.state === "connected" && broker.takesCommands === false ? broker.name : undefined;
  });
  const newest = useConnection();
  const gesture = useStore(store, (state: LiveData) => state.gestures.get(id));
  const sender = link?.sender;
  // The store may know that the connection is live before this tile was rendered with it: a press must not go to nobody.
  const connection = sender ? newest : CONNECTING;
  const send = useCallback<CommandControl["send"]>((value, options) => sender?.send(id, value, options), [sender, id]);
  const slide = useCallback<CommandControl["slide"]>((value) => sender?.slide(id, value), [sender, id]);
  const dismiss = useCallback(async () => sender?.dismiss(id), [sender, id]);
  // What the server says of it to everyone says it all.
  const told = gesture && gesture.phase !== "asking" && point?.command?.id === gesture.id;
  return {
    send,
    slide,
    dismiss,
    gesture: told ? undefined : gesture,
    command: point?.command,
    disabledReason: disabledReason(point, connection, waitsFor),
    connecting: connection.state === "connecting",
  };
}
