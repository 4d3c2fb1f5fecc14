import { describe, expect, test } from "vitest";
import { inWords } from "../../lib/texts/said";
import { awayAtStart, killedAndBack, RESTARTS } from "./brokerRestarts";
import type { Attempt } from "./proxy";
import { tools } from "./tools";
import type { Viewer } from "./viewer";

/**
 * docs/design.md, “When things go wrong”: what brokers do. These tests wait for Telltale's own clocks (a keepalive, a minute of attempts), so they run beside
 * one another, each with a broker and a Telltale of its own.
 */

const MINUTE_MS = 60_000;

const yaml = (url: string) => `
brokers:
  - {id: main, url: "${url}"}
topics:
  - {id: count, filter: f/count, type: number}
  - {id: pump, filter: f/pump/state, type: boolean, command: {topic: f/pump/set, confirm: 1s}}
`;

const connected = (viewer: Viewer) => () => viewer.brokers[0]?.state === "connected";
const isCommander = ({ clientId }: Attempt) => clientId.endsWith("-c");
/** The most of them within any stretch of so many ms. */
const mostWithin = (attempts: readonly Attempt[], ms: number): number =>
  Math.max(0, ...attempts.map(({ at }) => attempts.filter((other) => other.at >= at && other.at < at + ms).length));

