import { describe, expect, test } from "vitest";
import { saying } from "../../../lib/texts/said.harness";
import { createFakeClock } from "../../testing/fakeClock";
import { createMemoryConfigStore } from "../../testing/memoryConfigStore";
import { CONFIG, config, testBed } from "./discoveryService.harness";

const NEVER = { by: "never" } as const;

describe("asking first", () => {
  test("FD-10: a device that announces itself is shown with what it says, and nothing is registered", async () => {
    const h = await testBed();
    h.say(CONFIG, config(), true);
    await h.settle();
    expect(h.filters()).toContain("home/kitchen/t");
    h.say("home/kitchen/t", "21.5");
    const [device] = await h.found();
    expect(device).toMatchObject({ name: "Kitchen", maker: "Acme", state: "found" });
    expect(device?.entities[0]?.values).toMatchObject([{ value: 21.5, unit: "°C" }]);
    expect(h.registrations()).toEqual([]);
    expect(await h.discovery.state()).toMatchObject({ mode: "ask", found: 1, kept: 0 });
  });

  test("FA-109: what announces itself is listened to at once also where the clock was set back", async () => {
    const clock = createFakeClock();
    const h = await testBed(undefined, { clock });
    h.say(CONFIG, config(), true);
    await h.settle();
    expect(h.filters()).toContain("home/kitchen/t");
    clock.setBack(3_600_000);
    h.say("homeassistant/sensor/hall_t/config", config({ unique_id: "hall_t", state_topic: "home/hall/t" }), true);
    await h.settle();
    expect(h.filters()).toContain("home/hall/t");
  });

  test("FD-1: what is kept shows at once what was said before, and keeps its id over a restart", async () => {
    const h = await testBed();
    h.say(CONFIG, config(), true);
    await h.settle();
    h.say("home/kitchen/t", "21.5");
    const [device] = await h.found();
    expect(await h.discovery.keep(device?.id ?? "")).toEqual({ kept: 1 });
    const [point] = [...h.live.points()];
    expect(point).toMatchObject({ value: 21.5, info: { device: "Kitchen", unit: "°C" } });
    expect((await h.found())[0]?.state).toBe("kept");

    const again = await testBed(h.store);
    again.say(CONFIG, config(), true);
    await again.settle();
    expect((await again.found())[0]?.state).toBe("kept");
    expect(again.registrations()).toHaveLength(1);
  });

  test("FD-2: an ignored device is neither listened to nor added, until it is taken back", async () => {
    const h = await testBed();
    h.say(CONFIG, config(), true);
    await h.settle();
    const key = (await h.found())[0]?.id ?? "";
    await h.discovery.ignore(key, true);
    await h.settle();
    expect(h.filters()).not.toContain("home/kitchen/t");
    expect(await h.discovery.keepAll()).toEqual({ kept: 0 });
    expect((await h.found())[0]?.state).toBe("ignored");
    await h.discovery.ignore(key, false);
    expect(await h.discovery.keepAll()).toEqual({ kept: 1 });
    expect(await h.discovery.keep("no-such-device")).toBeUndefined();
  });
});

