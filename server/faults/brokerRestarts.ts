import { expect } from "vitest";
import type { BrokerState } from "../../lib/broker";
import type { Command } from "../../lib/command";
import type { Tools } from "./tools";

/** docs/design.md, “When things go wrong”: a broker that is gone and comes back. Run by brokers.integration.test.ts. */

export const RESTARTS = 20;
/** A machine that is slow to bring the broker back makes Telltale's second or third attempt the one that counts. */
const RECONNECT_MS = 20_000;

/** The awkward names are those that MQTT.js goes deaf on when it subscribes again by itself. */
const yaml = (url: string) => `
brokers:
  - {id: main, url: "${url}"}
topics:
  - {id: plain, filter: f/plain, type: number}
  - {id: wild, filter: f/wild/+/t, type: number}
  - {id: deep, filter: f/deep/#, type: number}
  - id: multi
    filter: f/multi
    values:
      t: {value: $.t, type: number}
  - {id: resub, filter: resubscribe, type: number}
  - {id: proto, filter: __proto__, type: number}
  - {id: kept, filter: f/kept, type: number}
  - {id: missed, filter: f/missed, type: number}
  - id: pump
    filter: f/pump/state
    type: boolean
    availability: {filter: f/pump/lwt}
    command: {topic: f/pump/set, confirm: 1s}
`;

/** Point → the topic that its readings come on, and the payload for a number. */
const SPOKEN: Record<string, [topic: string, payload: (n: number) => string]> = {
  plain: ["f/plain", String],
  "wild/a": ["f/wild/a/t", String],
  "deep/b/c": ["f/deep/b/c", String],
  "multi.t": ["f/multi", (n) => JSON.stringify({ t: n })],
  resub: ["resubscribe", String],
  proto: ["__proto__", String],
  late: ["f/late", String],
};

const isRefused = (state: BrokerState | undefined): boolean => state?.state === "offline" && state.fault === "refused";

async function lively(make: Tools) {
  // Saved at each change, so that what is retained outlives a SIGKILL.
  const broker = await make.broker({ persistence: true, conf: "autosave_interval 1\nautosave_on_changes true" });
  const devices = await make.devices(broker.url);
  const telltale = await make.telltale(yaml(broker.url));
  const viewer = await make.viewer(telltale.url, await telltale.login());
  await viewer.until("connected", () => viewer.brokers[0]?.state === "connected");
  return { broker, devices, telltale, viewer };
}

