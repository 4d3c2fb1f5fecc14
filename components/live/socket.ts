import { io, type Socket } from "socket.io-client";
import type { ClientEvents, ServerEvents } from "@/lib/protocol";
import { PROTOCOL_VERSION } from "@/lib/protocolLimits";

export type LiveSocket = Socket<ServerEvents, ClientEvents>;

/** A socket to the server that the page came from, not yet connecting. Reconnects by itself, 0.5 s to 5 s apart with jitter. */
export const createSocket = (url?: string): LiveSocket =>
  io(url ?? window.location.origin, {
    transports: ["websocket"],
    autoConnect: false,
    auth: { protocol: PROTOCOL_VERSION },
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
    timeout: 5000,
    // A page has one connection for each view, never a shared one that another view could close.
    forceNew: true,
  });
