import { randomUUID } from "node:crypto";
import { io, type Socket } from "socket.io-client";
import type { BrokerState } from "../../lib/broker";
import type { Command } from "../../lib/command";
import {
  CatchUp,
  type ClientEvents,
  type CloseReason,
  Frame,
  PROTOCOL_VERSION,
  type Reply,
  type ServerEvents,
} from "../../lib/protocol";
import type { PointStatus, Value } from "../../lib/reading";
import { inWords } from "../../lib/texts/said";
import { createWaiting } from "./waiting";

export interface Seen {
  value: Value;
  /** Epoch ms; null: never seen. */
  at: number | null;
  status: PointStatus;
  command: Command | undefined;
}

/**
 * A page without a face, looking at everything: keeps what the server says by the rules of the protocol (frames, gaps, catching up,
 * coming back), parses all of it, and lets tests wait for what a person would see.
 */
export interface Viewer {
  readonly points: ReadonlyMap<string, Seen>;
  readonly brokers: readonly BrokerState[];
  readonly socket: Socket<ServerEvents, ClientEvents>;
  readonly goodbyes: readonly { code: CloseReason; at: number }[];
  /** When each change of values reached it (epoch ms). */
  readonly frameTimes: readonly number[];
  /** What was not as the protocol has it. */
  readonly faults: readonly string[];
  until<T>(what: string, find: () => T | undefined | false, withinMs?: number): Promise<T>;
  /** Everything that is shown is shown as offline; answers the reasons. */
  untilOffline(withinMs: number): Promise<string[]>;
  /** One gesture. Answers the server's word, or undefined when it said none within three seconds. */
  command(point: string, value: Value): Promise<Command | undefined>;
  /** Takes nothing more from the wire, as a laptop that was shut; the connection stands. */
  stopReading(): void;
  close(): void;
}

export async function openViewer(url: string, cookie?: string): Promise<Viewer> {
  const socket: Socket<ServerEvents, ClientEvents> = io(url, {
    transports: ["websocket"],
    auth: { protocol: PROTOCOL_VERSION },
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
    extraHeaders: { origin: url, ...(cookie !== undefined && { cookie }) },
  });
  const points = new Map<string, Seen>();
  const goodbyes: { code: CloseReason; at: number }[] = [];
  const frameTimes: number[] = [];
  const faults: string[] = [];
  let brokers: readonly BrokerState[] = [];
  let ids: string[] = [];
  let room = "";
  let position = { epoch: "", rev: 0 };
  /** The newest word of the server's clock on this connection, as a page gives it back with a command. */
  let stamp: { epoch: string; stamp: number; at: number } | undefined;
  const heard = ({ epoch, now }: { epoch: string; now: number }): void => {
    stamp = { epoch, stamp: now, at: performance.now() };
  };
  const waiting = createWaiting(() =>
    JSON.stringify([
      socket.connected,
      brokers,
      [...points].slice(0, 50).map(([id, { value, status }]) => [id, String(value).slice(0, 40), status]),
    ]),
  );

  function apply({ values, commands = [] }: Pick<Frame, "values" | "commands">): void {
    for (const [index, value, at, status] of values) {
      const id = ids[index] as string;
      const before = points.get(id);
      points.set(id, {
        value,
        at,
        status: status ?? before?.status ?? { freshness: "unknown", since: 0 },
        command: before?.command,
      });
    }
    for (const command of commands) {
      const before = points.get(command.point);
      if (before) points.set(command.point, { ...before, command });
    }
    frameTimes.push(Date.now());
    waiting.look();
  }

  function take(reply: Reply<CatchUp>): void {
    if (!reply.ok) {
      faults.push(`watch: ${inWords(reply.message)}`);
      return;
    }
    const answer = CatchUp.parse(reply.value);
    heard(answer);
    if (answer.kind === "snapshot") {
      ids = answer.points.map(({ id }) => id);
      points.clear();
    }
    room = answer.room;
    position = { epoch: answer.epoch, rev: answer.rev };
    brokers = answer.brokers;
    apply(answer);
  }

  const watch = () =>
    socket.emit("view:watch", { view: { kind: "everything" }, ...(room && { room, since: position }) }, take);
  socket.on("connect", watch);
  socket.on("view:changed", () => watch());
  socket.on("frame", (raw) => {
    const parsed = Frame.safeParse(raw);
    if (!parsed.success) {
      faults.push(`frame: ${parsed.error.message}`);
      return;
    }
    const frame = parsed.data;
    heard(frame);
    if (frame.room !== room || frame.epoch !== position.epoch || frame.rev <= position.rev) return;
    if (frame.prev > position.rev) {
      socket.emit("view:sync", { room, since: position }, take);
      return;
    }
    position = { epoch: frame.epoch, rev: frame.rev };
    apply(frame);
  });
  socket.on("heartbeat", heard);
  socket.on("brokers", (states) => {
    brokers = states;
    waiting.look();
  });
  socket.on("goodbye", ({ code }) => {
    goodbyes.push({ code, at: Date.now() });
    waiting.look();
  });
  socket.on("disconnect", (reason) => {
    stamp = undefined;
    waiting.look();
    // Socket.IO does not come back by itself when the server hung up; a page does.
    if (reason === "io server disconnect") setTimeout(() => socket.connect(), 200);
  });

  const viewer: Viewer = {
    points,
    get brokers() {
      return brokers;
    },
    socket,
    goodbyes,
    frameTimes,
    faults,
    until: waiting.until,
    untilOffline: (withinMs) =>
      waiting.until(
        "every point is offline",
        () => {
          const all = [...points.values()];
          const off = all.filter(({ status }) => status.freshness === "offline");
          return all.length > 0 && off.length === all.length && off.map(({ status }) => inWords(status.reason ?? ""));
        },
        withinMs,
      ),
    command: async (point, value) => {
      const id = randomUUID();
      const age = stamp ? { epoch: stamp.epoch, stamp: stamp.stamp, since: performance.now() - stamp.at } : null;
      try {
        const reply = await socket.volatile
          .timeout(3000)
          .emitWithAck("command:send", { id, point, value, rev: position.rev, age } as Parameters<
            ClientEvents["command:send"]
          >[0]);
        if (!reply.ok) throw new Error(`the command's event was refused: ${inWords(reply.message)}`);
        return reply.value;
      } catch (error) {
        if (error instanceof Error && error.message === "operation has timed out") return undefined;
        throw error;
      }
    },
    stopReading() {
      // Below Socket.IO's and Engine.IO's types: the TCP socket.
      const { transport } = socket.io.engine as unknown as { transport: { ws: { _socket: { pause(): void } } } };
      transport.ws._socket.pause();
    },
    close: () => {
      socket.disconnect();
    },
  };
  await viewer.until("the first snapshot", () => position.epoch !== "");
  return viewer;
}
