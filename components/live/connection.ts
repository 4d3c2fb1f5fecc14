import type { Clock } from "@/lib/clock";
import type { CatchUp, CloseReason, Reply, ServerEvents, View } from "@/lib/protocol";
import { SILENCE_MS } from "@/lib/protocolLimits";
import { asWording, type Said } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import type { ServerStamps } from "./serverStamps";
import { createSilence } from "./silence";
import type { LiveSocket, Refusal } from "./socket";
import type { LiveStore } from "./store";
import { pageTimers } from "./timers";

/**
 * Keeps the store up to date with the server. First paint, reconnecting, a gap in the frames and waking from sleep are one path: catch up
 * from the page's position. The handshake ensures that the server has the same version, so its messages are not validated.
 * Rules FR-60 … FR-63 of lib/SPEC.md.
 */
export interface LiveConnection {
  /** Changes the view: the same connection, another room. */
  look(view: View): void;
  start(): void;
  stop(): void;
}

export interface ConnectionParts {
  socket: LiveSocket;
  store: LiveStore;
  stamps: ServerStamps;
  view: View;
  timers?: Clock;
  /** Registers a listener for when the page may have slept; returns how to remove it. */
  onWake?(wake: () => void): () => void;
  onSignedOut?(): void;
  /** Loads the page anew, for one that the server's version fits. Absent: left to the person. */
  reload?: { waitMs(): number; reload(): void };
  /** The navigation is out of date. */
  onCatalogChanged?(): void;
}

const ANSWER_MS = 5000;
/** A shorter timeout, since a connection is often dead after waking. */
const WAKE_ANSWER_MS = 2000;
const RETRY_MS = 1000;
const SILENCE_CHECK_MS = 1000;
/** The shortest time between two joins of a view whose points change all the time (new topics of a wildcard). */
const REJOIN_MS = 1000;

/** When to reconnect after a goodbye, in ms; `stay`: not automatically. */
const AFTER_GOODBYE: Record<CloseReason, number | "stay"> = {
  "signed-out": "stay",
  version: "stay",
  "too-many-errors": "stay",
  "rights-changed": 0,
  "server-stopping": 500,
  "too-slow": 5000,
  "too-many-pages": 30_000,
};

/** What to do after the answer. `rejoin`: the set of points or the rights changed. `look`: the view changed, so the answer is useless. */
type Next = "rejoin" | "look" | undefined;

/**
 * The page's membership in its room. A change of the view while a request is pending is handled after the answer, which may be from
 * before the change. `dismissed`: the server said goodbye and is about to close the connection.
 */
type Membership =
  | { state: "stopped" }
  | { state: "none" }
  | { state: "joining"; next: Next }
  | { state: "member" }
  | { state: "syncing"; next: Next }
  | { state: "dismissed"; code: CloseReason; message: Said };

