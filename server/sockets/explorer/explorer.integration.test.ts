import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ExplorerMessages, ExplorerRows, ExplorerSibling, ExplorerStatus } from "../../../lib/explorer/wire";
import { asWording } from "../../../lib/texts/said";
import { ask, event, openSocketTestBed, type Page, personOf, type SocketTestBed } from "../../testing/socketTestBed";

let bed: SocketTestBed;
beforeEach(async () => {
  bed = await openSocketTestBed([]);
  bed.people.set("ada", personOf("ada", "admin"));
});
afterEach(() => bed.stop());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (base64: string): string => Buffer.from(base64, "base64").toString();
const until = async (met: () => boolean): Promise<void> => {
  while (!met()) await new Promise((resolve) => setImmediate(resolve));
};
const say = (topic: string, payload = "1", more: { retained?: boolean } = {}): void =>
  bed.exploreSays({ topic, payload: bytes(payload), receivedAt: bed.clock.now(), ...more });

async function open(look: object = {}): Promise<Page> {
  const page = await bed.connected("ada");
  const first = event(page, "explorer:rows");
  expect(await ask(page, "explorer:open", { look })).toMatchObject({ ok: true, value: { broker: "main" } });
  await first;
  return page;
}
/** The rows that come with the next tick. */
async function tick(page: Page): Promise<ExplorerRows> {
  const rows = event<ExplorerRows>(page, "explorer:rows");
  bed.clock.advance(250);
  return rows;
}
async function look(page: Page, request: object): Promise<ExplorerRows> {
  // Past the answer that others may still wait for.
  bed.clock.advance(60);
  const rows = event<ExplorerRows>(page, "explorer:rows");
  expect(await ask(page, "explorer:look", request)).toMatchObject({ ok: true });
  return rows;
}
const paths = ({ rows }: ExplorerRows) => rows?.map(({ path }) => path);

describe("who may look, and when the broker is asked", () => {
  test("XP-20: neither a viewer nor an operator may open it, and nothing is subscribed for them", async () => {
    bed.people.set("vic", personOf("vic", "viewer", [{ role: "operator", filter: "#" }]));
    for (const user of ["vic", "ann"]) {
      const page = await bed.connected(user);
      expect(await ask(page, "explorer:open", {})).toMatchObject({ ok: false, code: "not-allowed" });
      expect(await ask(page, "explorer:look", {})).toMatchObject({ ok: false });
      expect(await ask(page, "explorer:select", { topic: "a" })).toMatchObject({ ok: false });
      const message = { topic: "a", payload: "1", qos: 0, retain: false, age: bed.age() };
      expect(await ask(page, "explorer:publish", message)).toMatchObject({ ok: false, code: "not-allowed" });
      expect(await ask(page, "explorer:clear-retained", { topic: "a", age: bed.age() })).toMatchObject({
        ok: false,
        code: "not-allowed",
      });
    }
    expect(bed.exploring.size).toBe(0);
    expect(bed.byHand).toEqual([]);
  });

  test("XP-21: it is subscribed once for all who look, and no longer than someone looks", async () => {
    const first = await open();
    const second = await open();
    expect(bed.exploring.size).toBe(1);
    await ask(first, "explorer:close");
    expect(bed.exploring.size).toBe(1);
    second.disconnect();
    await until(() => bed.exploring.size === 0);
    expect(bed.sockets.counters()).toMatchObject({ explorers: 0, explorer_watches: 0 });
  });

  test("XP-21: who is an admin no more looks no longer, and is told so", async () => {
    const page = await open();
    bed.people.set("ada", personOf("ada", "operator"));
    const status = new Promise<ExplorerStatus>((resolve) => page.on("explorer:status", resolve));
    bed.peopleChange({ userId: "ada", code: "rights-changed" });
    await until(() => bed.exploring.size === 0);
    expect(await status).toMatchObject({ state: "lost" });
  });

  test("XP-22: what stands in the way is told, and it goes on by itself when the broker is back", async () => {
    const page = await open();
    const seen: ExplorerStatus[] = [];
    page.on("explorer:status", (status) => void seen.push(status));
    const [on] = bed.exploring;
    on?.up([{ filter: "$SYS/#" as never, reason: asWording("not authorized") }]);
    await until(() => seen.length === 1);
    expect(seen[0]).toEqual({ state: "listening", refused: [{ filter: "$SYS/#", reason: "not authorized" }] });
    on?.end(asWording("The connection was lost."));
    await until(() => seen.length === 2);
    expect(seen[1]).toEqual({ state: "lost", reason: "The connection was lost." });
    bed.clock.advance(3000);
    await until(() => bed.exploring.size === 2);
  });
});

