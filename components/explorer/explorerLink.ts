import { createServerStamps } from "@/components/live/serverStamps";
import { createSocket, type LiveSocket } from "@/components/live/socket";
import type {
  ExplorerLook,
  ExplorerMessages,
  ExplorerOpened,
  ExplorerPublish,
  ExplorerPublished,
  ExplorerSibling,
} from "@/lib/explorer/wire";
import type { Reply } from "@/lib/protocol";
import { t } from "@/lib/texts/t";
import { type ExplorerStore, withMessages, withRows } from "./explorerStore";

/** The explorer's connection to the server. After a reconnect it requests again what the person has opened and picked. */
export interface ExplorerLink {
  start(): () => void;
  setBroker(broker: string): void;
  look(look: ExplorerLook): void;
  pick(topic: string | undefined): void;
  /** The full payload of a message of the picked topic, as base64; undefined if it is no longer stored. */
  payload(id: number): Promise<string | undefined>;
  siblings(topic: string): Promise<ExplorerSibling[]>;
  publish(message: Omit<ExplorerPublish, "broker" | "age">): Promise<Reply<ExplorerPublished>>;
  clearRetained(topic: string): Promise<Reply<ExplorerPublished>>;
  /** The selected broker, or undefined for the default one, which a registration need not name. */
  otherBroker(): string | undefined;
}

const ANSWER_MS = 5000;
/** A page hidden for this long disconnects, so that Telltale need not subscribe to all of the broker's traffic. */
const ASLEEP_AFTER_MS = 60_000;

/**
 * The page's session on the current connection. Requests made while it is `opening` are sent with `explorer:open` or after its answer. Each
 * opening is a new object, so that the answer to an earlier one can be recognised as outdated.
 */
type Session = { state: "closed" } | { state: "opening" } | { state: "open" };
const CLOSED: Session = { state: "closed" };
const OPEN: Session = { state: "open" };

