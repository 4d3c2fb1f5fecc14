import { describe, expect, test } from "vitest";
import type { Command } from "../../../lib/command";
import type { PointId } from "../../../lib/ids";
import type { RegistrationInput } from "../../../lib/registration";
import { saying } from "../../../lib/texts/said.harness";
import { setUp } from "./liveState.harness";

const temp: RegistrationInput = { id: "temp", filter: "a/temp", type: "number" };

describe("readings", () => {
  test("LV-1, LV-6: each accepted reading is a revision, is stored once, and is told in the same turn", async () => {
    const h = await setUp({ topics: [temp] });
    expect(h.status("temp")).toMatchObject({ freshness: "unknown", reason: saying("nothing received yet") });
    const heard: unknown[] = [];
    h.live.onReading((reading) => heard.push(reading));
    h.say("a/temp", "21.5");
    expect(h.point("temp")).toMatchObject({ value: 21.5, at: h.clock.now(), status: { freshness: "live" } });
    expect(h.updates.map(([p, change]) => [p.value, change])).toEqual([[21.5, "value"]]);
    h.say("a/temp", "21.5");
    expect(h.stored.map((r) => r.value)).toEqual([21.5, 21.5]);
    expect(heard).toHaveLength(2);
    expect(h.live.rev).toBe(3);
  });

  test("HI-14: history gets what the registration keeps; all else sees every reading", async () => {
    const spoken = ["20", "20.1", "20.6", "20.6", "21.5"];
    const h = await setUp({
      topics: [
        { id: "changes", filter: "a/temp", history: { keep: "change", deadband: 0.5 } },
        { id: "none", filter: "a/temp", history: false },
        { id: "some", filter: "a/temp", history: { keep: "2s" } },
      ],
    });
    for (const text of spoken) {
      h.say("a/temp", text);
      h.clock.advance(1000);
    }
    const storedOf = (id: string) => h.stored.filter((r) => r.point === id).map((r) => r.value);
    expect(storedOf("changes")).toEqual([20, 20.6, 21.5]);
    expect(storedOf("none")).toEqual([]);
    expect(storedOf("some")).toEqual([20, 20.6, 21.5]);
    expect(h.updates.filter(([p, change]) => p.info.id === "none" && change === "value")).toHaveLength(5);
  });

  test("LV-4: Telltale's own echo is not a reading", async () => {
    const h = await setUp({ topics: [temp] });
    h.say("a/temp", "1");
    h.say("a/temp", "2", { echoOf: "some-command" });
    expect(h.point("temp")?.value).toBe(1);
    expect(h.stored).toHaveLength(1);
    expect(h.live.counters().echoes).toBe(1);
  });

  test("LV-8: what cannot be read leaves the value, is counted, and a flood of it is told once a second", async () => {
    const h = await setUp({ topics: [temp] });
    h.say("a/temp", "20");
    for (let i = 0; i < 500; i++) h.say("a/temp", "not a number");
    expect(h.point("temp")).toMatchObject({ value: 20, status: { freshness: "live", reject: { count: 1 } } });
    h.clock.advance(1000);
    expect(h.status("temp")?.reject).toMatchObject({ count: 500 });
    expect(h.updates.filter(([, change]) => change === "status")).toHaveLength(2);
    expect(h.stored).toHaveLength(1);
    h.say("a/temp", "21");
    expect(h.point("temp")).toMatchObject({ value: 21, status: { reject: { count: 500 } } });
  });

  test("MS-25: why a payload could not be read is kept as a key, with what it held as an argument", async () => {
    const h = await setUp({ topics: [{ ...temp, type: "number" }] });
    h.say("a/temp", "not a number");
    expect(h.status("temp")?.reject?.message).toEqual({
      code: "reject.notNumber",
      args: { where: { code: "reject.thePayload" }, found: '"not a number"' },
    });
  });

  test("MS-26: why a point is offline is kept as a key, with the broker's name and fault as arguments", async () => {
    const h = await setUp({ topics: [temp] });
    h.broker("down");
    h.clock.advance(2000);
    expect(h.status("temp")?.reason).toEqual({
      code: "status.broker",
      args: { broker: "main", why: { code: "commands.faultRefused" } },
    });
  });

  test("LV-2: topics named __proto__ and constructor are topics", async () => {
    const h = await setUp({ topics: [{ id: "any", filter: "dev/+" }] });
    for (const name of ["__proto__", "constructor", "hasOwnProperty"]) h.say(`dev/${name}`, "7");
    expect([...h.live.points()].map((p) => [p.info.id, p.value])).toEqual([
      ["any/__proto__", 7],
      ["any/constructor", 7],
      ["any/hasOwnProperty", 7],
    ]);
  });
});

