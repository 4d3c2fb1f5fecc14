import type { ClientEvents, ServerEvents } from "@/lib/protocol";
import { PROTOCOL_VERSION } from "@/lib/protocolLimits";
import type { Said } from "@/lib/texts/said";

/** Socket.IO's reasons for the end of a connection. */
const CLOSED = "transport close"; // not a text: Socket.IO's word
const ENDED_BY_SERVER = "io server disconnect"; // not a text: Socket.IO's word
const ENDED_HERE = "io client disconnect"; // not a text: Socket.IO's word

/**
 * A small Socket.IO client (protocol 5 over Engine.IO 4) with only what Telltale uses: one WebSocket, the default namespace, JSON, and
 * acknowledgements. socket.io-client also has long polling, WebTransport, upgrades, cookies, binary packets and namespaces: 13 kB gzipped
 * on every page, of which this saves 12. Events have the same names and meaning. Rules FR-92 … FR-95 of lib/SPEC.md.
 */

type Asked<E extends keyof ClientEvents> =
  Parameters<ClientEvents[E]> extends [...infer A, (reply: infer R) => void] ? { args: A; reply: R } : never;
type Ack<R> = (error: Error | null, reply?: R) => void;
/** Why the server does not admit this page; without `data`, that it cannot be reached. */
export type Refusal = Error & { data?: { code?: string; message?: Said } };

interface Heard extends ServerEvents {
  connect: () => void;
  disconnect: (reason: string) => void;
  connect_error: (error: Refusal) => void;
}

/** Requests to the server, with a timeout. */
interface Asking {
  emit<E extends keyof ClientEvents>(event: E, ...args: [...Asked<E>["args"], Ack<Asked<E>["reply"]>]): void;
  /** Rejects if no answer arrived in time. */
  emitWithAck<E extends keyof ClientEvents>(event: E, ...args: Asked<E>["args"]): Promise<Asked<E>["reply"]>;
}

export interface LiveSocket {
  readonly connected: boolean;
  /** Whether it is connected, or will connect by itself. */
  readonly active: boolean;
  connect(): void;
  disconnect(): void;
  on<E extends keyof Heard>(event: E, listener: Heard[E]): void;
  off<E extends keyof Heard>(event: E, listener: Heard[E]): void;
  removeAllListeners(): void;
  emit<E extends keyof ClientEvents>(event: E, ...args: Parameters<ClientEvents[E]>): void;
  timeout(ms: number): Asking;
}

export interface SocketOptions {
  /** The server's address; by default the page's own origin. */
  url?: string;
  /** For tests in Node, which set headers and shorter delays. */
  open?: (url: string) => WebSocket;
  retryMs?: { first: number; most: number };
}

const OPEN_MS = 5000;
/** How long the server may take to check the session. */
const ADMIT_MS = 10_000;
const RETRY_MS = { first: 500, most: 5000 };

type Listener = (...args: never[]) => void;

/**
 * `waiting`: until the next attempt. `opening`: until the server's first packet. `admitting`: the server checks the session.
 * `silenceMs`: the connection counts as lost without a ping from the server for this long.
 */
type Wire =
  | { state: "closed" }
  | { state: "waiting"; retry: ReturnType<typeof setTimeout> }
  | { state: "opening"; ws: WebSocket }
  | { state: "admitting"; ws: WebSocket; silenceMs: number }
  | { state: "connected"; ws: WebSocket; silenceMs: number };

