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

export function liveWire(
  url: string,
  cookie: string,
  { retryMs, protocol }: { retryMs?: SocketOptions["retryMs"]; protocol?: () => number } = {},
): LiveWire {
  const opened: WebSocket[] = [];
  const socket = createSocket({
    url,
    ...(retryMs && { retryMs }),
    open(at) {
      const ws = new WebSocket(at, { headers: { origin: url, cookie } });
      opened.push(ws);
      if (protocol !== undefined) sayProtocol(ws, protocol());
      return ws as unknown as globalThis.WebSocket;
    },
  });
  return { socket, opened, cut: () => opened.at(-1)?.terminate() };
}

/** As a page of another version would. */
function sayProtocol(ws: WebSocket, protocol: number): void {
  const send = ws.send.bind(ws) as (data: string) => void;
  ws.send = (data: unknown) => send(String(data).replace(/"protocol":\d+/, `"protocol":${protocol}`));
}
