import { afterEach, describe, expect, test } from "vitest";
import type { BrokerState } from "../../lib/broker";
import type { BrokerId, PointId } from "../../lib/ids";
import type { CatchUp } from "../../lib/protocol";
import type { RegistrationInput } from "../../lib/registration";
import { asWording, inWords } from "../../lib/texts/said";
import { saying } from "../../lib/texts/said.harness";
import { ask, event, openSocketTestBed, type Page, personOf, type SocketTestBed } from "../testing/socketTestBed";
import type { ConnectedPage } from "./connectedPage";
import { MOST_PER_ADDRESS, MOST_PER_SESSION, tooManyPages } from "./socketLimits";

let bed: SocketTestBed;
afterEach(() => bed?.stop());

const topics: RegistrationInput[] = [{ id: "temp", filter: "green/temp", type: "number" }];
const watch = async (page: Page): Promise<CatchUp> => {
  const reply = await ask<CatchUp>(page, "view:watch", { view: { kind: "everything" } });
  if (!reply.ok) throw new Error(inWords(reply.message));
  return reply.value;
};
const until = async (met: () => boolean): Promise<void> => {
  while (!met()) await new Promise((resolve) => setImmediate(resolve));
};

describe("how many pages", () => {
  test("AC-73: one page too many of a sign-in is told so, the others stay, and a closed one makes room", async () => {
    bed = await openSocketTestBed(topics);
    const pages: Page[] = [];
    for (let i = 0; i < MOST_PER_SESSION; i++) pages.push(await bed.connected());
    const more = bed.page();
    expect(await event(more, "goodbye")).toEqual({
      code: "too-many-pages",
      message: saying(/^50 pages are open with this sign-in/),
    });
    await until(() => !more.connected);
    expect(pages.every((page) => page.connected)).toBe(true);
    bed.people.set("ada", personOf("ada", "viewer"));
    expect((await bed.connected("ada")).connected).toBe(true);

    pages[0]?.disconnect();
    await until(() => bed.sockets.counters().sockets === MOST_PER_SESSION);
    expect((await bed.connected()).connected).toBe(true);
  });

  test("AC-73: and so is one too many of an address, whoever it is", () => {
    const from = (address: string, token?: string) =>
      ({ address, session: { access: {}, token } }) as unknown as ConnectedPage;
    const many = Array.from({ length: MOST_PER_ADDRESS }, (_, i) => from("192.0.2.1", `token ${i}`));
    expect(tooManyPages(many, from("192.0.2.1"))).toEqual(saying("from this network"));
    expect(tooManyPages(many, from("192.0.2.2"))).toBeUndefined();
    expect(tooManyPages(many.slice(1), from("192.0.2.1", "token 1"))).toBeUndefined();
  });
});

describe("what is told of brokers", () => {
  test("AC-70: only an admin's page is told how a broker is reached, at first, by a change, and after a demotion", async () => {
    bed = await openSocketTestBed(topics);
    bed.people.set("ada", personOf("ada", "admin"));
    const told = new Map<string, BrokerState[][]>();
    const look = async (who: string) => {
      const page = await bed.connected(who);
      told.set(who, []);
      page.on("brokers", (states) => told.get(who)?.push(states));
      return { page, seen: await watch(page) };
    };
    const down = (port: number): BrokerState[] => [
      {
        id: "main" as BrokerId,
        name: "main",
        state: "offline",
        fault: "refused",
        since: bed.clock.now(),
        reason: asWording(`10.0.0.3:${port} refuses the connection`),
      },
    ];
    bed.setBrokers(down(1883));
    const [ada, ann] = [await look("ada"), await look("ann")];
    expect(JSON.stringify(ada.seen.brokers)).toContain("10.0.0.3");
    expect(JSON.stringify(ann.seen)).not.toContain("10.0.0.3");
    expect(ann.seen.brokers).toMatchObject([{ id: "main", name: "main", state: "offline" }]);

    bed.setBrokers(down(1884));
    await until(() => [...told.values()].every((states) => states.length === 1));
    expect(JSON.stringify(told.get("ada"))).toContain("10.0.0.3:1884");
    expect(JSON.stringify(told.get("ann"))).not.toContain("10.0.0.3");

    bed.people.set("ada", personOf("ada", "operator"));
    bed.peopleChange({ userId: "ada", code: "rights-changed" });
    await until(() => told.get("ada")?.length === 2);
    expect(JSON.stringify(told.get("ada")?.[1])).not.toContain("10.0.0.3");
    expect(JSON.stringify(bed.live.get(topics[0]?.id as PointId)?.status)).not.toContain("10.0.0.3");
  });
});