/** Creates a connection, which `connect` starts. It reconnects by itself after 0.5 s to 5 s, with jitter. */
export function createSocket(options: SocketOptions = {}): LiveSocket {
  const { url, open = (at) => new WebSocket(at), retryMs = RETRY_MS } = options;
  const address = `${(url ?? window.location.origin).replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`;
  const listeners = new Map<string, Set<Listener>>();
  const acks = new Map<number, Ack<unknown>>();
  let wire: Wire = { state: "closed" };
  let attempts = 0;
  let asked = 0;
  let deadline: ReturnType<typeof setTimeout> | undefined;

  const isConnected = (): boolean => wire.state === "connected";
  const isOf = (ws: WebSocket): boolean => "ws" in wire && wire.ws === ws;

  function fire(event: string, ...args: unknown[]): void {
    for (const listener of [...(listeners.get(event) ?? [])]) listener(...(args as never[]));
  }

  function within(ms: number): void {
    clearTimeout(deadline);
    deadline = setTimeout(() => lost("timeout"), ms);
  }

  /** A lost network does not close the WebSocket by itself. */
  const onOffline = (): void => lost(CLOSED);

  function begin(): void {
    const ws = open(address);
    wire = { state: "opening", ws };
    ws.onmessage = ({ data }) => {
      if (isOf(ws)) take(ws, String(data));
    };
    ws.onclose = () => {
      if (isOf(ws)) lost(CLOSED);
    };
    // The close event that follows is enough; without a listener the error would end a Node process.
    ws.onerror = () => undefined;
    globalThis.addEventListener?.("offline", onOffline);
    within(OPEN_MS);
  }

  /** Ends the current state: first tells listeners that the connection is lost, then fails the pending requests. */
  function leave(next: Wire, tell: () => void): void {
    const last = wire;
    const unanswered = [...acks.values()];
    wire = next;
    acks.clear();
    clearTimeout(deadline);
    globalThis.removeEventListener?.("offline", onOffline);
    if (last.state === "waiting") clearTimeout(last.retry);
    else if (last.state !== "closed") last.ws.close();
    tell();
    for (const ack of unanswered) ack(new Error("The connection was lost."));
  }

  function lost(reason: string): void {
    const was = isConnected();
    // Exponential backoff with jitter of ±50 %, so that a thousand pages do not reconnect at once.
    const delay = Math.min(retryMs.first * 2 ** attempts++ * (0.5 + Math.random()), retryMs.most);
    leave({ state: "waiting", retry: setTimeout(begin, delay) }, () =>
      was ? fire("disconnect", reason) : fire("connect_error", new Error(reason)),
    );
  }

  const end = (tell: () => void): void => leave({ state: "closed" }, tell);

  function take(ws: WebSocket, data: string): void {
    if (data === "2") {
      ws.send("3");
      if ("silenceMs" in wire) within(wire.silenceMs);
    } else if (data.startsWith("4")) packet(data);
    else if (data.startsWith("0")) {
      const { pingInterval, pingTimeout } = JSON.parse(data.slice(1)) as { pingInterval: number; pingTimeout: number };
      wire = { state: "admitting", ws, silenceMs: pingInterval + pingTimeout };
      ws.send(`40${JSON.stringify({ protocol: PROTOCOL_VERSION })}`);
      within(ADMIT_MS);
    } else if (data === "1") lost(CLOSED);
  }

  function packet(data: string): void {
    switch (data[1]) {
      case "0":
        if (wire.state !== "admitting") return;
        wire = { ...wire, state: "connected" };
        attempts = 0;
        within(wire.silenceMs);
        fire("connect");
        return;
      case "1":
        end(() => fire("disconnect", ENDED_BY_SERVER));
        return;
      case "2":
        fire(...(JSON.parse(data.slice(2)) as [string, ...unknown[]]));
        return;
      case "3": {
        const start = data.indexOf("[");
        const id = Number(data.slice(2, start));
        const ack = acks.get(id);
        acks.delete(id);
        ack?.(null, (JSON.parse(data.slice(start)) as unknown[])[0]);
        return;
      }
      case "4": {
        const { message, data: why } = JSON.parse(data.slice(2)) as { message: string; data?: Refusal["data"] };
        end(() => fire("connect_error", Object.assign(new Error(message), { data: why })));
      }
    }
  }

  /** Nothing is queued: what cannot be sent now fails now. */
  function send(event: string, args: unknown[], ack: Ack<unknown>): number {
    const id = ++asked;
    if (wire.state === "connected") {
      acks.set(id, ack);
      wire.ws.send(`42${id}${JSON.stringify([event, ...args])}`);
    } else queueMicrotask(() => ack(new Error("There is no connection.")));
    return id;
  }

  function ask(event: string, args: unknown[], ms: number, done: Ack<unknown>): void {
    const id = send(event, args, (error, reply) => {
      clearTimeout(timer);
      done(error, reply);
    });
    const timer = setTimeout(() => {
      acks.delete(id);
      done(new Error("No answer in time."));
    }, ms);
  }

  return {
    get connected() {
      return isConnected();
    },
    get active() {
      return wire.state !== "closed";
    },
    connect() {
      if (wire.state !== "closed") return;
      attempts = 0;
      begin();
    },
    disconnect() {
      const was = isConnected();
      if (wire.state === "connected") wire.ws.send("41");
      end(() => was && fire("disconnect", ENDED_HERE));
    },
    on(event, listener) {
      const known = listeners.get(event) ?? new Set();
      listeners.set(event, known.add(listener as Listener));
    },
    off: (event, listener) => void listeners.get(event)?.delete(listener as Listener),
    removeAllListeners: () => listeners.clear(),
    emit(event, ...args) {
      const ack = args.pop() as (reply: unknown) => void;
      send(event, args, (error, reply) => {
        if (!error) ack(reply);
      });
    },
    timeout: (ms) => ({
      emit(event, ...args) {
        ask(event, args.slice(0, -1), ms, args.at(-1) as Ack<unknown>);
      },
      emitWithAck: (event, ...args) =>
        new Promise((resolve, reject) => {
          ask(event, args, ms, (error, reply) => (error ? reject(error) : resolve(reply as never)));
        }),
    }),
  };
}