test("LV-10: an actuator without a state topic is unknown because it reports nothing", async () => {
  const h = await setUp({ topics: [{ id: "chime", command: { topic: "c/set", press: "1" } }] });
  expect(h.status("chime")).toMatchObject({ freshness: "unknown", reason: saying("no state reported") });
  h.broker("down");
  expect(h.status("chime")?.freshness).toBe("offline");
});

describe("retained messages", () => {
  test("LV-5, LV-101: shown with their mark, never stored, never told as a reading", async () => {
    const h = await setUp({ topics: [temp, { id: "strict", filter: "a/strict", staleAfter: "60s" }] });
    const heard: unknown[] = [];
    h.live.onReading((reading) => heard.push(reading));
    h.say("a/temp", "5", { retained: true });
    h.say("a/strict", "6", { retained: true });
    expect(h.point("temp")).toMatchObject({ value: 5, status: { freshness: "live", retained: true } });
    expect(h.point("strict")).toMatchObject({ value: 6, status: { freshness: "stale", retained: true } });
    expect(h.stored).toEqual([]);
    expect(heard).toEqual([]);
    h.say("a/strict", "6");
    expect(h.status("strict")).toEqual({ freshness: "live", since: h.clock.now() });
    expect(h.stored).toHaveLength(1);
  });

  test("LV-100: a replay after a reconnect that says what is known changes nothing; another value is taken over", async () => {
    const h = await setUp({ topics: [temp] });
    h.say("a/temp", "5");
    const at = h.point("temp")?.at;
    h.clock.advance(60_000);
    h.broker("down");
    h.clock.advance(5000);
    h.broker("up");
    const rev = h.live.rev;
    h.say("a/temp", "5", { retained: true });
    expect(h.live.rev).toBe(rev);
    expect(h.point("temp")).toMatchObject({ at, status: { freshness: "live" } });
    h.say("a/temp", "6", { retained: true });
    expect(h.point("temp")).toMatchObject({ value: 6, status: { retained: true } });
    expect(h.stored).toHaveLength(1);
  });

  test("LV-100: while nothing was missed, a replay turns nothing back", async () => {
    const h = await setUp({ topics: [temp] });
    h.say("a/temp", "1", { retained: true });
    h.say("a/temp", "2");
    h.say("a/temp", "1", { retained: true });
    expect(h.point("temp")?.value).toBe(2);
  });
});

