import type { z } from "zod";
import { type ClientEvents, clientEventSchemas, type Reply } from "../../lib/protocol";
import type { Clock, Log } from "../ports";
import { refused } from "./replies";
import { goodbye, type Seat } from "./seat";

type EventName = keyof ClientEvents;
type ReplyOf<E extends EventName> = Parameters<Extract<Parameters<ClientEvents[E]>[number], (reply: never) => void>>[0];

/** What each event does, with its payload parsed. */
export type Handlers = {
  [E in EventName]: (seat: Seat, payload: z.infer<(typeof clientEventSchemas)[E]>) => ReplyOf<E> | Promise<ReplyOf<E>>;
};

/** A page of ours sends a few events a second; more than this is a fault or an attack. */
const MAX_EVENTS_A_SECOND = 50;
const MAX_BAD = 100;
const BAD_WITHIN_MS = 10_000;

/**
 * The one edge that every event comes in by: known, parsed, answered. A missing ack is tolerated, an exception ends here.
 * Rules FR-30 … FR-33.
 */
export function createDispatch(handlers: Handlers, { clock, log }: { clock: Clock; log: Log }) {
  const counters = { events: 0, bad_events: 0, failed_events: 0 };

  function parse(event: unknown, args: unknown[]): { ok: true; name: EventName; payload: unknown } | Reply<never> {
    if (typeof event !== "string" || !Object.hasOwn(clientEventSchemas, event))
      return refused("bad-request", `There is no event "${String(event).slice(0, 60)}".`);
    const name = event as EventName;
    if (args.length > 1) return refused("bad-request", `${name} takes one payload and an ack.`);
    const parsed = clientEventSchemas[name].safeParse(args[0]);
    if (parsed.success) return { ok: true, name, payload: parsed.data };
    const issue = parsed.error.issues[0];
    return refused(
      "bad-request",
      issue?.message ?? `The payload of ${name} is not as it must be.`,
      issue?.path.join("."),
    );
  }

  return {
    counters,
    /** Takes this seat's events from now on. */
    attach(seat: Seat): void {
      const bad: number[] = [];
      let second = 0;
      let events = 0;

      function countBad(): void {
        counters.bad_events++;
        const now = clock.now();
        bad.push(now);
        if (bad.length < MAX_BAD) return;
        if (now - (bad.shift() as number) < BAD_WITHIN_MS)
          goodbye(seat.socket, "too-many-errors", "This page sent too much that could not be understood.");
      }

      async function answer(name: EventName, payload: unknown, reply: (value: unknown) => void): Promise<void> {
        try {
          // The table's type ties each payload to its handler; a lookup by a name known only at run time loses the tie.
          reply(await (handlers[name] as (seat: Seat, payload: unknown) => unknown)(seat, payload));
        } catch (error) {
          counters.failed_events++;
          log.error({ err: error, event: name }, "a socket event failed");
          reply(refused("internal", "Telltale could not do this: see its log."));
        }
      }

      seat.socket.onAny((event: unknown, ...args: unknown[]) => {
        counters.events++;
        const ack = typeof args.at(-1) === "function" ? (args.pop() as (reply: unknown) => void) : undefined;
        const reply = (value: unknown): void => ack?.(value);
        const now = Math.floor(clock.now() / 1000);
        events = now === second ? events + 1 : 1;
        second = now;
        if (events > MAX_EVENTS_A_SECOND) {
          reply(refused("too-many", `More than ${MAX_EVENTS_A_SECOND} events a second.`));
          countBad();
          return;
        }
        const parsed = parse(event, args);
        if (!parsed.ok) {
          reply(parsed);
          countBad();
          return;
        }
        void answer((parsed as { name: EventName }).name, (parsed as { payload: unknown }).payload, reply);
      });
    },
  };
}
