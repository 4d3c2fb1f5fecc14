import type { BrokerId } from "../../lib/ids";
import { createListeners } from "../../lib/listeners";
import type { Brokers, Cancel, Clock, ClusterTables, InboundMessage, Log } from "../ports";

export interface CommandEchoesParts {
  tables: Pick<ClusterTables, "commandsSaying">;
  isCommandTopic(broker: BrokerId, topic: string): boolean;
  clock: Pick<Clock, "after" | "monotonic">;
  log: Log;
}

/** `known` undefined: the database has not said yet whether a node's command says this. */
interface Held {
  message: InboundMessage;
  at: number;
  known: boolean;
}

/** How long a command's message may be on its way: as for a node's own (server/mqtt/recentPublishes.ts). */
const WINDOW_MS = 10_000;
/** Without the database no command can be sent: what comes so long after it was lost is none. */
const WAIT_MS = 5000;
const AGAIN_MS = 250;
const MOST_BYTES = 16 * 1024 * 1024;
/** What a message takes beside its payload. */
const OVERHEAD = 500;

/**
 * The same brokers, where a command of another node counts as an echo. On MQTT 5 it carries a mark (server/mqtt/commandMark.ts). On 3.1.1
 * nothing on it tells, so that a message on a command's topic is held until the database has been asked: the row is there before the message
 * is published. Each command explains one message. What comes behind it on its topic waits, too.
 */
export function withCommandEchoes(brokers: Brokers, parts: CommandEchoesParts): Brokers & { stop(): void } {
  const { tables, isCommandTopic, clock, log } = parts;
  const listeners = createListeners<[message: InboundMessage]>();
  /** In the order of their arrival; only topics of which something is held. */
  const topics = new Map<string, Held[]>();
  /** Commands that have explained a message, with when. */
  const met = new Map<string, number>();
  let bytes = 0;
  let asking = false;
  let failingSince: number | undefined;
  let isFull = false;
  let timer: Cancel | undefined;

  const sizeOf = ({ message }: Held): number => message.payload.byteLength + OVERHEAD;
  const undecided = (): Held[] => [...topics.values()].flat().filter((held) => !held.known);

  function take(message: InboundMessage): void {
    const key = `${message.broker} ${message.topic}`;
    const waiting = topics.get(key);
    const mayBeCommand =
      message.unmarked === true &&
      !message.retained &&
      message.echoOf === undefined &&
      isCommandTopic(message.broker, message.topic);
    if (!waiting && !mayBeCommand) {
      listeners.tell(message);
      return;
    }
    // The buffers of the broker's client are slices of far larger ones.
    const copy = { ...message, payload: new Uint8Array(message.payload) };
    const held = { message: copy, at: clock.monotonic(), known: !mayBeCommand };
    topics.set(key, [...(waiting ?? []), held]);
    bytes += sizeOf(held);
    makeRoom(key);
    watch();
    if (failingSince === undefined) void ask();
  }

  /** Only where the database does not answer for seconds, in a flood. */
  function makeRoom(key: string): void {
    const isOver = bytes > MOST_BYTES;
    if (isOver && !isFull)
      log.warn({}, "too many messages wait for the database: some on topics of commands are left out");
    isFull = isOver;
    if (isOver) drop(key);
  }

  function drop(key: string): Held | undefined {
    const [first, ...rest] = topics.get(key) ?? [];
    if (rest.length > 0) topics.set(key, rest);
    else topics.delete(key);
    if (first) bytes -= sizeOf(first);
    return first;
  }

  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    const asked = undecided();
    const oldest = Math.min(clock.monotonic(), ...asked.map(({ at }) => at));
    try {
      const messages = asked.map(({ message }) => message);
      const commands = await tables.commandsSaying(messages, WINDOW_MS + clock.monotonic() - oldest);
      failingSince = undefined;
      for (const [i, held] of asked.entries()) decide(held, commands[i] ?? []);
    } catch (error) {
      const now = clock.monotonic();
      if (failingSince === undefined)
        log.warn({ error: String(error) }, "the database does not say which messages are commands of other nodes");
      failingSince ??= now;
      if (now - failingSince >= WAIT_MS) for (const held of asked) held.known = true;
    }
    asking = false;
    release();
    if (failingSince === undefined && undecided().length > 0) void ask();
  }

  function decide(held: Held, commands: readonly string[]): void {
    const command = held.known ? undefined : commands.find((one) => !met.has(one));
    held.known = true;
    if (command === undefined) return;
    held.message.echoOf = command;
    met.set(command, clock.monotonic());
  }

  function release(): void {
    for (const key of [...topics.keys()])
      while (topics.get(key)?.[0]?.known) {
        const held = drop(key);
        if (held) listeners.tell(held.message);
      }
    for (const [command, at] of met) {
      if (clock.monotonic() - at <= 2 * (WINDOW_MS + WAIT_MS)) break;
      met.delete(command);
    }
  }

  /** While something waits, and while the database fails. */
  function watch(): void {
    timer ??= clock.after(AGAIN_MS, () => {
      timer = undefined;
      const now = clock.monotonic();
      for (const held of undecided()) if (now - held.at >= WAIT_MS) held.known = true;
      release();
      if (topics.size === 0 && failingSince === undefined) return;
      watch();
      void ask();
    });
  }

  brokers.onMessage(take);
  return {
    ...brokers,
    onMessage: listeners.add,
    stop: () => timer?.(),
  };
}
