import { describe, expect, test } from "vitest";
import type { RegistrationInput } from "../../../lib/registration";
import { saying } from "../../../lib/texts/said.harness";
import { setUp } from "./liveState.harness";

const dated: RegistrationInput = { id: "level", filter: "a/level", value: "$.level", time: "$.when" };
const at = (level: number, when: number) => JSON.stringify({ level, when: when / 1000 });

describe("order", () => {
  test("LV-30: a reading older than the one shown goes to history at its place, and changes nothing else", async () => {
    const h = await setUp({ topics: [dated] });
    const heard: unknown[] = [];
    h.live.onReading((reading) => heard.push(reading));
    const now = h.clock.now();
    h.say("a/level", at(40, now - 10_000));
    const rev = h.live.rev;
    h.clock.advance(1000);
    h.say("a/level", at(90, now - 600_000));
    expect(h.point("level")).toMatchObject({ value: 40, at: now - 10_000, status: { since: now } });
    expect(h.live.rev).toBe(rev);
    expect(heard).toHaveLength(1);
    expect(h.stored.map(({ value, at }) => [value, at])).toEqual([
      [40, now - 10_000],
      [90, now - 600_000],
    ]);
    h.say("a/level", at(41, now - 9000));
    expect(h.point("level")?.value).toBe(41);
  });

  test("LV-30, LV-105: it does not keep a silent point live, and a clock that was set back is told", async () => {
    const h = await setUp({ topics: [{ ...dated, staleAfter: "30s" }] });
    const now = h.clock.now();
    h.say("a/level", at(40, now));
    for (let i = 0; i < 10; i++) {
      h.clock.advance(4000);
      h.say("a/level", at(i, now - 3_600_000 + i));
    }
    expect(h.point("level")).toMatchObject({ value: 40, status: { freshness: "stale" } });
    expect(h.status("level")?.reject?.message).toEqual(saying("check the device's clock"));
    expect(h.stored).toHaveLength(11);
    expect(h.live.counters().late).toBe(10);
  });

  test("LV-104: a retained replay with an older time turns nothing back, nor does one older than what history remembers", async () => {
    const remembered = [{ point: "level" as never, value: 7, at: 5_000_000_000_000 }];
    const h = await setUp({ topics: [dated] });
    const now = h.clock.now();
    h.say("a/level", at(40, now - 1000));
    h.broker("down");
    h.clock.advance(5000);
    h.broker("up");
    h.say("a/level", at(90, now - 600_000), { retained: true });
    expect(h.point("level")).toMatchObject({ value: 40, at: now - 1000 });
    h.say("a/level", at(91, now), { retained: true });
    expect(h.point("level")).toMatchObject({ value: 91, at: now });
    const other = await setUp({ topics: [dated], remembered });
    other.say("a/level", at(90, other.clock.now()), { retained: true });
    expect(other.point("level")).toMatchObject({ value: 7, status: { freshness: "stale" } });
  });

  test("LV-30: nothing has no time of its own: the next reading counts, though the device's clock is behind", async () => {
    const h = await setUp({ topics: [dated] });
    h.say("a/level", at(40, h.clock.now() - 5000));
    h.clock.advance(1000);
    h.say("a/level", "");
    expect(h.point("level")?.value).toBeNull();
    h.clock.advance(1000);
    h.say("a/level", at(41, h.clock.now() - 5000));
    expect(h.point("level")?.value).toBe(41);
  });
});

test("LV-31: a message that says offline of itself is no reading: nothing of it is shown or stored", async () => {
  const h = await setUp({
    topics: [
      {
        id: "temp",
        filter: "d/+",
        jinja: "{{ value_json.t if value_json.t is defined else 0 }}",
        type: "number",
        availability: { filter: "d/{1}", value: "$.state", online: "up", offline: "gone" },
      },
    ],
  });
  h.say("d/one", '{"state":"up","t":21.5}');
  h.say("d/one", '{"state":"gone"}');
  expect(h.point("temp/one")).toMatchObject({ value: 21.5, status: { freshness: "offline" } });
  h.say("d/two", '{"state":"gone"}', { retained: true });
  expect(h.point("temp/two")).toMatchObject({ value: null, at: null, status: { freshness: "offline" } });
  expect(h.stored.map(({ value }) => value)).toEqual([21.5]);
  h.say("d/one", '{"state":"up","t":22}');
  expect(h.point("temp/one")).toMatchObject({ value: 22, status: { freshness: "live" } });
});

