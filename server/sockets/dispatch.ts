import { lacking, type Needs } from "../../lib/access";
import type { AnswerOf, Contracts, clientEvents, Reply, RequestOf } from "../../lib/protocol";
import { saidOf } from "../../lib/texts/issues";
import { say } from "../../lib/texts/said";
import type { Clock, Log, People } from "../ports";
import { type ConnectedPage, goodbye } from "./connectedPage";
import { pageWords } from "./pageWords";
import { refused } from "./replies";

/** What each event does, with its payload parsed. */
export type HandlersOf<Table extends Contracts> = {
  [E in keyof Table]: (
    page: ConnectedPage,
    request: RequestOf<Table[E]>,
  ) => Reply<AnswerOf<Table[E]>> | Promise<Reply<AnswerOf<Table[E]>>>;
};
type Handlers = HandlersOf<typeof clientEvents>;
/** The events whose names begin alike: `explorer:open`, `explorer:close`, … */
export type HandlersNamed<Idea extends string> = Pick<Handlers, Extract<keyof Handlers, `${Idea}:${string}`>>;

/** A page of ours sends a few events a second; more than this is a fault or an attack. */
const MAX_EVENTS_A_SECOND = 50;
const MAX_BAD = 100;
const BAD_WITHIN_MS = 10_000;

export interface DispatchParts {
  clock: Clock;
  log: Log;
  people: Pick<People, "recheck">;
}

/**
 * The one edge that every event comes in by: known, parsed, allowed, answered. A missing ack is tolerated, an exception ends here.
 * Rules FR-30 … FR-33, FR-36.
 */
export function createDispatch<Table extends Contracts>(
  table: Table,
  handlers: HandlersOf<Table>,
  { clock, log, people }: DispatchParts,
) {
  const contracts: Contracts = table;
  const counters = { events: 0, bad_events: 0, failed_events: 0 };

  function parse(event: unknown, args: unknown[]): { ok: true; name: string; payload: unknown } | Reply<never> {
    const contract = typeof event === "string" && Object.hasOwn(contracts, event) ? contracts[event] : undefined;
    const name = String(event);
    if (!contract) return refused("bad-request", say("reply.noEvent", { name: name.slice(0, 60) }));
    if (args.length > 1) return refused("bad-request", say("reply.onePayload", { name }));
    const parsed = contract.request.safeParse(args[0]);
    if (parsed.success) return { ok: true, name, payload: parsed.data };
    const issue = parsed.error.issues[0];
    return refused(
      "bad-request",
      issue ? pageWords(saidOf(issue)) : say("reply.badPayload", { name }),
      issue?.path.join("."),
    );
  }

  /** By the database, since a session may have lost its rights just now. */
  async function lacks(needs: Needs, { session }: ConnectedPage): Promise<boolean> {
    return lacking(needs, await people.recheck(session)) !== undefined;
  }

  async function replyTo(page: ConnectedPage, name: string, payload: unknown): Promise<unknown> {
    const contract = contracts[name];
    if (contract?.refusal !== undefined && (await lacks(contract.needs, page)))
      return refused("not-allowed", say(contract.refusal));
    // The table's type ties each payload to its handler; a lookup by a name known only at run time loses the tie.
    return (handlers[name as keyof Table] as (page: ConnectedPage, request: never) => unknown)(page, payload as never);
  }

  return {
    counters,
    /** Takes this page's events from now on. */
    attach(page: ConnectedPage): void {
      const bad: number[] = [];
      let second = 0;
      let events = 0;

      function countBad(): void {
        counters.bad_events++;
        const now = clock.monotonic();
        bad.push(now);
        if (bad.length < MAX_BAD) return;
        if (now - (bad.shift() as number) < BAD_WITHIN_MS)
          goodbye(page.socket, "too-many-errors", say("reply.tooManyErrors"));
      }

      async function answer(name: string, payload: unknown, reply: (value: unknown) => void): Promise<void> {
        try {
          reply(await replyTo(page, name, payload));
        } catch (error) {
          counters.failed_events++;
          log.error({ err: error, event: name }, "a socket event failed");
          reply(refused("internal", say("reply.internal")));
        }
      }

      page.socket.onAny((event: unknown, ...args: unknown[]) => {
        counters.events++;
        const ack = typeof args.at(-1) === "function" ? (args.pop() as (reply: unknown) => void) : undefined;
        const reply = (value: unknown): void => ack?.(value);
        const now = Math.floor(clock.monotonic() / 1000);
        events = now === second ? events + 1 : 1;
        second = now;
        if (events > MAX_EVENTS_A_SECOND) {
          reply(refused("too-many", say("reply.tooManyEvents", { most: MAX_EVENTS_A_SECOND })));
          countBad();
          return;
        }
        const parsed = parse(event, args);
        if (!parsed.ok) {
          reply(parsed);
          countBad();
          return;
        }
        void answer((parsed as { name: string }).name, (parsed as { payload: unknown }).payload, reply);
      });
    },
  };
}
