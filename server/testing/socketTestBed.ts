import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { io, type Socket } from "socket.io-client";
import type { Access } from "../../lib/access";
import type { BrokerState } from "../../lib/broker";
import type { Command, ViewAge } from "../../lib/command";
import type { Dashboard } from "../../lib/dashboard";
import type { BrokerId } from "../../lib/ids";
import { createListeners } from "../../lib/listeners";
import {
  type CatchUp,
  type ClientEvents,
  type Frame,
  PROTOCOL_VERSION,
  type Reply,
  type ServerEvents,
} from "../../lib/protocol";
import { Registration, type RegistrationInput } from "../../lib/registration";
import { inWords } from "../../lib/texts/said";
import { createAlarmService } from "../core/alarms/alarmService";
import { createPublishService } from "../core/commands/publishService";
import { createEverything } from "../core/everything/everything";
import { createLiveState } from "../core/live/liveState";
import type {
  Brokers,
  Catalog,
  CommandPublish,
  CommandService,
  ExploreEvents,
  HistoryStore,
  InboundMessage,
  NewAudit,
  People,
  Session,
} from "../ports";
import { createSockets } from "../sockets/sockets";
import { createFakeClock } from "./fakeClock";
import { createMemoryConfigStore } from "./memoryConfigStore";

export type Page = Socket<ServerEvents, ClientEvents>;

const MAIN = "main" as BrokerId;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** People known by the cookie `user=<id>`; the test says what they may do now. */
export interface Person {
  access: Access;
  token: string;
}

export interface PageOptions {
  headers?: Record<string, string>;
  auth?: object;
  /** Connects when it is told to, and again by itself, as a page does. */
  manual?: boolean;
}

export interface SocketTestBed {
  readonly url: string;
  readonly port: number;
  readonly clock: ReturnType<typeof createFakeClock>;
  readonly live: ReturnType<typeof createLiveState>;
  readonly sockets: ReturnType<typeof createSockets>;
  readonly people: Map<string, Person>;
  /** A message from the broker. */
  say(topic: string, text: string): void;
  setBrokers(states: BrokerState[]): void;
  register(topics: RegistrationInput[]): void;
  setDashboards(dashboards: Dashboard[]): void;
  peopleChange(change: { userId: string; sessionToken?: string; code: "signed-out" | "rights-changed" }): void;
  /** A message for whoever has a preview open. */
  previewSays(message: Partial<InboundMessage> & { topic: string }): void;
  readonly previews: number;
  /** Who listens to everything; the test plays the broker. */
  readonly exploring: ReadonlySet<ExploreEvents>;
  exploreSays(message: Partial<InboundMessage> & { topic: string }): void;
  /** What was done by hand, in its order: the audit's row, then the publish. */
  readonly byHand: ({ audit: NewAudit } | { publish: CommandPublish })[];
  /** What a page that has just heard from the server sends with a command. */
  age(): ViewAge;
  /** A page that connects as this person; `headers` override the browser's. */
  page(user?: string, options?: PageOptions): Page;
  connected(user?: string): Promise<Page>;
  stop(): Promise<void>;
}