export async function killedAndBack(make: Tools): Promise<void> {
  const { broker, devices, telltale, viewer } = await lively(make);
  const recorder = await make.recorder(broker.url);
  const made = await telltale.api("POST", "/registrations", { id: "late", filter: "f/late", type: "number" });
  expect(made.status).toBe(201);

  let n = 0;
  const speak = () => {
    n++;
    for (const [topic, payload] of Object.values(SPOKEN)) devices.shout(topic, payload(n));
  };
  /** Each point shows a number that was said from now on: its subscription stands. */
  const proven = async (what: string) => {
    const from = n;
    const stop = devices.repeat(50, speak);
    await viewer.until(
      what,
      () =>
        Object.keys(SPOKEN).every((id) => {
          const seen = viewer.points.get(id);
          return seen?.status.freshness === "live" && Number(seen.value) > from;
        }),
      RECONNECT_MS,
    );
    stop();
  };
  await proven("every point speaks");
  await devices.say("f/kept", "7", { qos: 1, retain: true });
  await devices.say("f/pump/lwt", "online", { qos: 1, retain: true });
  await devices.say("f/pump/state", "OFF", { qos: 1, retain: true });
  await viewer.until(
    "what is retained",
    () => viewer.points.get("kept")?.value === 7 && viewer.points.get("pump")?.value === false,
  );

  const markedAfter: number[] = [];
  const backAfter: number[] = [];
  const sent: string[] = [];
  const unread: string[] = [];
  const missed: number[] = [];
  for (let round = 1; round <= RESTARTS; round++) {
    await viewer.until("commands can go out", () => viewer.points.get("pump")?.status.freshness === "live");
    // Every other round the broker does not even take the command in before it dies.
    const frozen = round % 2 === 0;
    if (frozen) broker.freeze();
    const command = await viewer.command("pump", round % 4 < 2);
    // Refused, now and then: the connection for commands comes a moment after the one that listens.
    if (command && command.state !== "refused") (frozen ? unread : sent).push(command.id);

    const killedAt = Date.now();
    await broker.kill();
    const reasons = await viewer.untilOffline(2000);
    markedAfter.push(Date.now() - killedAt);
    for (const reason of reasons) expect(reason).toMatch(/^broker main: \S/);

    // Twenty connections in a row that last only seconds would be waited for ever longer; a failed attempt shows a broker that is away.
    await viewer.until("an attempt has failed", () => isRefused(viewer.brokers[0]), RECONNECT_MS);
    await broker.restart();
    await Promise.all([devices.ready(), recorder.ready()]);
    const restartedAt = Date.now();
    // Said while Telltale is away: shown when it is back, with an unknown age, and no reading.
    await devices.say("f/missed", String(round), { qos: 1, retain: true });
    const shown = () => viewer.points.get("missed");
    await viewer.until("what was said meanwhile", () => shown()?.value === round, RECONNECT_MS);
    if (shown()?.status.retained) missed.push(round);
    await proven(`every point speaks again after restart ${round}`);
    backAfter.push(Date.now() - restartedAt);
    await viewer.until("the availability is known again", () => viewer.points.get("pump")?.status.freshness === "live");
  }

  const heard = recorder.heard.filter(({ topic }) => topic === "f/pump/set").map(({ command }) => command);
  expect(new Set(heard).size).toBe(heard.length);
  expect(heard.filter((id) => unread.includes(id ?? ""))).toEqual([]);
  expect(Math.min(unread.length, sent.length)).toBeGreaterThan(RESTARTS / 4);
  const { body: commands } = await telltale.api("GET", "/points/pump/commands?limit=100");
  expect(commands.filter((c: Command) => c.state === "sent" || c.state === "confirmed")).toEqual([]);

  const { body: kept } = await telltale.api("GET", "/points/kept/history");
  expect(kept.value).toEqual([7]);
  const { body: heardLive } = await telltale.api("GET", "/points/missed/history");
  expect(missed.length).toBeGreaterThan(RESTARTS / 2);
  expect(heardLive.value.filter((round: number) => missed.includes(round))).toEqual([]);
  const metrics = await telltale.metrics();
  expect(metrics.telltale_live_retained_known).toBeGreaterThanOrEqual(RESTARTS);
  expect(viewer.faults).toEqual([]);
  expect(telltale.crashes()).toBe(0);
  console.log("restarts:", {
    markedAfter: Math.max(...markedAfter),
    backAfter: Math.max(...backAfter),
    sent: sent.length,
    heard: heard.length,
  });
}

export async function awayAtStart(make: Tools): Promise<void> {
  const { broker, devices, telltale, viewer } = await lively(make);
  const stopSpeaking = devices.repeat(50, () => {
    devices.shout("f/wild/a/t", "1");
    devices.shout("f/kept", "1");
  });
  await viewer.until("both", () => ["kept", "wild/a"].every((id) => viewer.points.get(id)?.value === 1));
  stopSpeaking();
  await devices.say("f/kept", "7", { qos: 1, retain: true });
  await viewer.until("what is retained", () => viewer.points.get("kept")?.value === 7);
  await broker.kill();
  await telltale.terminate();
  await telltale.start();
  const later = await make.viewer(telltale.url);
  const reasons = await later.untilOffline(2500);
  for (const reason of reasons) expect(reason).toMatch(/^broker main: \S/);
  expect(later.points.get("kept")).toMatchObject({ value: 7, status: { freshness: "offline" } });
  expect(later.points.get("wild/a")?.value).toBe(1);

  await broker.restart();
  await devices.ready();
  await devices.say("f/kept", "7", { qos: 1, retain: true });
  const stop = devices.repeat(50, () => void devices.shout("f/wild/a/t", "2"));
  await later.until("live", () => later.points.get("wild/a")?.value === 2, RECONNECT_MS);
  stop();
  // What the broker still retains is what history remembers: its true time is known.
  await later.until("kept is live", () => later.points.get("kept")?.status.freshness === "live");
  expect(later.points.get("kept")).toMatchObject({ value: 7 });
  expect(later.points.get("kept")?.status.retained).toBeUndefined();
}
