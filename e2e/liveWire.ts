import { WebSocket } from "ws";
import { createSocket, type LiveSocket, type SocketOptions } from "../components/live/socket";

/** The page's own socket in Node, which has headers to set and can be cut. */
export interface LiveWire {
  readonly socket: LiveSocket;
  /** Each connection that was opened, in order. */
  readonly opened: readonly WebSocket[];
  /** The newest one breaks, without a word. */
  cut(): void;
}

export function liveWire(url: string, cookie: string, retryMs?: SocketOptions["retryMs"]): LiveWire {
  const opened: WebSocket[] = [];
  const socket = createSocket({
    url,
    ...(retryMs && { retryMs }),
    open(at) {
      const ws = new WebSocket(at, { headers: { origin: url, cookie } });
      opened.push(ws);
      return ws as unknown as globalThis.WebSocket;
    },
  });
  return { socket, opened, cut: () => opened.at(-1)?.terminate() };
}