describe("what a page is sent", () => {
  test("XP-23: the rows in sight, then only what changed of them, at most four times a second", async () => {
    const page = await open({ count: 3 });
    for (const topic of ["a/1", "a/2", "b", "c", "d"]) say(topic, "20");
    const first = await tick(page);
    expect(first).toMatchObject({ total: 4, from: 0, totals: { topics: 5, messages: 5 } });
    expect(paths(first)).toEqual(["a", "b", "c"]);
    expect(first.rows?.[0]).toMatchObject({ open: false, topics: 2, messages: 2 });

    const batches: ExplorerRows[] = [];
    page.on("explorer:rows", (rows) => void batches.push(rows));
    for (let i = 0; i < 1000; i++) say("b", String(i));
    await tick(page);
    expect(batches).toHaveLength(1);
    expect(batches[0]?.rows).toBeUndefined();
    expect(batches[0]?.changes).toMatchObject([
      [0, 2, 2, expect.any(Number), null],
      [1, 1, 1001, expect.any(Number), { text: "999" }],
    ]);

    expect(paths(await look(page, { open: ["a"] }))).toEqual(["a", "a/1", "a/2"]);
    expect(await look(page, { from: 4, count: 10 })).toMatchObject({ total: 6, from: 4 });
    expect(paths(await look(page, { from: 0, search: "A/2" }))).toEqual(["a", "a/2"]);
    expect(paths(await look(page, { search: "", sort: "messages", close: ["a"] }))?.[0]).toBe("b");
  });

  test("XP-101: what opened by itself and was seen so stays open when more comes; the broker's own topics do not count", async () => {
    const page = await open();
    say("lamp/state");
    say("$SYS/load");
    const first = await tick(page);
    expect(paths(first)).toEqual(["lamp", "lamp/state", "$SYS"]);
    expect(first.totals).toMatchObject({ topics: 1, messages: 1 });
    bed.clock.advance(2000);
    const seen: (string[] | undefined)[] = [];
    page.on("explorer:rows", (rows) => void seen.push(paths(rows)));
    say("lamp/set");
    bed.clock.advance(250);
    await until(() => seen.some((rows) => rows !== undefined));
    expect(seen.find((rows) => rows !== undefined)).toEqual(["lamp", "lamp/set", "lamp/state", "$SYS"]);
  });

  test("XP-101: a branch stays open too when the order was made anew all the while, or a topic below it was picked", async () => {
    const page = await open();
    say("lamp/state");
    await tick(page);
    for (let i = 0; i < 8; i++) {
      say(`$SYS/${i}`);
      await tick(page);
    }
    say("lamp/set");
    say("pump/state");
    expect(paths(await tick(page))).toEqual(["lamp", "lamp/set", "lamp/state", "pump", "pump/state", "$SYS"]);
    await ask(page, "explorer:select", { topic: "pump/state" });
    say("pump/set");
    expect(paths(await tick(page))).toContain("pump/set");
  });

  test("XP-103: an order that changes by itself changes at most every two seconds", async () => {
    const page = await open();
    for (const topic of ["lamp", "pump", "pump"]) say(topic);
    expect(paths(await look(page, { sort: "messages" }))).toEqual(["pump", "lamp"]);
    const orders: (string[] | undefined)[] = [];
    for (let quarter = 0; quarter < 10; quarter++) {
      say("lamp");
      // What changed of the rows comes each time; the rows themselves when their order is another one.
      orders.push(paths(await tick(page)));
    }
    expect(orders.findIndex((order) => order !== undefined)).toBeGreaterThanOrEqual(7);
    expect(orders.filter((order) => order !== undefined)).toEqual([["lamp", "pump"]]);
  });

  test("XP-104: paused, nothing comes unasked; what arrived meanwhile was counted", async () => {
    const page = await open();
    say("a");
    await look(page, { paused: true });
    let unasked = 0;
    page.on("explorer:rows", () => void unasked++);
    for (let i = 0; i < 5; i++) say("b");
    bed.clock.advance(2000);
    await ask(page, "explorer:select", { topic: null });
    expect(unasked).toBe(0);
    expect(await look(page, { paused: false })).toMatchObject({ totals: { messages: 6 } });
  });

  test("XP-24: of the picked topic its messages; more than anyone can follow is left out and counted", async () => {
    const page = await open();
    say("a/b", "before", { retained: true });
    const reply = await ask<ExplorerMessages>(page, "explorer:select", { topic: "a/b" });
    expect(reply).toMatchObject({
      ok: true,
      value: { topic: "a/b", missed: 0, messages: [{ id: 0, retained: true }] },
    });
    for (let i = 1; i <= 150; i++) say("a/b", `m${i}`);
    say("a/other", "x");
    const batch = event<ExplorerMessages>(page, "explorer:messages");
    bed.clock.advance(250);
    const { messages, missed } = await batch;
    expect(messages.map(({ payload }) => text(payload))).toEqual(Array.from({ length: 20 }, (_, i) => `m${131 + i}`));
    expect(missed).toBe(130);
    expect(await ask(page, "explorer:payload", { topic: "a/b", id: 60 })).toMatchObject({
      ok: true,
      value: { payload: Buffer.from("m60").toString("base64") },
    });
    expect(await ask(page, "explorer:payload", { topic: "a/b", id: 10 })).toMatchObject({
      ok: false,
      code: "not-found",
    });
  });

  test("XP-105: a long payload is sent in part, and whole when asked for; what the tree cut is asked of the broker", async () => {
    const page = await open();
    const long = "x".repeat(200_000);
    say("big", long);
    const first = await ask<ExplorerMessages>(page, "explorer:select", { topic: "big" });
    expect(first.ok && first.value.messages[0]).toMatchObject({ bytes: 200_000 });
    expect(bed.previews).toBe(1);
    bed.previewSays({ topic: "big", payload: bytes(long), retained: true });
    expect(bed.previews).toBe(0);
    const batch = event<ExplorerMessages>(page, "explorer:messages");
    bed.clock.advance(250);
    const { messages } = await batch;
    expect(text(messages[0]?.payload ?? "")).toHaveLength(64 * 1024);
    const whole = await ask<{ payload: string }>(page, "explorer:payload", { topic: "big", id: messages[0]?.id });
    expect(whole.ok && text(whole.value.payload)).toBe(long);
  });

  test("XP-25: siblings come with the beginning of what they said", async () => {
    const page = await open();
    for (const room of ["hall", "bath"]) say(`h/${room}/t`, "20");
    const reply = await ask<ExplorerSibling[]>(page, "explorer:siblings", { topic: "h/hall/t" });
    expect(reply.ok && reply.value).toEqual([
      { topic: "h/bath/t", head: Buffer.from("20").toString("base64"), bytes: 2 },
    ]);
  });

  test("XP-26: more than 25,000 messages a second are counted, not looked at", async () => {
    const page = await open();
    for (let i = 0; i < 4000; i++) say("flood", String(i));
    expect(await tick(page)).toMatchObject({ totals: { messages: 2500, skipped: 1500 } });
    for (let i = 0; i < 4000; i++) say(`kept/${i}`, "1", { retained: true });
    expect(await tick(page)).toMatchObject({ totals: { topics: 4001 } });
  });
});

