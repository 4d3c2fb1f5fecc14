import { afterEach, describe, expect, test } from "vitest";
import { createGestureSender } from "../components/live/gestureSender";
import { createSeriesBuffers } from "../components/live/seriesBuffer";
import type { LiveData } from "../components/live/store";
import type { PointId } from "../lib/ids";
import { PROTOCOL_VERSION } from "../lib/protocol";
import type { RegistrationInput } from "../lib/registration";
import { saying } from "../lib/texts/said.harness";
import { buildSnapshot } from "../server/next/snapshot";
import { createFakeClock } from "../server/testing/fakeClock";
import { openSocketTestBed, personOf, type SocketTestBed } from "../server/testing/socketTestBed";
import { type NodePageOptions, openNodePage } from "./nodePage";

/** The page's own connection against the real sockets; time stands still on both sides until the test moves it. */

const TEMP = "temp" as PointId;
const PUMP = "pump" as PointId;
const topics: RegistrationInput[] = [
  { id: "temp", filter: "green/temp", type: "number" },
  { id: "pump", filter: "green/pump", type: "boolean", command: { topic: "green/pump/set" } },
];
const EVERYTHING = { kind: "everything" } as const;
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

function openPage(bed: SocketTestBed, user = "ann", more: Partial<NodePageOptions> = {}) {
  const access = (bed.people.get(user) ?? personOf(user, "viewer")).access;
  const painted = buildSnapshot(
    bed.live,
    { dashboards: () => [] },
    { states: () => [] },
    access,
    EVERYTHING,
    bed.clock.now(),
  );
  if (!painted) throw new Error("nothing painted");
  const timers = createFakeClock(bed.clock.now());
  const told = { signedOut: 0, catalog: 0 };
  let wake: () => void = () => undefined;
  const page = openNodePage({
    url: bed.url,
    cookie: `user=${user}`,
    painted,
    monotonic: timers.monotonic,
    retryMs: { first: 10, most: 50 },
    timers,
    onWake(listener) {
      wake = listener;
      return () => undefined;
    },
    onSignedOut: () => void told.signedOut++,
    onCatalogChanged: () => void told.catalog++,
    ...more,
  });
  stops.push(page.connection.stop);
  return {
    ...page,
    timers,
    told,
    wake: () => wake(),
    state: (state: LiveData["connection"]["state"]) => page.until((data) => data.connection.state === state),
    value: (value: unknown) => page.until((data) => data.points.get(TEMP)?.value === value),
  };
}

async function open(): Promise<SocketTestBed> {
  const bed = await openSocketTestBed(topics);
  stops.push(bed.stop);
  return bed;
}