export function createExplorerLink(store: ExplorerStore, socket: LiveSocket = createSocket()): ExplorerLink {
  /** The age of this page's view: messages published by hand expire like commands. */
  const stamps = createServerStamps();
  const opened = new Set<string>();
  const closed = new Set<string>();
  const place = { from: 0, count: 60 };
  let all: "open" | "close" = "close";
  let chosen: string | undefined;
  let standard: string | undefined;
  let session: Session = CLOSED;
  let sleeping: ReturnType<typeof setTimeout> | undefined;

  /** Never rejects; emitWithAck rejects only if no answer arrived in time. */
  async function ask<T>(send: () => Promise<Reply<T>>): Promise<Reply<T>> {
    try {
      return await send();
    } catch {
      return { ok: false, code: "unavailable", message: t("explorer.noAnswer") };
    }
  }
  const within = () => socket.timeout(ANSWER_MS);

  function wholeLook(): ExplorerLook {
    const { sort, search, paused } = store.getState();
    return { all, open: [...opened], close: [...closed], sort, search, paused, ...place };
  }

  async function open(): Promise<void> {
    const mine: Session = { state: "opening" };
    session = mine;
    const look = wholeLook();
    const reply = await ask<ExplorerOpened>(() =>
      within().emitWithAck("explorer:open", { look, ...(chosen !== undefined && { broker: chosen as never }) }),
    );
    // Another broker was chosen meanwhile, or the connection was lost and came back.
    if (session !== mine) return;
    if (!reply.ok) return store.setState({ status: { state: "lost", reason: reply.message } });
    stamps.heard(reply.value);
    if (chosen === undefined) standard = reply.value.broker;
    store.setState({ broker: reply.value.broker });
    session = socket.connected ? OPEN : CLOSED;
    const now = wholeLook();
    if (session === OPEN && JSON.stringify(now) !== JSON.stringify(look))
      socket.emit("explorer:look", now, () => undefined);
    const { picked } = store.getState();
    if (picked) pick(picked.topic);
  }

  function pick(topic: string | undefined): void {
    const before = store.getState().picked;
    store.setState({
      picked: topic === undefined ? undefined : before?.topic === topic ? before : { topic, messages: [], missed: 0 },
    });
    if (session !== OPEN) return;
    void ask<ExplorerMessages | null>(() => within().emitWithAck("explorer:select", { topic: topic ?? null })).then(
      (reply) => {
        const batch = reply.ok ? reply.value : null;
        // After a reconnect the server numbers messages anew, so its list replaces the page's.
        if (batch)
          store.setState(({ picked }) => (picked?.topic === batch.topic ? { picked: { ...batch, missed: 0 } } : {}));
      },
    );
  }

  function onDown(): void {
    if (session === OPEN) session = CLOSED;
    stamps.forget();
    if (store.getState().status.state !== "asleep")
      store.setState({
        status: { state: "lost", reason: t("explorer.connectionLost") },
      });
  }

  function onVisibility(): void {
    clearTimeout(sleeping);
    if (document.visibilityState === "hidden") {
      sleeping = setTimeout(() => {
        store.setState({ status: { state: "asleep" } });
        socket.disconnect();
      }, ASLEEP_AFTER_MS);
    } else if (store.getState().status.state === "asleep") {
      store.setState({ status: { state: "connecting" } });
      socket.connect();
    }
  }

  return {
    start() {
      socket.on("connect", () => void open());
      socket.on("disconnect", onDown);
      socket.on("connect_error", onDown);
      socket.on("heartbeat", stamps.heard);
      socket.on("explorer:status", (status) => store.setState({ status }));
      socket.on("explorer:rows", (rows) => store.setState((state) => withRows(state, rows)));
      socket.on("explorer:messages", (batch) => store.setState((state) => withMessages(state, batch)));
      document.addEventListener("visibilitychange", onVisibility);
      socket.connect();
      return () => {
        clearTimeout(sleeping);
        document.removeEventListener("visibilitychange", onVisibility);
        socket.removeAllListeners();
        socket.disconnect();
      };
    },
    setBroker(broker) {
      chosen = broker;
      opened.clear();
      closed.clear();
      store.setState({ picked: undefined, rows: [], total: 0, totals: undefined, status: { state: "connecting" } });
      if (socket.connected) void open();
    },
    look(look) {
      if (look.all) {
        opened.clear();
        closed.clear();
        all = look.all;
      }
      for (const path of look.open ?? []) if (opened.add(path)) closed.delete(path);
      for (const path of look.close ?? []) if (closed.add(path)) opened.delete(path);
      place.from = look.from ?? place.from;
      place.count = look.count ?? place.count;
      const { sort, search, paused } = look;
      store.setState({
        ...(sort !== undefined && { sort }),
        ...(search !== undefined && { search }),
        ...(paused !== undefined && { paused }),
      });
      if (session === OPEN) socket.emit("explorer:look", look, () => undefined);
    },
    pick,
    async payload(id) {
      const topic = store.getState().picked?.topic ?? "";
      const reply = await ask<{ payload: string }>(() => within().emitWithAck("explorer:payload", { topic, id }));
      return reply.ok ? reply.value.payload : undefined;
    },
    async siblings(topic) {
      const reply = await ask<ExplorerSibling[]>(() => within().emitWithAck("explorer:siblings", { topic }));
      return reply.ok ? reply.value : [];
    },
    publish: (message) =>
      ask(() => within().emitWithAck("explorer:publish", { ...message, age: stamps.age(), ...brokerOf() })),
    clearRetained: (topic) =>
      ask(() => within().emitWithAck("explorer:clear-retained", { topic, age: stamps.age(), ...brokerOf() })),
    otherBroker: () => (chosen === standard ? undefined : chosen),
  };

  function brokerOf(): { broker?: never } {
    const { broker } = store.getState();
    return broker === undefined ? {} : { broker: broker as never };
  }
}