export function createConnection(parts: ConnectionParts): LiveConnection {
  const { socket, store, stamps, onSignedOut, onCatalogChanged, reload } = parts;
  let { view } = parts;
  const timers = parts.timers ?? pageTimers;
  const silence = createSilence(timers);
  let membership: Membership = { state: "stopped" };
  /** By the monotonic clock. */
  let joinedAt = Number.NEGATIVE_INFINITY;
  const pending = new Set<() => void>();
  const undo: (() => void)[] = [];

  function later(ms: number, run: () => void): void {
    const cancel = timers.after(ms, () => {
      pending.delete(cancel);
      run();
    });
    pending.add(cancel);
  }

  /** Whether it is connected and no request is pending. */
  const mayAsk = (): boolean => socket.connected && (membership.state === "none" || membership.state === "member");
  const isMember = (): boolean => membership.state === "member" || membership.state === "syncing";

  const tellSilent = (): void => store.setConnection({ state: "silent", since: silence.since() });

  function heard(stamp?: { epoch: string; now: number }): void {
    silence.end();
    if (stamp) stamps.heard(stamp);
    if (isMember() && store.getState().connection.state === "silent") store.setConnection({ state: "live" });
  }

  function refuse(code: CloseReason | "not-found", message: Said): void {
    store.setConnection({ state: "refused", code, message });
    socket.disconnect();
    if (code === "signed-out") onSignedOut?.();
    if (code === "version") reloadOrRetry();
  }

  /** While a reload has to wait: where nodes of two versions run, another one may have the page's. */
  function reloadOrRetry(): void {
    if (!reload) return;
    const wait = reload.waitMs();
    if (wait > 0) later(Math.min(wait, RETRY_MS), () => (reload.waitMs() > 0 ? socket.connect() : reload.reload()));
    else reload.reload();
  }

  function answered(error: Error | null, reply: Reply<CatchUp> | undefined): void {
    const before = membership;
    if (!socket.connected || (before.state !== "joining" && before.state !== "syncing")) return;
    if (before.next === "look") {
      membership = { state: "none" };
      join(true);
      return;
    }
    const rejoin = before.next === "rejoin";
    if (error || !reply) {
      membership = { state: "none" };
      later(RETRY_MS, () => join(rejoin));
      return;
    }
    heard(reply.ok ? reply.value : undefined);
    if (!reply.ok) {
      membership = { state: "none" };
      if (reply.code === "not-found" && before.state === "joining") refuse("not-found", reply.message);
      else later(RETRY_MS, () => join(rejoin));
      return;
    }
    if (!store.catchUp(reply.value, timers.now())) {
      membership = { state: "none" };
      join(true);
      return;
    }
    membership = { state: "member" };
    store.setConnection({ state: "live" });
    if (rejoin) rejoinSoon();
  }

  /** Joins the view's room and gets what was missed since the page's position. */
  function join(fromScratch = false): void {
    if (!mayAsk()) return;
    membership = { state: "joining", next: undefined };
    joinedAt = timers.monotonic();
    const { room, position } = store.getState();
    const request = fromScratch ? { view } : { view, room, since: position };
    socket.timeout(ANSWER_MS).emit("view:watch", request, answered);
  }

  /** Joins again from scratch, because the set of points or the rights changed. */
  function rejoinSoon(): void {
    later(Math.max(0, joinedAt + REJOIN_MS - timers.monotonic()), () => {
      if (membership.state === "joining" || membership.state === "syncing") membership.next ??= "rejoin";
      else join(true);
    });
  }

  /** Gets what was missed, without leaving the room. */
  function sync(): void {
    if (!mayAsk()) return;
    if (membership.state === "none") {
      join();
      return;
    }
    membership = { state: "syncing", next: undefined };
    const { room, position } = store.getState();
    socket.timeout(ANSWER_MS).emit("view:sync", { room, since: position }, answered);
  }

  function reconnect(): void {
    socket.disconnect();
    socket.connect();
  }

  function wake(): void {
    if (store.getState().connection.state === "refused") return;
    if (!socket.connected) {
      reconnect();
      return;
    }
    if (silence.ms() >= SILENCE_MS) tellSilent();
    const before = silence.mark();
    sync();
    later(WAKE_ANSWER_MS, () => {
      if (silence.mark() === before && socket.connected) reconnect();
    });
  }

  /** Checks exactly when the silence limit is reached, so that lights and banner change together. */
  function watchSilence(): void {
    checkSilence();
    const left = SILENCE_MS - silence.ms();
    later(left > 0 ? left : SILENCE_CHECK_MS, watchSilence);
  }

  function checkSilence(): void {
    const ms = silence.ms();
    if (!socket.connected || ms < SILENCE_MS) return;
    if (store.getState().connection.state === "live") tellSilent();
    if (ms >= 2 * SILENCE_MS) {
      silence.end();
      reconnect();
    }
  }

  function lost(reason: Said): void {
    const { connection } = store.getState();
    membership = { state: "none" };
    stamps.forget();
    if (connection.state === "refused") return;
    if (connection.state !== "offline") store.setConnection({ state: "offline", since: timers.now(), reason });
  }

  const listeners: { [E in keyof ServerEvents]?: ServerEvents[E] } = {
    frame(frame) {
      heard(frame);
      if (store.applyFrame(frame) === "gap") sync();
    },
    heartbeat(beat) {
      heard(beat);
      if (store.heartbeat(beat, timers.now()) === "gap") sync();
    },
    brokers: (brokers) => store.setBrokers(brokers),
    "view:changed"({ room }) {
      heard();
      if (room !== store.getState().room) return;
      rejoinSoon();
    },
    "catalog:changed": () => onCatalogChanged?.(),
    goodbye(why) {
      membership = { state: "dismissed", ...why };
    },
  };

  function onDisconnect(reason: string): void {
    if (membership.state === "dismissed") {
      const { code, message } = membership;
      membership = { state: "none" };
      const after = AFTER_GOODBYE[code] ?? 0;
      if (after === "stay") refuse(code, message);
      else {
        lost(message);
        later(after, () => socket.connect());
      }
      return;
    }
    lost(t("live.connectionLost"));
    // The server closed the connection without a goodbye; Socket.IO does not reconnect by itself then.
    if (reason === "io server disconnect") later(RETRY_MS, () => socket.connect());
  }

  function onConnectError(error: Refusal): void {
    if (error.data?.code === "signed-out") {
      refuse("signed-out", error.data.message ?? asWording(error.message));
      return;
    }
    lost(t("live.serverSilent"));
    // After a refusal by the server, Socket.IO does not reconnect by itself.
    if (!socket.active) later(2 * RETRY_MS, () => socket.connect());
  }

  return {
    look(next) {
      view = next;
      if (membership.state === "joining" || membership.state === "syncing") membership.next = "look";
      else join(true);
    },
    start() {
      if (membership.state !== "stopped") return;
      membership = { state: "none" };
      silence.end();
      const onConnect = (): void => {
        // Stamps from another connection say nothing about this one's freshness.
        stamps.forget();
        heard();
        membership = { state: "none" };
        join();
      };
      socket.on("connect", onConnect);
      socket.on("disconnect", onDisconnect);
      socket.on("connect_error", onConnectError);
      for (const [event, listener] of Object.entries(listeners)) socket.on(event as keyof ServerEvents, listener);
      undo.push(() => {
        socket.off("connect", onConnect);
        socket.off("disconnect", onDisconnect);
        socket.off("connect_error", onConnectError);
        for (const [event, listener] of Object.entries(listeners)) socket.off(event as keyof ServerEvents, listener);
      });
      watchSilence();
      if (parts.onWake) undo.push(parts.onWake(wake));
      socket.connect();
    },
    stop() {
      if (membership.state === "stopped") return;
      membership = { state: "stopped" };
      for (const end of undo.splice(0)) end();
      for (const cancel of pending) cancel();
      pending.clear();
      socket.disconnect();
    },
  };
}

/** Calls `wake` when the tab becomes visible, the page returns from the back-forward cache, or the network is back. */
export function onPageWake(wake: () => void): () => void {
  const visible = (): void => {
    if (document.visibilityState === "visible") wake();
  };
  document.addEventListener("visibilitychange", visible);
  window.addEventListener("pageshow", wake);
  window.addEventListener("online", wake);
  return () => {
    document.removeEventListener("visibilitychange", visible);
    window.removeEventListener("pageshow", wake);
    window.removeEventListener("online", wake);
  };
}
