"use client";

import { useCallback, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { BrokerState } from "@/lib/broker";
import type { PointId } from "@/lib/ids";
import type { Value } from "@/lib/reading";
import { disabledReason } from "./disabled";
import { useLive } from "./LiveProvider";
import type { Connection, Gesture, LiveData, PointView } from "./store";

/** The point with its current value; undefined: the page does not know it (removed, or not allowed). */
export function usePoint(id: PointId | undefined): PointView | undefined {
  return useStore(useLive().store, (state) => (id === undefined ? undefined : state.points.get(id)));
}

/** The ids of the view's points, in its order. The same array while the view does not change. */
export function usePointIds(): readonly PointId[] {
  return useStore(useLive().store, (state: LiveData) => state.ids);
}

export function useConnection(): Connection {
  return useStore(useLive().store, (state: LiveData) => state.connection);
}

export function useBrokers(): readonly BrokerState[] {
  return useStore(useLive().store, (state: LiveData) => state.brokers);
}

/** The server's time in epoch ms, updated once a second; in the first paint the time at which the server rendered it. */
export function useNow(): number {
  const { ticker } = useLive();
  return useSyncExternalStore(ticker.subscribe, ticker.now, ticker.paintedAt);
}

export interface CommandControl {
  send(value: Value, options?: { confirmed?: boolean }): void;
  /** For a moving slider. */
  slide(value: Value): void;
  /** Dismisses the note about the last command. Resolves with the reason if that failed. */
  dismiss(): Promise<string | undefined>;
  /** The person's own last gesture, until the server's command includes it: asking, refused or unanswered. */
  gesture: Gesture | undefined;
  /** The command that everyone sees: the one in flight, or the last one. */
  command: PointView["command"];
  /** Why nothing can be sent now, in words; undefined if commands can be sent. */
  disabledReason: string | undefined;
  /** The page is still connecting: everything is disabled for a moment. */
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
  // The store may be live before this tile was rendered with a sender: without one, a press would be lost.
  const connection = sender ? newest : CONNECTING;
  const send = useCallback<CommandControl["send"]>((value, options) => sender?.send(id, value, options), [sender, id]);
  const slide = useCallback<CommandControl["slide"]>((value) => sender?.slide(id, value), [sender, id]);
  const dismiss = useCallback(async () => sender?.dismiss(id), [sender, id]);
  // Once the server has published the gesture's command, that says everything.
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