describe.concurrent("a broker that is there and is not", () => {
  test(`LV-16, LV-5, CM-27: killed ${RESTARTS} times: marked, subscribed again, nothing replayed, nothing retained stored`, async (context) => {
    await killedAndBack(tools(context));
  }, 240_000);

  test("LV-16, LV-19: not there at the start: said within two seconds, with what history remembers, and right when it comes", async (context) => {
    await awayAtStart(tools(context));
  });

  test("LV-16, CM-16: frozen, without a word: marked within 15 s, and right again when it thaws", async (context) => {
    const make = tools(context);
    const frozen = await make.broker();
    const server = await make.telltale(yaml(frozen.url));
    const viewer = await make.viewer(server.url, await server.login());
    const fresh = await make.counting(frozen.url, viewer);
    await fresh("the live path");
    const recorder = await make.recorder(frozen.url);

    const frozenAt = Date.now();
    frozen.freeze();
    const sent = await viewer.command("pump", true);
    expect(sent?.state).toBe("sent");
    await viewer.until("the command's end", () => viewer.points.get("pump")?.command?.state === "unknown", 4000);
    const reasons = await viewer.untilOffline(15_000);
    const markedAfter = Date.now() - frozenAt;
    expect(reasons[0]).toMatch(/the connection was lost/);
    expect(await viewer.command("pump", true)).toMatchObject({ state: "refused", code: "broker-down" });

    frozen.thaw();
    const thawedAt = Date.now();
    await fresh("live again", 35_000);
    console.log("frozen:", { markedAfter, backAfter: Date.now() - thawedAt });
    // The first command was in the frozen broker's buffers, and may have come out of them once: that is what "unknown" says.
    await recorder.ready();
    expect(recorder.heard.filter(({ topic }) => topic === "f/pump/set").length).toBeLessThanOrEqual(1);
    expect(server.crashes()).toBe(0);
  });

  test("FA-1: flapping, 2 s up and 2 s down for a minute: at most one attempt a second, and right at the end", async (context) => {
    const make = tools(context);
    const flapping = await make.broker();
    const proxy = await make.proxy(flapping);
    const server = await make.telltale(yaml(proxy.url));
    const viewer = await make.viewer(server.url);
    const fresh = await make.counting(flapping.url, viewer);
    await fresh("the live path");

    const lies: string[] = [];
    const from = Date.now();
    while (Date.now() - from < MINUTE_MS) {
      await flapping.kill();
      await viewer.untilOffline(2000);
      await new Promise((resolve) => setTimeout(resolve, 2000));
      if (viewer.points.get("count")?.status.freshness === "live") lies.push("live while the broker was down");
      await flapping.restart();
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
    const stableAt = Date.now();
    await viewer.until("connected at the end", connected(viewer), 35_000);
    await fresh("right at the end");
    const listening = proxy.attempts.filter((attempt) => !isCommander(attempt));
    const commanding = proxy.attempts.filter(isCommander);
    console.log("flapping:", {
      attempts: listening.length,
      commanding: commanding.length,
      mostASecond: mostWithin(listening, 950),
      backAfter: Date.now() - stableAt,
    });
    expect(listening.length).toBeGreaterThan(5);
    // 50 ms for two clocks: the attempts are dated where they arrive.
    expect(mostWithin(listening, 950)).toBe(1);
    expect(mostWithin(commanding, 950)).toBe(1);
    expect(lies).toEqual([]);
    expect(server.crashes()).toBe(0);
  }, 180_000);

  test("FA-2: bad credentials: said in the state and once in the log, at most two attempts a minute, at once when corrected", async (context) => {
    const make = tools(context);
    const strict = await make.broker({ users: { telltale: "right" } });
    const proxy = await make.proxy(strict);
    const other = await make.broker();
    const server = await make.telltale(yaml(other.url));
    const viewer = await make.viewer(server.url, await server.login());
    const fresh = await make.counting(other.url, viewer);

    const entry = { id: "strict", url: proxy.url, username: "telltale", password: "wrong" };
    const madeAt = Date.now();
    expect((await server.api("POST", "/brokers", entry)).status).toBe(201);
    const strictState = () => viewer.brokers.find(({ id }) => id === "strict");
    const state = await viewer.until(
      "the fault is told",
      () => {
        const now = strictState();
        return now?.state === "offline" && now;
      },
      2000,
    );
    expect(state.fault).toBe("credentials");
    expect(inWords(state.reason)).toMatch(/username and password/);
    const said = () => server.log.filter((line) => line.fault === "credentials");
    await server.untilLog("the log says it", (line) => line.fault === "credentials" && line.broker === "strict");

    await proxy.until("a third attempt", (attempts) => attempts.length >= 3, 80_000);
    expect(mostWithin(proxy.attempts, MINUTE_MS - 100)).toBeLessThanOrEqual(2);
    console.log("credentials:", { attemptsAt: proxy.attempts.map(({ at }) => at - madeAt) });
    expect(said()).toHaveLength(1);
    expect(JSON.stringify(server.log)).not.toMatch(/"wrong"/);
    await fresh("the other broker's points live on");

    const before = proxy.attempts.length;
    expect((await server.api("PUT", "/brokers/strict", { ...entry, password: "right" })).status).toBe(200);
    await viewer.until("connected when corrected", () => strictState()?.state === "connected", 3000);
    expect(proxy.attempts.length).toBeGreaterThan(before);
    expect(server.crashes()).toBe(0);
  }, 150_000);

  test("CM-30: a black hole in the wire: marked within 15 s, nothing of before comes out of it, and right again behind it", async (context) => {
    const make = tools(context);
    const distant = await make.broker();
    const proxy = await make.proxy(distant);
    const server = await make.telltale(yaml(proxy.url));
    const viewer = await make.viewer(server.url, await server.login());
    const fresh = await make.counting(distant.url, viewer);
    await fresh("the live path");
    const recorder = await make.recorder(distant.url);

    const swallowedAt = Date.now();
    proxy.swallow();
    expect((await viewer.command("pump", true))?.state).toBe("sent");
    await viewer.until("the command's end", () => viewer.points.get("pump")?.command?.state === "unknown", 4000);
    const reasons = await viewer.untilOffline(15_000);
    const markedAfter = Date.now() - swallowedAt;
    expect(reasons[0]).toMatch(/the connection was lost/);

    const tried = proxy.attempts.length;
    await proxy.until("it is tried again", (attempts) => attempts.length > tried, 10_000);
    proxy.heal();
    const healedAt = Date.now();
    await fresh("live again", 45_000);
    console.log("black hole:", { markedAfter, backAfter: Date.now() - healedAt });
    expect(recorder.heard.filter(({ topic }) => topic === "f/pump/set")).toEqual([]);
    expect(server.crashes()).toBe(0);
  });
});
