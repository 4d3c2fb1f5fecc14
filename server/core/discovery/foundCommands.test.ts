import { describe, expect, test } from "vitest";
import { testBed } from "./discoveryService.harness";

describe("filters that cost more than they find", () => {
  test("DV-43: ESPHome's status is asked for only below a prefix where its states were seen", async () => {
    const h = await testBed();
    expect(h.filters()).not.toContain("+/+/status");
    expect(h.filters()).not.toContain("+/status");
    h.say("site/node/sensor/temperature/state", "21.5");
    await h.settle();
    expect(h.filters()).toContain("site/node/status");
    expect(await h.found()).toEqual([]);
    h.say("site/node/status", "online", true);
    await h.settle();
    expect(await h.found()).toMatchObject([{ name: "site/node", conventions: ["esphome"] }]);
  });

  test("DV-43: a status that arrives by a registered topic is read all the same", async () => {
    const h = await testBed();
    h.say("site/node/status", "online");
    h.say("site/node/sensor/temperature/state", "21.5");
    await h.settle();
    expect(await h.found()).toHaveLength(1);
  });

  const FILTER = "+/+/sensor/+/state";
  /** So many messages a second that are no device's, for so many seconds. */
  const flood = async (h: Awaited<ReturnType<typeof testBed>>, perSecond: number, seconds: number) => {
    for (let s = 0; s < seconds; s++) {
      for (let i = 0; i < perSecond; i++) h.say(`plant/line/sensor/${i}/state`, "");
      await h.settle();
    }
  };

  test("DV-44: a filter that hears more than 50 messages a second without a find is paused, told, and sampled an hour later", async () => {
    const h = await testBed();
    await flood(h, 40, 60);
    expect(h.filters()).toContain(FILTER);
    await flood(h, 60, 30);
    expect(h.filters()).not.toContain(FILTER);
    expect(h.filters()).toContain("homeassistant/+/+/config");
    expect((await h.discovery.state()).paused).toMatchObject([{ broker: "main", filter: FILTER, perSecond: 60 }]);
    const minutes = async (count: number) => {
      for (let s = 0; s < count * 60; s++) await h.settle();
    };
    await minutes(58);
    expect(h.filters()).not.toContain(FILTER);
    await minutes(3);
    expect(h.filters()).toContain(FILTER);
    expect((await h.discovery.state()).paused).toEqual([]);
    await flood(h, 60, 30);
    expect(h.filters()).not.toContain(FILTER);
  });

  test("DV-44: a filter that still finds devices is left alone, and one that found some before has five minutes", async () => {
    const h = await testBed();
    h.say("plant/line/status", "online");
    // Longer than the five minutes.
    for (let s = 0; s < 330; s++) {
      h.say(`plant/line/sensor/new_${s}/state`, "1");
      await flood(h, 60, 1);
    }
    expect(h.filters()).toContain(FILTER);
    await flood(h, 60, 240);
    expect(h.filters()).toContain(FILTER);
    await flood(h, 60, 90);
    expect(h.filters()).not.toContain(FILTER);
  });
});

describe("commands that strangers announce", () => {
  const SWITCH = "homeassistant/switch/relay/config";
  const announced = (over: object) => ({
    name: "Relay",
    unique_id: "relay",
    state_topic: "home/relay",
    command_topic: "home/relay/set",
    device: { identifiers: ["relay"], name: "Relay" },
    ...over,
  });

  test("DV-40: an announced command on a topic of the broker is refused and counted, whatever the mode", async () => {
    const h = await testBed();
    await h.discovery.setMode("add");
    h.say(SWITCH, announced({ command_topic: "$CONTROL/dynamic-security/v1", retain: true }), true);
    await h.settle();
    expect(await h.found()).toEqual([]);
    expect(h.registrations()).toEqual([]);
    expect((await h.discovery.state()).refused).toBe(1);
  });

  test("DV-41: a found device shows where its commands would be published", async () => {
    const h = await testBed();
    h.say(SWITCH, announced({}), true);
    await h.settle();
    const [value] = (await h.found())[0]?.entities[0]?.values ?? [];
    expect(value?.command).toEqual({ topic: "home/relay/set" });
  });

  test("DV-42: retained commands that an announcement asks for are shown and not taken over; a person may set them", async () => {
    const h = await testBed();
    h.say(SWITCH, announced({ retain: true }), true);
    await h.settle();
    const [device] = await h.found();
    expect(device?.entities[0]?.values[0]?.command).toEqual({ topic: "home/relay/set", retain: true });
    await h.discovery.keep(device?.id ?? "");
    const [kept] = h.registrations();
    expect(kept?.command?.retain).toBeUndefined();
    if (!kept?.command) throw new Error("nothing was kept");
    await h.catalog.putRegistration({ ...kept, command: { ...kept.command, retain: true } }, "replace");
    h.say(SWITCH, announced({ retain: true, name: "Relay 2" }), true);
    await h.settle();
    expect(h.registrations()[0]?.command?.retain).toBe(true);
  });
});