describe("freshness", () => {
  test("LV-11: stale after its duration, live again with the next reading", async () => {
    const h = await setUp({ topics: [{ ...temp, staleAfter: "5s" }] });
    h.say("a/temp", "1");
    const said = h.clock.now();
    h.clock.advance(4900);
    expect(h.status("temp")?.freshness).toBe("live");
    h.clock.advance(1100);
    expect(h.status("temp")).toMatchObject({ freshness: "stale", since: said + 5000 });
    expect(h.point("temp")).toMatchObject({ value: 1, at: said });
    h.say("a/temp", "1");
    expect(h.status("temp")?.freshness).toBe("live");
  });

  test("LV-108: a clock that is set back makes no silent point stale later, and none live again", async () => {
    const topics = [
      { ...temp, staleAfter: "5s" },
      { id: "hall", filter: "a/hall", staleAfter: "5s" },
    ] as const;
    const h = await setUp({ topics: [...topics] });
    h.say("a/temp", "1");
    h.clock.advance(3900);
    h.clock.setBack(3_600_000);
    h.say("a/hall", "1");
    h.clock.advance(2100);
    expect(h.status("temp")).toMatchObject({ freshness: "stale", since: h.clock.now() - 1000 });
    expect(h.status("hall")?.freshness).toBe("live");
    h.clock.setBack(3_600_000);
    h.clock.advance(1000);
    h.register([{ ...topics[0], name: "Boiler" }, topics[1]]);
    expect(h.point("temp")).toMatchObject({ info: { name: "Boiler" }, status: { freshness: "stale" } });
    h.clock.advance(3000);
    expect(h.status("hall")?.freshness).toBe("stale");
  });

  test("LV-12, LV-13: a steady talker is missed, one that speaks on change is not", async () => {
    const h = await setUp({ topics: [temp, { id: "door", filter: "a/door" }] });
    h.say("a/door", "open");
    for (let i = 0; i < 65; i++) {
      h.say("a/temp", String(i));
      h.clock.advance(1000);
    }
    expect(h.status("temp")).toMatchObject({ freshness: "live", every: 1000 });
    h.clock.advance(11_000);
    expect(h.status("temp")).toMatchObject({ freshness: "stale", reason: saying("10 s") });
    h.clock.advance(24 * 3_600_000);
    expect(h.status("door")?.freshness).toBe("live");
  });

  test("LV-16, LV-17: a broker that is gone takes its points along within two seconds, and gives them back as they were", async () => {
    const h = await setUp({ topics: [temp, { id: "other", filter: "a/other" }] });
    h.say("a/temp", "1");
    const at = h.point("temp")?.at;
    h.clock.advance(3000);
    h.broker("down");
    expect(h.status("temp")).toMatchObject({
      freshness: "offline",
      reason: saying("broker main: it refuses the connection"),
      since: h.clock.now(),
    });
    const rev = h.live.rev;
    for (const state of ["connecting", "down", "connecting"] as const) h.broker(state);
    expect(h.live.rev).toBe(rev);
    h.broker("up");
    expect(h.point("temp")).toMatchObject({ value: 1, at, status: { freshness: "live" } });
    expect(h.status("other")?.freshness).toBe("unknown");
  });

  test("LV-102: a first connection that does not come is told within two seconds", async () => {
    const h = await setUp({ topics: [temp] });
    h.broker("connecting");
    expect(h.status("temp")?.freshness).toBe("unknown");
    h.clock.advance(2000);
    expect(h.status("temp")).toMatchObject({ freshness: "offline", reason: saying("broker main: still connecting") });
  });

  test("FA-109: a first connection that does not come is told as soon where the clock was set back", async () => {
    const h = await setUp({ topics: [temp] });
    h.broker("connecting");
    h.clock.setBack(3_600_000);
    h.clock.advance(2000);
    expect(h.status("temp")?.freshness).toBe("offline");
  });

  test("LV-18: availability is the device's own word, and what it said is known to registrations that come later", async () => {
    const pump: RegistrationInput = {
      id: "pump",
      filter: "p/state",
      availability: { filter: "p/lwt", online: "Online", offline: "Offline" },
    };
    const h = await setUp({ topics: [pump] });
    expect(h.filters()).toEqual({ "p/state": 0, "p/lwt": 0 });
    h.say("p/state", "ON");
    h.say("p/lwt", "Offline", { retained: true });
    const since = h.clock.now();
    expect(h.status("pump")).toMatchObject({ freshness: "offline", since, reason: saying("p/lwt") });
    h.say("p/lwt", "gibberish");
    expect(h.status("pump")).toMatchObject({ freshness: "offline", since });
    h.say("p/state", "ON");
    expect(h.status("pump")?.freshness).toBe("offline");
    h.register([
      { ...pump, name: "Pump" },
      { ...pump, id: "second" },
    ]);
    expect(h.status("pump")?.freshness).toBe("offline");
    expect(h.status("second")?.freshness).toBe("offline");
    h.say("p/lwt", "Online");
    expect(h.status("pump")?.freshness).toBe("live");
  });

  test("LV-18: under a wildcard each device has its own word", async () => {
    const h = await setUp({ topics: [{ id: "dev", filter: "d/+/state", availability: { filter: "d/{1}/lwt" } }] });
    h.say("d/one/state", "1");
    h.say("d/two/state", "2");
    h.clock.advance(100);
    expect(Object.keys(h.filters())).toEqual(["d/+/state", "d/one/lwt", "d/two/lwt"]);
    h.say("d/one/lwt", "offline");
    expect([h.status("dev/one")?.freshness, h.status("dev/two")?.freshness]).toEqual(["offline", "live"]);
  });

  test("LV-19: what history remembers has its true time, and is stale until someone says it again", async () => {
    const remembered = [
      { point: "temp" as PointId, value: 4, at: 1000 },
      { point: "steady" as PointId, value: 5, at: 2000 },
      { point: "gone" as PointId, value: 1, at: 1 },
    ];
    const h = await setUp({ topics: [temp, { id: "steady", filter: "a/steady" }], remembered });
    expect(h.point("temp")).toMatchObject({
      value: 4,
      at: 1000,
      status: { freshness: "stale", reason: saying("last seen before the restart") },
    });
    h.say("a/temp", "4", { retained: true });
    expect(h.point("temp")).toMatchObject({ at: 1000, status: { freshness: "live" } });
    expect(h.status("temp")?.retained).toBeUndefined();
    h.say("a/steady", "6");
    expect(h.point("steady")).toMatchObject({ value: 6, status: { freshness: "live" } });
    expect(h.point("gone")).toBeUndefined();
  });

  test("LV-19: points under a wildcard are remembered too, before their topics speak again", async () => {
    const remembered = [
      { point: "climate/east.t" as PointId, value: 20, at: 1000 },
      { point: "rest/a/b/c" as PointId, value: 3, at: 1000 },
      { point: "climate/east/too/deep.t" as PointId, value: 1, at: 1 },
    ];
    const h = await setUp({
      topics: [
        { id: "climate", filter: "g/+/climate", values: { t: { value: "$.t" } } },
        { id: "rest", filter: "r/#" },
      ],
      remembered,
    });
    expect([...h.live.points()].map((p) => [p.info.id, p.info.topic, p.value, p.status.freshness])).toEqual([
      ["climate/east.t", "g/east/climate", 20, "stale"],
      ["rest/a/b/c", "r/a/b/c", 3, "stale"],
    ]);
  });
});