describe("a pace", () => {
  const steadily = (h: Awaited<ReturnType<typeof setUp>>, topic: string, count: number) => {
    for (let i = 0; i < count; i++) {
      h.say(topic, String(i));
      h.clock.advance(10_000);
    }
  };

  test("LV-32: what is operated, and the parts of lamps and covers, have none", async () => {
    const part = { of: "lamp", kind: "light" as const, role: "brightness" };
    const h = await setUp({
      topics: [
        { id: "slider", filter: "a", command: { topic: "a/set", min: 0, max: 100 } },
        { id: "lamp", filter: "a", part },
        { id: "sensor", filter: "a" },
      ],
    });
    steadily(h, "a", 35);
    h.clock.advance(60_000);
    expect(["slider", "lamp", "sensor"].map((id) => h.status(id)?.freshness)).toEqual(["live", "live", "stale"]);
    expect(h.status("slider")?.every).toBeUndefined();
  });

  test("LV-33: it outlasts a restart: a device that falls silent then is missed after three intervals", async () => {
    let text: string | undefined;
    const paces = {
      read: async () => text,
      write: async (next: string) => {
        text = next;
      },
    };
    const first = await setUp({ topics: [{ id: "t", filter: "t" }], paces });
    steadily(first, "t", 35);
    await first.live.stop();
    expect(JSON.parse(text ?? "")).toEqual({ t: [10_000, 1] });

    const second = await setUp({ topics: [{ id: "t", filter: "t" }], paces });
    second.say("t", "1");
    expect(second.status("t")).toMatchObject({ freshness: "live", every: 10_000 });
    second.clock.advance(31_000);
    expect(second.status("t")).toMatchObject({ freshness: "stale", reason: saying("30 s") });
  });

  test.each(["nonsense", '{"t":[0,1]}', '{"t":"x"}'])("LV-33: a memory that holds %s is passed over", async (text) => {
    const h = await setUp({
      topics: [{ id: "t", filter: "t" }],
      paces: { read: async () => text, write: async () => {} },
    });
    h.say("t", "1");
    h.clock.advance(3_600_000);
    expect(h.status("t")?.freshness).toBe("live");
  });
});

describe("LV-34: another way of reading reads the last message again, at once", () => {
  const temp: RegistrationInput = { id: "temp", filter: "a/temp", value: "$.t", type: "number" };
  const cases: { name: string; from?: Partial<RegistrationInput>; to: Partial<RegistrationInput>; shows: unknown }[] = [
    { name: "unknown", to: { unknown: ["-127"] }, shows: null },
    { name: "unknown, taken back", from: { unknown: ["-127"] }, to: { unknown: undefined }, shows: -127 },
    { name: "when", to: { when: "payload.id == 8" }, shows: null },
    { name: "when, still true", to: { when: "payload.id == 7" }, shows: -127 },
    { name: "value", to: { value: "$.id" }, shows: 7 },
    { name: "transform", to: { transform: "value + 1" }, shows: -126 },
    { name: "type", to: { type: "text" }, shows: "-127" },
    { name: "unit", to: { unit: "°C" }, shows: -127 },
    { name: "partial", to: { partial: true }, shows: -127 },
    { name: "name", to: { name: "Boiler" }, shows: -127 },
  ];
  test.each(cases)("$name", async ({ from, to, shows }) => {
    const h = await setUp({ topics: [{ ...temp, ...from }] });
    h.say("a/temp", '{"id":7,"t":-127}');
    const stored = h.stored.length;
    h.register([{ ...temp, ...from, ...to }]);
    expect(h.point("temp")?.value).toBe(shows);
    expect(h.stored).toHaveLength(stored);
  });

  test("LV-107: a unit that the message contradicts blanks the value; a later message that nobody could read does not", async () => {
    const depth: RegistrationInput = { id: "depth", filter: "well" };
    const h = await setUp({ topics: [depth] });
    h.say("well", "24 cm");
    h.register([{ ...depth, name: "Depth" }]);
    expect(h.point("depth")).toMatchObject({ value: 24, info: { unit: "cm", name: "Depth" } });
    h.register([{ ...depth, unit: "m" }]);
    expect(h.point("depth")).toMatchObject({ value: null, status: { reject: { count: 1 } } });
    h.say("well", "2 m", { retained: true });
    expect(h.point("depth")?.value).toBe(2);
    h.say("well", "3 m");
    h.say("well", "4 kg");
    h.register([{ ...depth, unit: "m", unknown: ["-1"] }]);
    expect(h.point("depth")?.value).toBe(3);
  });

  test("merge and when over several topics: the newest that speaks of it", async () => {
    const both: RegistrationInput = { id: "m", filter: "g/+", merge: true, value: "$.t", type: "number" };
    const h = await setUp({ topics: [both] });
    h.say("g/one", '{"id":7,"t":1}');
    h.clock.advance(1000);
    h.say("g/two", '{"id":8,"t":2}');
    expect(h.point("m")?.value).toBe(2);
    h.register([{ ...both, when: "payload.id == 7" }]);
    expect(h.point("m")?.value).toBe(1);
    h.register([{ ...both, unknown: ["2"] }]);
    expect(h.point("m")?.value).toBeNull();
  });

  test("LV-107: a value that was no reading goes, though the last message does not speak of it; what is retained mends it", async () => {
    const part: RegistrationInput = { ...temp, partial: true };
    const h = await setUp({ topics: [part] });
    h.say("a/temp", '{"t":-127}');
    h.say("a/temp", '{"h":50}');
    h.register([{ ...part, unit: "°C" }]);
    expect(h.point("temp")?.value).toBe(-127);
    h.register([{ ...part, unit: "°C", unknown: ["-127"] }]);
    expect(h.point("temp")?.value).toBeNull();
    h.say("a/temp", '{"t":20}', { retained: true });
    expect(h.point("temp")).toMatchObject({ value: 20, status: { retained: true } });
  });

  test("LV-107: a retained message that was read anew keeps its mark; one too long to be kept leaves the point unknown", async () => {
    const h = await setUp({ topics: [temp] });
    h.say("a/temp", '{"id":7,"t":5}', { retained: true });
    h.register([{ ...temp, value: "$.id" }]);
    expect(h.point("temp")).toMatchObject({ value: 7, status: { retained: true } });
    h.say("a/temp", JSON.stringify({ id: 8, t: 6, more: "x".repeat(5000) }));
    h.register([temp]);
    expect(h.point("temp")).toMatchObject({ value: null, at: null, status: { freshness: "unknown" } });
  });
});
