import { mayAdminister } from "../../../lib/access";
import { siblingTopics } from "../../../lib/explorer/rows";
import type { ExplorerLook, ExplorerMessages, ExplorerPublish, ExplorerPublished } from "../../../lib/explorer/wire";
import type { BrokerId } from "../../../lib/ids";
import { HEARTBEAT_MS, type Reply } from "../../../lib/protocol";
import { say } from "../../../lib/texts/said";
import { parseFilter } from "../../../lib/topics/parse";
import type { Brokers, Cancel, Catalog, Clock, LiveState, PublishService } from "../../ports";
import { backlog, type ConnectedPage } from "../connectedPage";
import type { HandlersNamed } from "../dispatch";
import { brokerFor, refused } from "../replies";
import { createLook, type Look } from "./look";
import { base64, createSelection, type Selection } from "./selection";
import { startWatch, type Watch } from "./watch";

/** An admin looks at all that a broker says. Rules XP-20 … XP-26. */

const TICK_MS = 250;
/** A look is answered at once, but a page that scrolls is not answered for every step. */
const ANSWER_MS = 60;
/** How long the broker is given to repeat what it keeps of a picked topic. */
const WHOLE_MS = 3000;

export interface ExplorerParts {
  brokers: Brokers;
  catalog: Catalog;
  publisher: PublishService;
  live: Pick<LiveState, "epoch" | "rev">;
  clock: Clock;
}

interface Looker {
  readonly watch: Watch;
  readonly look: Look;
  selection: Selection | undefined;
  unselect: Cancel;
  /** A look was answered, or could not be, just now. */
  answering: Cancel | undefined;
  /** Another has come since. */
  askedAgain: boolean;
  readonly end: Cancel;
}

const NOT_OPEN = refused("not-found", say("reply.explorerNotOpen"));

