/** The numbers of the wire, apart from its schemas: a page needs these and should not pay for a schema library with them. */

export const PROTOCOL_VERSION = 5;

/** While readings keep coming, one frame a tick. */
export const FRAME_TICK_MS = 33;
export const FRAME_TICK_MAX_MS = 250;
export const HEARTBEAT_MS = 5000;
/** A page that has heard nothing for this long says by itself that it shows old values. */
export const SILENCE_MS = 10_000;
export const COMMAND_TIMEOUT_MS = 3000;
/** A gesture that reaches the server later than this is refused, however it was delayed. */
export const GESTURE_MS = 3000;
/** Larger events are refused by the transport. */
export const MAX_EVENT_BYTES = 256 * 1024;
