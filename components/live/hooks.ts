"use client";

import { useCallback, useRef, useSyncExternalStore } from "react";
import { shallow } from "zustand/shallow";
import type { BrokerState } from "@/lib/broker";
import type { PointId } from "@/lib/ids";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { disabledReason } from "./disabled";
import { endAll } from "./endAll";
import { useLive } from "./LiveProvider";
import type { Connection, Gesture, LiveData, PointView } from "./store";

/** Decides when a component renders after a change of its point: in a tile off the screen later, together with others. */
export type Pace = (listener: () => void) => { changed(): void; stop(): void };

/**
 * The part of a point that `select` returns; the component renders again only when that changes. `select` must return the same primitive
 * or reference while nothing has changed. Its argument is undefined where the page does not know the point (removed, or not allowed).
 * Without a `pace` the component renders at once.
 */
export function usePoint<T>(id: PointId | undefined, select: (point: PointView | undefined) => T, pace?: Pace): T {
  const { store } = useLive();
  const subscribe = useCallback(
    (listener: () => void) => {
      if (id === undefined) return () => undefined;
      if (!pace) return store.onPoint(id, listener);
      const paced = pace(listener);
      const end = store.onPoint(id, paced.changed);
      return () => {
        end();
        paced.stop();
      };
    },
    [store, id, pace],
  );
  const pointIn = ({ points }: LiveData) => select(id === undefined ? undefined : points.get(id));
  return useSyncExternalStore(
    subscribe,
    () => pointIn(store.getState()),
    () => pointIn(store.getInitialState()),
  );
}

/** The infos of these points, in their order, without those that the page does not know. The same array while none of them changes. */
export function usePointInfos(ids: readonly PointId[]): readonly PointInfo[] {
  const { store } = useLive();
  const last = useRef<readonly PointInfo[]>([]);
  const subscribe = useCallback(
    (listener: () => void) => endAll(...ids.map((id) => store.onPoint(id, listener))),
    [store, ids],
  );
  const infosIn = ({ points }: LiveData): readonly PointInfo[] => {
    const infos = ids.flatMap((id) => points.get(id)?.info ?? []);
    if (!shallow(last.current, infos)) last.current = infos;
    return last.current;
  };
  return useSyncExternalStore(
    subscribe,
    () => infosIn(store.getState()),
    () => infosIn(store.getInitialState()),
  );
}

/** The part of the page's own state that `select` returns; not called when readings arrive. */
function usePage<T>(select: (page: LiveData) => T): T {
  const { store } = useLive();
  return useSyncExternalStore(
    store.onPage,
    () => select(store.getState()),
    () => select(store.getInitialState()),
  );
}

/** The ids of the view's points, in its order. The same array while the view does not change. */
export const usePointIds = (): readonly PointId[] => usePage(({ ids }) => ids);

export const useConnection = (): Connection => usePage(({ connection }) => connection);

export const useBrokers = (): readonly BrokerState[] => usePage(({ brokers }) => brokers);

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
  const { link } = useLive();
  const info = usePoint(id, (point) => point?.info);
  const command = usePoint(id, (point) => point?.command);
  const offline = usePoint(id, (point) => (point?.status.freshness === "offline" ? point.status : undefined));
  const waitsFor = usePage(({ brokers }) => {
    const broker = brokers.find((one) => one.id === info?.broker);
    return broker?.state === "connected" && broker.takesCommands === false ? broker.name : undefined;
  });
  const newest = useConnection();
  const gesture = usePage(({ gestures }) => gestures.get(id));
  const sender = link?.sender;
  // The store may be live before this tile was rendered with a sender: without one, a press would be lost.
  const connection = sender ? newest : CONNECTING;
  const send = useCallback<CommandControl["send"]>((value, options) => sender?.send(id, value, options), [sender, id]);
  const slide = useCallback<CommandControl["slide"]>((value) => sender?.slide(id, value), [sender, id]);
  const dismiss = useCallback(async () => sender?.dismiss(id), [sender, id]);
  // Once the server has published the gesture's command, that says everything.
  const told = gesture && gesture.phase !== "asking" && command?.id === gesture.id;
  return {
    send,
    slide,
    dismiss,
    gesture: told ? undefined : gesture,
    command,
    disabledReason: disabledReason(info, offline, connection, waitsFor),
    connecting: connection.state === "connecting",
  };
}