export function createExplorer({ brokers, catalog, publisher, live, clock }: ExplorerParts) {
  const lookers = new Map<ConnectedPage, Looker>();
  const watches = new Map<BrokerId, { watch: Watch; lookers: number }>();

  function enter(broker: BrokerId): Watch {
    const entry = watches.get(broker) ?? { watch: startWatch(broker, { brokers, clock }), lookers: 0 };
    entry.lookers++;
    watches.set(broker, entry);
    return entry.watch;
  }

  /** The last one to leave ends the subscription, and the tree with it. */
  function leave(watch: Watch): void {
    const entry = watches.get(watch.broker);
    if (!entry || --entry.lookers > 0) return;
    watches.delete(watch.broker);
    watch.stop();
  }

  function close(page: ConnectedPage): void {
    const looker = lookers.get(page);
    if (!looker) return;
    lookers.delete(page);
    looker.end();
    leave(looker.watch);
  }

  function send(page: ConnectedPage, looker: Looker, asked: boolean): void {
    // A page that is behind gets the newest state when it has taken what it was sent; nothing waits for it here.
    if (backlog(page.socket) > 0) {
      looker.askedAgain ||= asked;
      return;
    }
    const rows = asked || !looker.look.paused ? looker.look.rows(asked) : undefined;
    if (rows) page.socket.emit("explorer:rows", rows);
    const messages = looker.look.paused ? undefined : looker.selection?.batch();
    if (messages) page.socket.emit("explorer:messages", messages);
  }

  /** At once; those that follow soon are answered together. */
  function answer(page: ConnectedPage, looker: Looker): void {
    looker.askedAgain = looker.answering !== undefined;
    if (looker.answering) return;
    send(page, looker, true);
    looker.answering = clock.after(ANSWER_MS, () => {
      looker.answering = undefined;
      if (looker.askedAgain) answer(page, looker);
    });
  }

  function start(page: ConnectedPage, broker: BrokerId, look: ExplorerLook | undefined): void {
    const watch = enter(broker);
    const undo: Cancel[] = [
      watch.onStatus((status) => void page.socket.emit("explorer:status", status)),
      clock.every(TICK_MS, () => send(page, looker, false)),
      clock.every(HEARTBEAT_MS, () => {
        page.socket.emit("heartbeat", { room: "", epoch: live.epoch, rev: live.rev, now: clock.now() });
      }),
    ];
    const looker: Looker = {
      watch,
      look: createLook(watch, clock),
      selection: undefined,
      unselect: () => undefined,
      answering: undefined,
      askedAgain: false,
      end() {
        looker.answering?.();
        looker.unselect();
        for (const step of undo) step();
      },
    };
    if (look) looker.look.set(look);
    lookers.set(page, looker);
    page.socket.emit("explorer:status", watch.status());
    answer(page, looker);
  }

  function select(looker: Looker, topic: string): ExplorerMessages {
    looker.unselect();
    looker.look.keepInSight(topic);
    const own = looker.watch.tree.find(topic)?.own;
    const selection = createSelection(
      topic,
      own && { at: own.at, retained: own.retained, bytes: own.bytes, payload: new Uint8Array(own.head) },
    );
    const undo = [looker.watch.listen(topic, selection.hear)];
    if (own && own.head.length < own.bytes) undo.push(askWhole(looker.watch.broker, selection));
    looker.selection = selection;
    looker.unselect = () => {
      for (const step of undo) step();
      looker.selection = undefined;
      looker.unselect = () => undefined;
    };
    return selection.batch() ?? { topic, messages: [], missed: 0 };
  }

  /** Only the beginning was kept: what the broker retains of the topic is asked for, by a client that lives no longer than that. */
  function askWhole(broker: BrokerId, selection: Selection): Cancel {
    const filter = parseFilter(selection.topic);
    if (!filter.ok) return () => undefined;
    const stop = brokers.preview(
      broker,
      filter.value,
      (message) => {
        if (message.retained) selection.hear(message);
        end();
      },
      () => end(),
    );
    const cancel = clock.after(WHOLE_MS, () => end());
    function end(): void {
      cancel();
      stop();
    }
    return end;
  }

  const published = async (
    page: ConnectedPage,
    { age, ...request }: ExplorerPublish,
  ): Promise<Reply<ExplorerPublished>> => {
    const who = { session: page.session, address: page.address };
    const result = await publisher.publish({ ...request, expiry: { by: "page", age } }, who);
    if (!result.ok) return refused(result.error.code, result.error.message, result.error.field);
    const { outcome } = result.value;
    if (outcome !== "acked") return { ok: true, value: { outcome, reason: result.value.reason } };
    return { ok: true, value: { outcome, ...(result.value.unheard && { unheard: result.value.unheard }) } };
  };

  return {
    close,
    /** No longer an admin: looks no longer. */
    rightsChanged(page: ConnectedPage): void {
      if (mayAdminister(page.session.access) || !lookers.has(page)) return;
      close(page);
      page.socket.emit("explorer:status", { state: "lost", reason: say("reply.explorerNotAllowed") });
    },
    handlers: {
      "explorer:open"(page, { broker: named, look }) {
        const broker = brokerFor(catalog, named);
        if (!broker.ok) return broker;
        close(page);
        if (!page.socket.connected) return refused("unavailable", say("reply.pageGone"));
        start(page, broker.value, look);
        return { ok: true, value: { broker: broker.value, epoch: live.epoch, now: clock.now() } };
      },
      "explorer:close"(page) {
        close(page);
        return { ok: true, value: null };
      },
      "explorer:look"(page, look) {
        const looker = lookers.get(page);
        if (!looker) return NOT_OPEN;
        looker.look.set(look);
        answer(page, looker);
        return { ok: true, value: null };
      },
      "explorer:select"(page, { topic }) {
        const looker = lookers.get(page);
        if (!looker) return NOT_OPEN;
        if (topic === null) looker.unselect();
        return { ok: true, value: topic === null ? null : select(looker, topic) };
      },
      "explorer:payload"(page, { topic, id }) {
        const selection = lookers.get(page)?.selection;
        const payload = selection?.topic === topic ? selection.payload(id) : undefined;
        if (!payload) return refused("not-found", say("reply.messageNotStored"));
        return { ok: true, value: { payload: base64(payload) } };
      },
      "explorer:siblings"(page, { topic }) {
        const looker = lookers.get(page);
        if (!looker) return NOT_OPEN;
        const siblings = siblingTopics(looker.watch.tree, topic).map(({ path, own }) => ({
          topic: path,
          head: base64(own?.head ?? new Uint8Array(0)),
          bytes: own?.bytes ?? 0,
        }));
        return { ok: true, value: siblings };
      },
      "explorer:publish": published,
      "explorer:clear-retained": (page, request) => published(page, { ...request, payload: "", qos: 1, retain: true }),
    } satisfies HandlersNamed<"explorer">,
    counters: () => ({ explorers: lookers.size, explorer_watches: watches.size }),
  };
}
