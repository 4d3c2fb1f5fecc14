import type { CatchUp, CloseReason, Reply, ServerEvents, View } from "@/lib/protocol";
import { SILENCE_MS } from "@/lib/protocolLimits";
import type { LiveSocket } from "./socket";
import type { LiveStore } from "./store";
import { pageTimers, type Timers } from "./timers";

/**
 * Keeps the store true to the server: first paint, reconnecting, a gap in the frames and waking from sleep are one path, "catch up
 * from where I stand". What the server sends is of our own version (the handshake says so) and not parsed again.
 * Rules FR-60 … FR-63 of lib/SPEC.md.
 */
export interface LiveConnection {
  /** The page looks at something else from now on: the same connection, another room. */
  look(view: View): void;
  start(): void;
  stop(): void;
}

export interface ConnectionParts {
  socket: LiveSocket;
  store: LiveStore;
  view: View;
  timers?: Timers;
  /** Tells when the page may have slept: answers how to stop telling. */
  onWake?(wake: () => void): () => void;
  onSignedOut?(): void;
  /** Navigation is out of date. */
  onCatalogChanged?(): void;
}

const ANSWER_MS = 5000;
/** On waking, a dead connection must be found out quickly. */
const WAKE_ANSWER_MS = 2000;
const RETRY_MS = 1000;
/** A view whose points change all the time (new topics under a wildcard) is watched anew at most this often. */
const REWATCH_MS = 1000;

/** After a goodbye: come back after so many ms, or not by itself. */
const AFTER_GOODBYE: Record<CloseReason, number | "stay"> = {
  "signed-out": "stay",
  version: "stay",
  "too-many-errors": "stay",
  "rights-changed": 0,
  "server-stopping": 500,
  "too-slow": 5000,
};