describe("adding by itself", () => {
  const adding = async (...given: Parameters<typeof testBed>) => {
    const h = await testBed(...given);
    await h.discovery.setMode("add");
    return h;
  };

  test("FD-3: what announces itself is registered, and a changed announcement changes it", async () => {
    const h = await adding();
    h.say(CONFIG, config(), true);
    await h.settle();
    expect(h.registrations()).toMatchObject([{ filter: "home/kitchen/t", unit: "°C", broker: "main" }]);
    h.say(CONFIG, config({ state_topic: "home/kitchen/temp" }), true);
    await h.settle();
    expect(h.registrations()).toMatchObject([{ filter: "home/kitchen/temp" }]);
  });

  test.each([
    ["discovery.written", "{"],
    ["discovery.ignored", '{"not": "a list"}'],
    ["discovery.mode", "sometimes"],
  ])("CF-32: an unreadable %s pauses adding by itself, is set aside and told, over restarts too", async (key, text) => {
    const h = await testBed();
    await h.discovery.setMode("add");
    h.say(CONFIG, config(), true);
    await h.settle();
    expect((await h.catalog.deleteRegistration(h.registrations()[0]?.id ?? "")).ok).toBe(true);
    await h.settle();
    await h.store.putSetting(key, text);

    for (const run of ["the next start", "the one after"]) {
      const again = await testBed(h.store);
      again.say(CONFIG, config(), true);
      await again.settle();
      expect([run, again.registrations()]).toEqual([run, []]);
      expect((await again.discovery.state()).mode).toBe("ask");
      expect(again.discovery.notices()).toMatchObject([{ id: "discovery-paused" }]);
      expect(await h.store.setting(`${key}.unreadable`)).toBe(text);
      if (run === "the next start") continue;
      await again.discovery.setMode("ask");
      expect(again.discovery.notices()).toEqual([]);
    }
    expect((await testBed(h.store)).discovery.notices()).toEqual([]);
  });

  test("CL-96: what was ignored and written when each list was one text stays so", async () => {
    const before = await adding();
    before.say(CONFIG, config(), true);
    await before.settle();
    const [id = "", print = ""] = [...(await before.store.entries("discovery.written"))][0] ?? [];
    await before.catalog.deleteRegistration(id);
    await before.store.changeEntries("discovery.written", { remove: [id] });
    await before.store.putSetting("discovery.written", JSON.stringify({ [id]: print }));
    const [device] = await before.found();
    await before.store.putSetting("discovery.ignored", JSON.stringify([device?.id]));
    const after = await testBed(before.store);
    after.say(CONFIG, config(), true);
    await after.settle();
    expect((await after.found()).map(({ state }) => state)).toEqual(["ignored"]);
    await after.discovery.ignore(device?.id ?? "", false);
    await after.settle();
    expect(after.registrations()).toEqual([]);
    expect((await (await testBed(before.store)).discovery.state()).ignored).toBe(0);
  });

  test("FD-4: what a person edited stays as edited, and what a person deleted stays deleted", async () => {
    const h = await adding();
    h.say(CONFIG, config(), true);
    await h.settle();
    const [kept] = h.registrations();
    if (!kept) throw new Error("nothing was kept");
    await h.catalog.putRegistration({ ...kept, name: "By the window" }, "replace");
    h.say(CONFIG, config({ state_topic: "home/kitchen/temp" }), true);
    await h.settle();
    expect(h.registrations()).toMatchObject([{ name: "By the window", filter: "home/kitchen/t" }]);
    await h.catalog.deleteRegistration(kept.id);
    h.say(CONFIG, config({ state_topic: "home/kitchen/t3" }), true);
    await h.settle();
    expect(h.registrations()).toEqual([]);
    expect((await h.found())[0]?.state).toBe("found");
  });

  test("FD-12, FD-103: announcements are cleared after they stand in the audit, and not at all where they cannot", async () => {
    const h = await testBed();
    h.say(CONFIG, config(), true);
    h.say(
      "homeassistant/sensor/kitchen_h/config",
      config({ unique_id: "kitchen_h", state_topic: "home/kitchen/h" }),
      true,
    );
    await h.settle();
    const [device] = await h.found();
    const topics = [CONFIG, "homeassistant/sensor/kitchen_h/config"];
    expect(device).toMatchObject({ announced: topics, heard: false });
    const key = device?.id ?? "";
    await expect(h.discovery.clear(key, () => Promise.reject(new Error("the disk is full")), NEVER)).rejects.toThrow(
      "full",
    );
    expect(h.published).toEqual([]);
    const told: (readonly string[])[] = [];
    expect(await h.discovery.clear(key, async (list) => void told.push(list), NEVER)).toEqual({
      ok: true,
      value: { cleared: 2, failed: [] },
    });
    expect(told).toEqual([topics]);
    expect(h.published).toEqual(topics.map((topic) => expect.objectContaining({ topic, payload: "", retain: true })));
    for (const topic of topics) h.say(topic, "");
    await h.settle();
    expect((await h.found())[0]).toMatchObject({ state: "withdrawn", announced: [] });
    expect(await h.discovery.clear("nobody", async () => undefined, NEVER)).toBeUndefined();
  });

  test("AC-83: announcements are cleared until the request expires, and none of them later", async () => {
    const h = await testBed();
    h.say(CONFIG, config(), true);
    await h.settle();
    const key = (await h.found())[0]?.id ?? "";
    const told: string[] = [];
    const clear = (inMs: number, first = async () => void told.push("told")) =>
      h.discovery.clear(key, first, { by: "time", at: h.now() + inMs });
    expect(await clear(-2000)).toEqual({ ok: false, error: saying("Not sent: it arrived 2.0 s after it expired.") });
    expect(told).toEqual([]);
    const slowAudit = () => h.settle().then(() => undefined);
    expect(await clear(500, slowAudit)).toMatchObject({
      ok: true,
      value: { cleared: 0, failed: [{ topic: CONFIG, reason: saying("the request expired before it was sent") }] },
    });
    expect(h.published).toEqual([]);
    expect(await clear(2000)).toMatchObject({ ok: true, value: { cleared: 1 } });
    expect(h.published).toHaveLength(1);
  });

  test("FD-5: what a device withdraws is marked and stays registered", async () => {
    const h = await adding();
    h.say(CONFIG, config(), true);
    await h.settle();
    h.say(CONFIG, "");
    await h.settle();
    expect(h.registrations()).toHaveLength(1);
    expect((await h.found())[0]?.state).toBe("withdrawn");
  });

  test("FD-13: a device that is away when it is first met is added, and stays marked until it is back", async () => {
    const h = await adding();
    const told = { name: "Shed", nodes: { sky: { properties: { t: { name: "T", datatype: "float", unit: "°C" } } } } };
    h.say("homie/5/shed/$state", "lost", true);
    h.say("homie/5/shed/$description", told, true);
    await h.settle();
    expect(h.registrations()).toMatchObject([
      { filter: "homie/5/shed/sky/t", device: "Shed", availability: { filter: "homie/5/shed/$state" } },
    ]);
    expect((await h.found())[0]).toMatchObject({
      state: "withdrawn",
      away: true,
      withdrawn: saying("its $state is lost"),
    });
    h.say("homie/5/shed/$state", "ready");
    await h.settle();
    expect((await h.found())[0]).toMatchObject({ state: "kept" });
    h.say("homie/5/barn/$description", { ...told, name: "Barn" }, true);
    h.say("homie/5/barn/$description", "", true);
    await h.settle();
    expect(h.registrations()).toHaveLength(1);
  });

  test("FD-14: what moves into its device's own announcement is not registered a second time", async () => {
    const h = await adding();
    h.say(CONFIG, config(), true);
    await h.settle();
    h.say(CONFIG, { migrate_discovery: true }, true);
    h.say(
      "homeassistant/device/kitchen/config",
      {
        dev: { ids: ["kitchen"], name: "Kitchen" },
        o: { name: "x" },
        cmps: { t: { p: "sensor", ...config(), device: undefined } },
      },
      true,
    );
    h.say(CONFIG, "", true);
    await h.settle();
    expect(h.registrations().map(({ filter }) => filter)).toEqual(["home/kitchen/t"]);
    expect((await h.found())[0]?.state).toBe("kept");
  });

  test("FD-6: what is registered already by hand is not added a second time", async () => {
    const store = createMemoryConfigStore();
    await store.putRegistration({ id: "mine" as never, filter: "home/kitchen/t" as never });
    const h = await adding(store);
    h.say(CONFIG, config(), true);
    await h.settle();
    expect(h.registrations().map(({ id }) => id)).toEqual(["mine"]);
    expect((await h.found())[0]?.state).toBe("kept");
  });

  test("FD-7: hostile announcements change nothing but a counter", async () => {
    const h = await adding();
    h.say("homeassistant/sensor/big/config", `{"name":"${"x".repeat(1024 * 1024)}"}`, true);
    h.say("homeassistant/sensor/bad/config", '{"name":', true);
    h.say("homeassistant/sensor/nested/config", "[".repeat(100_000), true);
    h.say(
      "homeassistant/sensor/loop/config",
      config({
        unique_id: "loop",
        value_template: "{% for a in range(99999999) %}{{ a }}{% endfor %}",
        state_topic: "#",
      }),
      true,
    );
    await h.settle();
    expect(h.registrations()).toEqual([]);
    expect((await h.discovery.state()).refused + (await h.discovery.state()).capped).toBeGreaterThan(0);
    h.say(CONFIG, config(), true);
    await h.settle();
    expect(h.registrations()).toHaveLength(1);
  });

  test("FD-8: what is added is capped, and what the cap kept out is counted", async () => {
    const h = await adding(createMemoryConfigStore(), { maxWritten: 3 });
    for (let i = 0; i < 10; i++)
      h.say(`homeassistant/sensor/s${i}/config`, config({ unique_id: `s${i}`, state_topic: `home/s${i}` }), true);
    await h.settle();
    expect(h.registrations()).toHaveLength(3);
    expect(h.discovery.counters().capped).toBeGreaterThanOrEqual(7);
  });

  test("FD-9: off forgets what was found and keeps what was kept", async () => {
    const h = await adding();
    h.say(CONFIG, config(), true);
    await h.settle();
    await h.discovery.setMode("off");
    await h.settle();
    expect(await h.found()).toEqual([]);
    expect(h.registrations()).toHaveLength(1);
    expect(h.filters()).toEqual(["home/kitchen/t"]);
  });
});