describe("registrations that change", () => {
  test("LV-9: a new name keeps the value; another way of reading starts anew; others are untouched", async () => {
    const h = await setUp({ topics: [temp, { id: "b", filter: "b" }] });
    h.say("a/temp", "1");
    h.say("b", "2");
    const untouched = h.point("b");
    h.register([
      { ...temp, name: "Boiler", unit: "°C" },
      { id: "b", filter: "b" },
    ]);
    expect(h.point("temp")).toMatchObject({ value: 1, info: { name: "Boiler", unit: "°C" } });
    expect(h.point("b")).toBe(untouched);
    h.register([
      { ...temp, value: "$.t" },
      { id: "b", filter: "b" },
    ]);
    expect(h.point("temp")).toMatchObject({ value: null, at: null, status: { freshness: "unknown" } });
    h.register([{ id: "b", filter: "b" }]);
    expect(h.point("temp")).toBeUndefined();
    expect(h.filters()).toEqual({ b: 0 });
  });

  test("LV-22: a registration on a filter that is subscribed already asks for what is retained there", async () => {
    const h = await setUp({ topics: [temp] });
    h.register([temp, { id: "again", filter: "a/temp", qos: 1 }]);
    expect(h.replayed).toEqual(["a/temp"]);
    expect(h.filters()).toEqual({ "a/temp": 1 });
  });

  test("LV-20, LV-21: topics are capped, the longest silent first; the set of points is told at most four times a second", async () => {
    const h = await setUp({ topics: [{ id: "x", filter: "x/+" }], maxTopics: 3 });
    let told = 0;
    h.live.onPoints(() => told++);
    for (let i = 0; i < 100; i++) {
      h.say(`x/${i}`, "1");
      h.clock.advance(10);
    }
    expect([...h.live.points()].map((p) => p.info.id)).toEqual(["x/97", "x/98", "x/99"]);
    expect(told).toBeLessThanOrEqual(5);
    expect(told).toBeGreaterThan(2);
    expect(h.live.notices?.()).toMatchObject([{ text: saying(/keeps 3 topics .* dropped/) }]);
  });
});

test("LV-7: a command's new state is a revision of its point, for all who see it", async () => {
  const h = await setUp({ topics: [{ id: "pump", filter: "p", command: { topic: "p/set" }, type: "boolean" }] });
  const sent = {
    id: "00000000-0000-4000-8000-000000000001",
    point: "pump",
    value: true,
    by: "Ann",
    at: 1,
    state: "sent",
  } as Command;
  h.live.applyCommand(sent);
  expect(h.updates.at(-1)).toMatchObject([{ command: sent, rev: 2, commandRev: 2 }, "command"]);
  expect(h.live.actuator("pump" as PointId)).toMatchObject({ broker: "main", rightsTopic: "p", commandTopic: "p/set" });
  expect(h.live.actuator("pump" as PointId)?.encode(true, 0)).toMatchObject({ ok: true });
});

test("LV-50: another meaning of an actuator is one revision, which it carries; another description is none", async () => {
  const lamp: RegistrationInput = { id: "lamp", filter: "lamp", type: "boolean", command: { topic: "lamp/set" } };
  const h = await setUp({ topics: [lamp] });
  h.say("lamp", "ON");
  const first = h.point("lamp")?.info.rev ?? -1;
  h.register([{ ...lamp, area: "Hall" }]);
  expect(h.point("lamp")?.info).toMatchObject({ area: "Hall", rev: first });
  let told = 0;
  h.live.onPoints(() => told++);
  const before = h.live.rev;
  h.register([{ ...lamp, area: "Hall", command: { topic: "lamp/command" } }]);
  expect(h.live.rev).toBe(before + 1);
  expect(h.point("lamp")?.info.rev).toBe(before + 1);
  h.clock.advance(250);
  expect(told).toBe(1);
});

test("LV-103: each filter is subscribed once, with the highest QoS that is wanted", async () => {
  const topics = ([0, 2, 1] as const).map((qos) => ({ id: `q${qos}`, filter: "a/temp", qos }));
  const h = await setUp({ topics: [...topics, { id: "other", filter: "b/temp" }] });
  expect(h.filters()).toEqual({ "a/temp": 2, "b/temp": 0 });
});
