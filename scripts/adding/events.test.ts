import { expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import type { Access } from "../../lib/access";
import { type Contracts, clientEvents, type EventsOf, type Reply } from "../../lib/protocol";
import type { ConnectedPage } from "../../server/sockets/connectedPage";
import { createDispatch, type HandlersOf } from "../../server/sockets/dispatch";
import { createFakeClock } from "../../server/testing/fakeClock";

const accessOf = (role: Access["role"]): Access => ({ user: { id: role, name: role }, role, grants: [] });

/** A page of this person, whose events arrive as Socket.IO hands them over. `now`: the role that the database has. */
function openPage<Table extends Contracts>(
  contracts: Table,
  handlers: HandlersOf<Table>,
  role: Access["role"],
  now = role,
) {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const people = { recheck: async () => accessOf(now) };
  const dispatch = createDispatch(contracts, handlers, { clock: createFakeClock(), log, people });
  const listeners: ((...args: unknown[]) => void)[] = [];
  const socket = { onAny: (listener: (...args: unknown[]) => void) => listeners.push(listener) };
  dispatch.attach({ socket, session: { access: accessOf(role) } } as unknown as ConnectedPage);
  return {
    counters: dispatch.counters,
    ask: (...args: unknown[]) =>
      new Promise<Reply<unknown>>((resolve) => {
        for (const listener of listeners) listener(...args, resolve);
      }),
  };
}

const TEMPLATE = {
  "lamp:blink": {
    needs: "admin",
    refusal: "reply.explorerNotAllowed",
    request: z.strictObject({ times: z.number().int().max(10) }),
    answer: z.object({ blinked: z.number() }),
  },
} as const satisfies Contracts;

test("FR-30, FR-36: an event is one contract and one handler: types, parsing, rights and counting follow", async () => {
  const contracts = { ...TEMPLATE };
  const handlers: HandlersOf<typeof contracts> = {
    "lamp:blink": (_, { times }) => ({ ok: true, value: { blinked: times } }),
  };
  expectTypeOf<EventsOf<typeof contracts>["lamp:blink"]>().toEqualTypeOf<
    (request: { times: number }, ack: (reply: Reply<{ blinked: number }>) => void) => void
  >();

  const admin = openPage(contracts, handlers, "admin");
  expect(await admin.ask("lamp:blink", { times: 3 })).toEqual({ ok: true, value: { blinked: 3 } });
  expect(await admin.ask("lamp:blink", { times: 11 })).toMatchObject({ code: "bad-request", field: "times" });
  expect(await admin.ask("lamp:burn", { times: 1 })).toMatchObject({ code: "bad-request" });
  expect(admin.counters).toEqual({ events: 3, bad_events: 2, failed_events: 0 });

  for (const person of [openPage(contracts, handlers, "operator"), openPage(contracts, handlers, "admin", "viewer")])
    expect(await person.ask("lamp:blink", { times: 3 })).toEqual({
      ok: false,
      code: "not-allowed",
      message: { code: "reply.explorerNotAllowed" },
    });
});

test("FR-36: no handler runs for somebody whom a contract refuses", async () => {
  // Whatever is sent, so that only the rights decide.
  const contracts: Contracts = Object.fromEntries(
    Object.entries(clientEvents).map(([name, contract]) => [name, { ...contract, request: z.unknown() }]),
  );
  const handlers = Object.fromEntries(
    Object.keys(contracts).map((name) => [name, () => ({ ok: true as const, value: "handled" })]),
  );
  const page = openPage(contracts, handlers, "operator");
  const refused: string[] = [];
  for (const name of Object.keys(contracts)) {
    const reply = await page.ask(name, {});
    if (!reply.ok) refused.push(name);
    else expect(reply.value).toBe("handled");
  }
  expect(refused).toEqual(["preview:open", "explorer:open"]);
});