export function createConnection(parts: ConnectionParts): LiveConnection {
  const { socket, store, onSignedOut, onCatalogChanged } = parts;
  let { view } = parts;
  /** The view changed while an answer was awaited. */
  let watchAfterAnswer = false;
  const timers = parts.timers ?? pageTimers;
  let heardAt = 0;
  let asking = false;
  let watched = false;
  let askedToWatchAt = Number.NEGATIVE_INFINITY;
  let farewell: { code: CloseReason; message: string } | undefined;
  let stopped = true;
  const pending = new Set<() => void>();
  const undo: (() => void)[] = [];

  function later(ms: number, run: () => void): void {
    const cancel = timers.after(ms, () => {
      pending.delete(cancel);
      if (!stopped) run();
    });
    pending.add(cancel);
  }

  function heard(): void {
    heardAt = timers.now();
    if (watched && store.getState().connection.state === "silent") store.setConnection({ state: "live" });
  }

  function refuse(code: CloseReason | "not-found", message: string): void {
    store.setConnection({ state: "refused", code, message });
    socket.disconnect();
    if (code === "signed-out") onSignedOut?.();
  }

  function answered(error: Error | null, reply: Reply<CatchUp> | undefined, retry: () => void): void {
    asking = false;
    if (stopped || !socket.connected) return;
    if (watchAfterAnswer) {
      watch(true);
      return;
    }
    if (error || !reply) {
      later(RETRY_MS, retry);
      return;
    }
    heard();
    if (!reply.ok) {
      if (reply.code === "not-found" && !watched) refuse("not-found", reply.message);
      else later(RETRY_MS, watch);
      return;
    }
    if (!store.catchUp(reply.value, timers.now())) {
      watch(true);
      return;
    }
    watched = true;
    store.setConnection({ state: "live" });
  }

  /** The whole way in: joins the view's room, and gets what was missed since the position in the page. */
  function watch(fromScratch: unknown = false): void {
    if (asking || !socket.connected) return;
    asking = true;
    watched = false;
    watchAfterAnswer = false;
    askedToWatchAt = timers.now();
    const { room, position } = store.getState();
    const request = fromScratch === true ? { view } : { view, room, since: position };
    socket
      .timeout(ANSWER_MS)
      .emit("view:watch", request, (error: Error | null, reply?: Reply<CatchUp>) => answered(error, reply, watch));
  }

  /** Still in the room, but something is missing. */
  function sync(): void {
    if (asking || !socket.connected) return;
    if (!watched) {
      watch();
      return;
    }
    asking = true;
    const { room, position } = store.getState();
    socket
      .timeout(ANSWER_MS)
      .emit("view:sync", { room, since: position }, (error: Error | null, reply?: Reply<CatchUp>) =>
        answered(error, reply, watch),
      );
  }

  function reconnect(): void {
    socket.disconnect();
    socket.connect();
  }

  function wake(): void {
    if (stopped || store.getState().connection.state === "refused") return;
    if (!socket.connected) {
      reconnect();
      return;
    }
    if (timers.now() - heardAt > SILENCE_MS) store.setConnection({ state: "silent", since: heardAt });
    const before = heardAt;
    sync();
    later(WAKE_ANSWER_MS, () => {
      if (heardAt === before && socket.connected) reconnect();
    });
  }

  function checkSilence(): void {
    const silence = timers.now() - heardAt;
    if (!socket.connected || silence <= SILENCE_MS) return;
    if (store.getState().connection.state === "live") store.setConnection({ state: "silent", since: heardAt });
    if (silence > 2 * SILENCE_MS) {
      heardAt = timers.now();
      reconnect();
    }
  }

  function lost(reason: string): void {
    const { connection } = store.getState();
    watched = false;
    asking = false;
    if (stopped || connection.state === "refused") return;
    if (connection.state !== "offline") store.setConnection({ state: "offline", since: timers.now(), reason });
  }

  const listeners: { [E in keyof ServerEvents]?: ServerEvents[E] } = {
    frame(frame) {
      heard();
      if (store.applyFrame(frame) === "gap") sync();
    },
    heartbeat(beat) {
      heard();
      if (store.heartbeat(beat, timers.now()) === "gap") sync();
    },
    brokers: (brokers) => store.setBrokers(brokers),
    "view:changed"({ room }) {
      heard();
      if (room !== store.getState().room) return;
      // It was already decided that nothing of what is here can be built on: another set, or other rights.
      const wait = Math.max(0, askedToWatchAt + REWATCH_MS - timers.now());
      later(wait, () => watch(true));
    },
    "catalog:changed": () => onCatalogChanged?.(),
    goodbye: (why) => {
      farewell = why;
    },
  };

  function onDisconnect(reason: string): void {
    const why = farewell;
    farewell = undefined;
    if (why) {
      const after = AFTER_GOODBYE[why.code] ?? 0;
      if (after === "stay") refuse(why.code, why.message);
      else {
        lost(why.message);
        later(after, () => socket.connect());
      }
      return;
    }
    lost("The connection to Telltale was lost.");
    // The server hung up without a word: Socket.IO would leave it at that.
    if (reason === "io server disconnect") later(RETRY_MS, () => socket.connect());
  }

  function onConnectError(error: Error & { data?: { code?: string } }): void {
    if (error.data?.code === "signed-out") {
      refuse("signed-out", error.message);
      return;
    }
    lost("Telltale does not answer.");
    // A refusal by the server's gate ends Socket.IO's own attempts.
    if (!socket.active) later(2 * RETRY_MS, () => socket.connect());
  }

  return {
    look(next) {
      view = next;
      if (asking) watchAfterAnswer = true;
      else watch(true);
    },
    start() {
      if (!stopped) return;
      stopped = false;
      heardAt = timers.now();
      const onConnect = (): void => {
        heard();
        farewell = undefined;
        asking = false;
        watch();
      };
      socket.on("connect", onConnect);
      socket.on("disconnect", onDisconnect);
      socket.on("connect_error", onConnectError);
      for (const [event, listener] of Object.entries(listeners)) socket.on(event as keyof ServerEvents, listener);
      undo.push(
        () => {
          socket.off("connect", onConnect);
          socket.off("disconnect", onDisconnect);
          socket.off("connect_error", onConnectError);
          for (const [event, listener] of Object.entries(listeners)) socket.off(event as keyof ServerEvents, listener);
        },
        timers.every(1000, checkSilence),
      );
      if (parts.onWake) undo.push(parts.onWake(wake));
      socket.connect();
    },
    stop() {
      if (stopped) return;
      stopped = true;
      for (const end of undo.splice(0)) end();
      for (const cancel of pending) cancel();
      pending.clear();
      socket.disconnect();
    },
  };
}

/** A tab that comes to the front, a page from the back-forward cache, a network that is back. */
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
