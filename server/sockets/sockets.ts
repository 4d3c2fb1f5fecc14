import type { Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import { mayAdminister } from "../../lib/access";
import type { BrokerState } from "../../lib/broker";
import { brokerStatesFor, openBrokerState } from "../../lib/brokerView";
import { clientEvents, MAX_EVENT_BYTES } from "../../lib/protocol";
import { inWords, type Said, type SaidText, say } from "../../lib/texts/said";
import type {
  Alarms,
  Brokers,
  Catalog,
  Clock,
  CommandService,
  Everything,
  HistoryStore,
  LiveState,
  Log,
  People,
  PublishService,
  Unsubscribe,
} from "../ports";
import { createAlarmCounts } from "./alarmCounts";
import { createCommands } from "./commands";
import {
  type ConnectedPage,
  goodbye,
  newConnectedPage,
  type TelltaleServer,
  type TelltaleSocket,
} from "./connectedPage";
import { createDispatch } from "./dispatch";
import { createExplorer } from "./explorer/explorer";
import { originFence, sessionGate, speaksOurVersion } from "./handshake";
import { createPreview } from "./preview";
import { createRecent } from "./recent";
import { createRightsWatch } from "./rightsWatch";
import { createRooms, EVERYONE } from "./rooms";
import { tooManyPages } from "./socketLimits";
import { createViews } from "./views";

export interface SocketParts {
  httpServer: HttpServer;
  people: People;
  catalog: Catalog;
  live: LiveState;
  everything: Everything;
  commands: CommandService;
  alarms: Alarms;
  publisher: PublishService;
  history?: HistoryStore;
  brokers: Brokers;
  clock: Clock;
  log: Log;
  /** TELLTALE_PUBLIC_URL. */
  publicUrl?: string;
  /** Who is at the other end of a proxy; absent: the socket's peer. */
  clientAddress?(peer: string | undefined, forwardedFor: string | string[] | undefined): string;
}

export interface Sockets {
  /** Takes pages from now on, on the HTTP server that it was given. */
  start(): void;
  /** Says goodbye to every page. The HTTP server is left to its owner. */
  stop(): void;
  counters(): Record<string, number>;
}

/** The live side of the browser: Socket.IO over WebSocket only. Composes; each file here holds one idea. */
export function createSockets(parts: SocketParts): Sockets {
  const { httpServer, people, catalog, live, commands, alarms, publisher, history, brokers, clock, log, publicUrl } =
    parts;
  const counters = { opened: 0, origin_refused: 0, handshake_errors: 0, too_many: 0 };
  const pages = new Set<ConnectedPage>();
  let stopped = false;
  const fence = originFence(publicUrl, counters, log);
  const addressOf = ({ conn, request }: TelltaleSocket): string | null =>
    parts.clientAddress?.(conn.remoteAddress, request.headers["x-forwarded-for"]) ?? conn.remoteAddress ?? null;

  const io: TelltaleServer = new Server({
    transports: ["websocket"],
    serveClient: false,
    // Compression costs 4.5 times the CPU of a frame. Connection state recovery is off: it skips middleware and buffers.
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_EVENT_BYTES,
    connectTimeout: 10_000,
    // Longer than a slow reader is given: it must be ended with a reason, not by a pong that stands in its queue.
    pingTimeout: 65_000,
    allowRequest: (req, decide) => (stopped ? decide(inWords(say("reply.stopping")), false) : fence(req, decide)),
  });
  io.use(sessionGate(people, log));

  const rooms = createRooms({
    io,
    live,
    clock,
    onRecovered(page) {
      page.socket.emit("brokers", brokerStatesFor(page.session.access, brokers.states()));
      page.socket.emit("catalog:changed");
      views.refresh([page]);
    },
  });
  const views = createViews({ live, catalog, brokers, rooms, clock });
  const preview = createPreview({ brokers, catalog, clock });
  const explorer = createExplorer({ brokers, catalog, publisher, live, clock });
  const dispatch = createDispatch(
    clientEvents,
    {
      ...views.handlers,
      "everything:list": async (page, request) => ({
        ok: true,
        value: await parts.everything.list(page.session.access, request),
      }),
      ...createCommands(commands),
      ...createRecent({ live, history, clock }),
      ...preview.handlers,
      ...explorer.handlers,
    },
    { clock, log, people },
  );
  const rightsWatch = createRightsWatch({
    people,
    clock,
    log,
    pages,
    onRights(page) {
      preview.rightsChanged(page);
      explorer.rightsChanged(page);
      views.rightsChanged(page);
      page.socket.emit("brokers", brokerStatesFor(page.session.access, brokers.states()));
    },
  });

  io.on("connection", (socket) => {
    const isOurs = speaksOurVersion(socket);
    // A page of another version may know no keys, or none of ours.
    const readable = (message: SaidText): Said => (isOurs ? message : inWords(message));
    if (stopped) return goodbye(socket, "server-stopping", readable(say("reply.stopping")));
    if (!isOurs) return goodbye(socket, "version", readable(say("reply.otherVersion")));
    const page = newConnectedPage(socket, addressOf(socket));
    const tooMany = tooManyPages(pages, page);
    if (tooMany !== undefined) {
      counters.too_many++;
      return goodbye(socket, "too-many-pages", tooMany);
    }
    counters.opened++;
    pages.add(page);
    socket.join(EVERYONE);
    alarmCounts.welcome(page);
    dispatch.attach(page);
    socket.on("disconnect", () => {
      pages.delete(page);
      rooms.leave(page);
      preview.close(page);
      explorer.close(page);
    });
  });

  const noticed = (): string => (live.notices?.() ?? []).map(({ id }) => id).join();
  let toldNotices = noticed();
  const tellNotices = (): void => {
    const now = noticed();
    if (now === toldNotices) return;
    toldNotices = now;
    io.to(EVERYONE).emit("catalog:changed");
  };

  function tellBrokers(states: BrokerState[]): void {
    const open = states.map(openBrokerState);
    // A slow reader gets them when it has caught up.
    for (const { socket, session, stream } of pages)
      if (stream.state !== "slow") socket.emit("brokers", mayAdminister(session.access) ? states : open);
  }
  const alarmCounts = createAlarmCounts({ alarms, clock, pages });
  let undo: Unsubscribe[] = [];

  return {
    start() {
      io.attach(httpServer);
      io.engine.on("connection_error", () => void counters.handshake_errors++);
      rooms.start();
      rightsWatch.start();
      undo = [
        brokers.onState(tellBrokers),
        live.onPoints(() => {
          views.refresh(pages);
          tellNotices();
        }),
        catalog.onChange(({ dashboards }) => {
          if (!dashboards) return;
          io.to(EVERYONE).emit("catalog:changed");
          views.refresh(pages);
        }),
        alarmCounts.start(),
        rightsWatch.stop,
        rooms.stop,
      ];
    },
    stop() {
      if (stopped) return;
      stopped = true;
      for (const end of undo) end();
      for (const { socket } of pages) goodbye(socket, "server-stopping", say("reply.stopping"));
      io.engine?.close();
    },
    counters: () => ({
      ...counters,
      ...dispatch.counters,
      ...rooms.counters(),
      ...explorer.counters(),
      sockets: pages.size,
    }),
  };
}
