import type { Server, Socket } from "socket.io";
import type { ClientEvents, CloseReason, ServerEvents, View } from "../../lib/protocol";
import type { Said } from "../../lib/texts/said";
import type { Session } from "../ports";
import type { Room } from "./rooms";

export type TelltaleServer = Server<ClientEvents, ServerEvents, Record<string, never>, { session: Session }>;
export type TelltaleSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, { session: Session }>;

/** Where a socket stands towards the stream of frames. */
export type StreamState =
  | { state: "nowhere" }
  | { state: "seated"; room: Room }
  /** It cannot keep up: gets nothing until its buffer has drained, then the difference since `rev`. `since`: by the monotonic clock. */
  | { state: "slow"; room: Room; rev: number; since: number };

/** One connected page. */
export interface ConnectedPage {
  readonly socket: TelltaleSocket;
  readonly address: string | null;
  session: Session;
  view: View | undefined;
  stream: StreamState;
  /** The page was told to watch again and has not yet. */
  toldToWatch: boolean;
}

export const newConnectedPage = (socket: TelltaleSocket, address: string | null): ConnectedPage => ({
  socket,
  address,
  session: socket.data.session,
  view: undefined,
  stream: { state: "nowhere" },
  toldToWatch: false,
});

/** Says why, then disconnects. */
export function goodbye(socket: TelltaleSocket, code: CloseReason, message: Said): void {
  socket.emit("goodbye", { code, message });
  socket.disconnect(true);
}

/** Of ws, below Socket.IO's and Engine.IO's types. */
interface Wire {
  bufferedAmount: number;
  terminate(): void;
}

const wireOf = (socket: TelltaleSocket): Wire | undefined =>
  (socket.conn.transport as unknown as { socket?: Wire }).socket;

/** Bytes that the operating system has not taken yet: above zero a turn of the event loop later, the reader is behind. */
export const backlog = (socket: TelltaleSocket): number => wireOf(socket)?.bufferedAmount ?? 0;

/** Nothing waits any more, neither for the operating system nor in Engine.IO. */
export const drained = (socket: TelltaleSocket): boolean =>
  backlog(socket) === 0 && (socket.conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length === 0;

/** Without the closing handshake, for which a reader that does not read would be waited for. */
export const cut = (socket: TelltaleSocket): void => wireOf(socket)?.terminate();