describe("publishing by hand", () => {
  const message = { topic: "a/set", payload: "on", qos: 1, retain: false };

  test("XP-30, XP-31: the audit's row is written before the message goes out", async () => {
    const page = await open();
    expect(await ask(page, "explorer:publish", { ...message, age: bed.age() })).toEqual({
      ok: true,
      value: { outcome: "acked" },
    });
    expect(bed.byHand).toMatchObject([
      {
        audit: { actor: "ada", action: "explorer.publish", target: "a/set", detail: { payload: "on", broker: "main" } },
      },
      { publish: { ...message, byHand: true } },
    ]);
  });

  test("XP-32: clearing what is retained is an empty retained message", async () => {
    const page = await open();
    expect(await ask(page, "explorer:clear-retained", { topic: "a/old", age: bed.age() })).toMatchObject({
      ok: true,
    });
    expect(bed.byHand).toMatchObject([
      { audit: { action: "explorer.clear-retained", target: "a/old" } },
      { publish: { topic: "a/old", payload: "", retain: true } },
    ]);
  });

  test("XP-30: a topic that is none never gets that far", async () => {
    const page = await open();
    for (const topic of ["a/+", "#", "", "a\u0000", "\ud800", "x".repeat(70_000)])
      expect(await ask(page, "explorer:publish", { ...message, topic, age: bed.age() })).toMatchObject({
        ok: false,
        code: "bad-request",
      });
    expect(bed.byHand).toEqual([]);
  });
});