/** A real HTTP server, real sockets and the real live state; the broker, the people and the command service are played by the test. */
export async function openSocketTestBed(
  topics: RegistrationInput[],
  dashboards: Dashboard[] = [],
  maxTopics?: number,
): Promise<SocketTestBed> {
  const clock = createFakeClock();
  const people = new Map<string, Person>();
  const pages: Page[] = [];
  let registrations = topics.map((topic) => Registration.parse(topic));
  let boards = dashboards;
  let states: BrokerState[] = [
    { id: MAIN, name: "main", state: "connected", protocol: "5", rate: 0, refused: [], since: clock.now() },
  ];
  const onCatalog = createListeners<Parameters<Parameters<Catalog["onChange"]>[0]>>();
  const onMessage = createListeners<[message: InboundMessage]>();
  const onState = createListeners<[states: BrokerState[]]>();
  const onPeople = createListeners<Parameters<Parameters<People["onChange"]>[0]>>();
  const previews = new Set<(message: InboundMessage) => void>();
  const exploring = new Set<ExploreEvents>();
  const byHand: SocketTestBed["byHand"] = [];

  const join =
    <T>(listeners: Set<T>) =>
    (listener: T) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
  const catalog = {
    registrations: () => registrations.map((item) => ({ item, origin: "store" })),
    dashboards: () => boards.map((item) => ({ item, origin: "store" })),
    brokers: () => [{ item: { id: MAIN, url: "mqtt://localhost" }, origin: "store" }],
    defaultBroker: () => MAIN,
    onChange: onCatalog.add,
  } as unknown as Catalog;
  const brokers = {
    apply: () => undefined,
    states: () => states,
    onMessage: onMessage.add,
    onState: onState.add,
    preview: (_broker: BrokerId, _filter: string, listener: (message: InboundMessage) => void) =>
      join(previews)(listener),
    explore: (_broker: BrokerId, _filters: string[], on: ExploreEvents) => join(exploring)(on),
    connected: () => states[0]?.state === "connected",
    publish: async (publish: CommandPublish) => {
      byHand.push({ publish });
      return { outcome: "acked" };
    },
  } as unknown as Brokers;

  const message = (topic: string, text: string): InboundMessage => ({
    broker: MAIN,
    topic,
    payload: new TextEncoder().encode(text),
    retained: false,
    receivedAt: clock.now(),
  });

  const live = createLiveState({ clock, log: quiet, catalog, brokers, maxTopics });
  await live.start();
  const commands: CommandService = {
    async send(request, { session }) {
      const user = session.access.user;
      const command: Command = {
        id: request.id,
        point: request.point,
        value: request.value,
        by: user === "anonymous" ? user : user.name,
        at: clock.now(),
        state: "sent",
      };
      live.applyCommand(command);
      return command;
    },
    fate: () => Promise.reject(new Error("not part of this house")),
    dismiss: () => Promise.reject(new Error("not part of this house")),
    others: { changed: async () => undefined, settle: async () => undefined },
    counters: () => ({}),
    stop: async () => undefined,
  };
  const sessionOf = (id: string | undefined): Session | null => {
    const person = id === undefined ? undefined : people.get(id);
    return person ? { access: person.access, token: person.token } : null;
  };
  const httpServer = createServer((_, res) => void res.writeHead(404).end());
  const peoplePart = {
    session: async (headers: Headers) => sessionOf(/user=(\w+)/.exec(headers.get("cookie") ?? "")?.[1]),
    recheck: async (session: Session) => {
      const { user } = session.access;
      return user === "anonymous" ? null : (sessionOf(user.id)?.access ?? null);
    },
    onChange: onPeople.add,
  } as unknown as People;
  const store = { appendAudit: async (audit: NewAudit) => void byHand.push({ audit }) };
  const alone = { acts: () => true, keepsHouse: () => true, severalNodes: false };
  const alarmStore = createMemoryConfigStore();
  const alarms = createAlarmService({ ...alone, store: alarmStore, sources: [], live, clock, log: quiet });
  await alarms.start();
  const sockets = createSockets({
    httpServer,
    people: peoplePart,
    publisher: createPublishService({ clock, log: quiet, store, brokers, catalog, people: peoplePart, live }),
    catalog,
    live,
    everything: createEverything({ live, clock }),
    commands,
    alarms,
    history: {
      query: async ({ points, from }: Parameters<HistoryStore["query"]>[0]) =>
        points.map((point) => ({ tier: "raw", t: [from, from + 1], value: [1, point.length], before: null })),
    } as unknown as HistoryStore,
    brokers,
    clock,
    log: quiet,
  });
  sockets.start();
  await new Promise<void>((resolve) => httpServer.listen(0, "127.0.0.1", resolve));
  const { port } = httpServer.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  const bed: SocketTestBed = {
    url,
    port,
    clock,
    live,
    sockets,
    people,
    say: (topic, text) => onMessage.tell(message(topic, text)),
    setBrokers(next) {
      states = next;
      onState.tell(states);
    },
    register(next) {
      registrations = next.map((topic) => Registration.parse(topic));
      onCatalog.tell({ brokers: false, registrations: true, dashboards: false });
    },
    setDashboards(next) {
      boards = next;
      onCatalog.tell({ brokers: false, registrations: false, dashboards: true });
    },
    peopleChange: onPeople.tell,
    previewSays(more) {
      for (const listener of previews) listener({ ...message(more.topic, ""), ...more });
    },
    get previews() {
      return previews.size;
    },
    exploring,
    exploreSays(more) {
      for (const on of exploring) on.message({ ...message(more.topic, ""), ...more });
    },
    byHand,
    age: () => ({ epoch: live.epoch, stamp: clock.now(), since: 0 }),
    page(user = "ann", options = {}) {
      const page: Page = io(url, {
        transports: ["websocket"],
        forceNew: true,
        autoConnect: !options.manual,
        reconnection: options.manual ?? false,
        reconnectionDelay: 10,
        reconnectionDelayMax: 50,
        auth: options.auth ?? { protocol: PROTOCOL_VERSION },
        extraHeaders: { origin: url, cookie: `user=${user}`, ...options.headers },
      });
      pages.push(page);
      return page;
    },
    async connected(user) {
      const page = bed.page(user);
      await event(page, "connect");
      return page;
    },
    async stop() {
      for (const page of pages) page.disconnect();
      sockets.stop();
      await alarms.stop();
      live.stop();
      await new Promise<void>((resolve) => {
        httpServer.close(() => resolve());
        httpServer.closeAllConnections();
      });
    },
  };
  people.set("ann", personOf("ann", "operator"));
  return bed;
}

export const personOf = (id: string, role: Access["role"], grants: Access["grants"] = []): Person => ({
  access: { user: { id, name: id }, role, grants },
  token: `token-${id}`,
});

/** The next such event's first argument. */
export const event = <T = unknown>(page: Page, name: string): Promise<T> =>
  new Promise((resolve) => (page as unknown as { once(n: string, f: (value: T) => void): void }).once(name, resolve));

/** Sends an event, any event, and waits for its answer. */
export const ask = <T = unknown>(page: Page, name: string, ...args: unknown[]): Promise<Reply<T>> =>
  (page as unknown as { emitWithAck(n: string, ...a: unknown[]): Promise<Reply<T>> }).emitWithAck(name, ...args);

export const EVERYTHING = { view: { kind: "everything" } };

/** The frames that come from now on. */
export const frames = (page: Page): Frame[] => {
  const seen: Frame[] = [];
  page.on("frame", (frame) => seen.push(frame));
  return seen;
};

/** Looks at a view, all points by default. Answers what catches it up. */
export const watch = async (page: Page, request: object = EVERYTHING): Promise<CatchUp> => {
  const reply = await ask<CatchUp>(page, "view:watch", request);
  if (!reply.ok) throw new Error(inWords(reply.message));
  return reply.value;
};

/** Lets the event loop turn until it is so. */
export const until = async (met: () => boolean): Promise<void> => {
  while (!met()) await new Promise((resolve) => setImmediate(resolve));
};