describe("the page's connection", () => {
  test("FR-60: from first paint to live, over a lost connection, with what was missed", async () => {
    const bed = await open();
    bed.say("green/temp", "1");
    const page = openPage(bed);
    expect(page.store.getState().points.get(TEMP)?.value).toBe(1);
    bed.say("green/temp", "2");
    page.connection.start();
    await page.state("live");
    await page.value(2);
    bed.say("green/temp", "3");
    await page.value(3);

    page.cut();
    await page.state("offline");
    bed.say("green/temp", "4");
    expect(page.store.getState().points.get(TEMP)?.value).toBe(3);
    await page.state("live");
    expect(page.store.getState().points.get(TEMP)?.value).toBe(4);
  });

  test("FR-61: silence for ten seconds is told by the page itself; a word ends it; after twenty it connects anew", async () => {
    const bed = await open();
    const page = openPage(bed);
    page.connection.start();
    await page.state("live");
    page.timers.advance(9000);
    expect(page.store.getState().connection.state).toBe("live");
    page.timers.advance(2000);
    expect(page.store.getState().connection.state).toBe("silent");
    bed.clock.advance(5000);
    await page.state("live");
    const before = page.opened.length;
    page.timers.advance(21_000);
    await page.state("live");
    await page.until(() => page.socket.connected && page.opened.length > before);
  });

  test("FA-109: silence is told after ten seconds also where the page's clock was set back", async () => {
    const bed = await open();
    const page = openPage(bed);
    page.connection.start();
    await page.state("live");
    page.timers.setBack(3_600_000);
    page.timers.advance(11_000);
    expect(page.store.getState().connection.state).toBe("silent");
  });

  test("FR-91: looks at other points over the same connection, also while an answer is awaited", async () => {
    const bed = await open();
    bed.say("green/temp", "1");
    const page = openPage(bed);
    page.connection.start();
    await page.state("live");
    const [first, other] = page.store.getState().ids;
    if (!first || !other) throw new Error("the test bed has two points");
    page.connection.look({ kind: "points", points: [other] });
    page.connection.look({ kind: "points", points: [TEMP] });
    await page.until(({ ids }) => ids.length === 1 && ids[0] === TEMP);
    bed.say("green/temp", "2");
    await page.value(2);
    expect(page.opened.length).toBe(1);
    page.cut();
    await page.state("offline");
    await page.state("live");
    expect(page.store.getState().ids).toEqual([TEMP]);
  });

  test("FR-60: waking up asks at once", async () => {
    const bed = await open();
    const page = openPage(bed);
    page.connection.start();
    await page.state("live");
    page.timers.advance(11_000);
    expect(page.store.getState().connection.state).toBe("silent");
    page.wake();
    await page.state("live");
  });

  test("FR-62: signed out is for good, a server that stops is waited for", async () => {
    const bed = await open();
    bed.people.set("ben", personOf("ben", "viewer"));
    const [ann, ben] = [openPage(bed, "ann"), openPage(bed, "ben")];
    ann.connection.start();
    ben.connection.start();
    await Promise.all([ann.state("live"), ben.state("live")]);
    bed.peopleChange({ userId: "ann", code: "signed-out" });
    expect((await ann.state("refused")).connection).toMatchObject({ code: "signed-out" });
    expect(ann.told.signedOut).toBe(1);
    bed.sockets.stop();
    expect((await ben.state("offline")).connection).toMatchObject({ reason: saying("Telltale is stopping.") });
    expect(ann.socket.active).toBe(false);
  });

  test("FR-64: where the server is of another version the page says so and is loaded anew, after the wait that it owes", async () => {
    const bed = await open();
    let [owed, reloads] = [1500, 0];
    const reload = { waitMs: () => owed, reload: () => void reloads++ };
    const page = openPage(bed, "ann", { protocol: 1, reload });
    page.connection.start();
    expect((await page.state("refused")).connection).toMatchObject({ code: "version" });
    // Asked again meanwhile, and refused again.
    owed = 500;
    page.timers.advance(1000);
    await expect.poll(() => page.opened.length).toBe(2);
    await expect.poll(() => page.socket.active).toBe(false);
    expect(reloads).toBe(0);
    owed = 0;
    page.timers.advance(500);
    expect(reloads).toBe(1);
  });

  test("CL-120: a page that may not reload yet goes on at a node of its own version, where there is one", async () => {
    const bed = await open();
    let [isOther, reloads] = [true, 0];
    const reload = { waitMs: () => 50_000, reload: () => void reloads++ };
    const page = openPage(bed, "ann", { protocol: () => (isOther ? 1 : PROTOCOL_VERSION), reload });
    page.connection.start();
    await page.state("refused");
    // The balancer's next choice.
    isOther = false;
    page.timers.advance(1000);
    await page.state("live");
    page.timers.advance(60_000);
    expect(reloads).toBe(0);
  });

  test("FR-62, MS-31: without a session the page is told to sign in", async () => {
    const bed = await open();
    const page = openPage(bed, "nobody");
    page.connection.start();
    expect((await page.state("refused")).connection).toMatchObject({ message: saying("Sign in first.") });
    expect(page.told.signedOut).toBe(1);
  });

  test("FR-63: another set of points is watched anew, at most once a second", async () => {
    const bed = await open();
    const page = openPage(bed);
    page.connection.start();
    await page.state("live");
    bed.register([{ ...topics[0], name: "Boiler" } as RegistrationInput]);
    bed.clock.advance(300);
    // Two turns: the event travels, then the timer that it sets is the page's own.
    while (page.timers.pending() < 2) await new Promise((resolve) => setImmediate(resolve));
    page.timers.advance(1000);
    const { ids, points } = await page.until((data) => data.points.get(TEMP)?.info.name === "Boiler");
    expect(ids).toEqual(["temp"]);
    expect(points.size).toBe(1);
  });

  test("FA-109: another set of points is watched within a second also where the page's clock was set back", async () => {
    const bed = await open();
    const page = openPage(bed);
    page.connection.start();
    await page.state("live");
    page.timers.setBack(3_600_000);
    bed.register([{ ...topics[0], name: "Boiler" } as RegistrationInput]);
    bed.clock.advance(300);
    while (page.timers.pending() < 2) await new Promise((resolve) => setImmediate(resolve));
    page.timers.advance(1000);
    await page.until((data) => data.points.get(TEMP)?.info.name === "Boiler");
  });

  test("FR-77: another set of points that is announced while the page waits for a difference is not forgotten", async () => {
    const bed = await open();
    const page = openPage(bed);
    page.connection.start();
    await page.state("live");
    page.timers.advance(1500);
    // Its timer runs out before the answer is there.
    page.socket.on("view:changed", () => page.timers.advance(0));
    const announced = new Promise<void>((resolve) => page.socket.on("view:changed", () => resolve()));
    page.wake();
    // In the same turn of the event loop: the server announces the change before it reads the question.
    bed.register([{ ...topics[0], name: "Boiler" } as RegistrationInput]);
    bed.clock.advance(300);
    await announced;
    const renamed = page.until((data) => data.points.get(TEMP)?.info.name === "Boiler");
    for (let turn = 0; turn < 200; turn++) {
      page.timers.advance(0);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(page.store.getState().points.get(TEMP)?.info.name).toBe("Boiler");
    await renamed;
  });

  test("FR-75: a page gives back the stamp of this connection only", async () => {
    const bed = await open();
    const page = openPage(bed);
    expect(page.stamps.age()).toBeNull();
    page.connection.start();
    await page.state("live");
    expect(page.stamps.age()).toMatchObject({ epoch: bed.live.epoch, stamp: bed.clock.now(), since: 0 });
    page.timers.advance(400);
    expect(page.stamps.age()?.since).toBe(400);
    page.cut();
    await page.state("offline");
    expect(page.stamps.age()).toBeNull();
  });

  test("FR-5: what one page asks for, the other sees", async () => {
    const bed = await open();
    bed.people.set("eve", personOf("eve", "viewer"));
    const [ann, eve] = [openPage(bed, "ann"), openPage(bed, "eve")];
    ann.connection.start();
    eve.connection.start();
    await Promise.all([ann.state("live"), eve.state("live")]);
    createGestureSender(ann).send(PUMP, true);
    expect(ann.store.getState().gestures.get(PUMP)).toMatchObject({ phase: "asking", value: true });
    const { points } = await eve.until((data) => data.points.get(PUMP)?.command !== undefined);
    expect(points.get(PUMP)?.command).toMatchObject({ state: "sent", by: "ann", value: true });
    await ann.until((data) => !data.gestures.has(PUMP) && data.points.get(PUMP)?.command?.state === "sent");
  });

  test("a sparkline has the past from the server and goes on with what comes live", async () => {
    const bed = await open();
    const page = openPage(bed);
    const series = createSeriesBuffers(page.socket, page.store, page.timers);
    page.connection.start();
    await page.state("live");
    const filled = new Promise<void>((resolve) => stops.push(series.subscribe(TEMP, resolve)));
    page.timers.advance(60);
    await filled;
    expect(series.get(TEMP).value).toEqual([1, 4]);
    bed.say("green/temp", "9");
    await page.value(9);
    const before = series.get(TEMP);
    page.timers.advance(1000);
    expect(series.get(TEMP).value).toEqual([1, 4, 9]);
    expect(before.value).toEqual([1, 4]);
  });
});
