import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytes, compiled, NOW } from "../../lib/compile/testing";
import { type BrokerId, PointId } from "../../lib/ids";
import type { RegistrationInput } from "../../lib/registration";
import { filterMatches } from "../../lib/topics/match";
import { createIngest, type IngestPoint, type IngestRegistration } from "./ingest";

const MAIN = "main" as BrokerId;
const OTHER = "other" as BrokerId;

const source = (input: RegistrationInput, broker = MAIN): IngestRegistration => ({
  compiled: compiled(input),
  broker,
  origin: "file",
});

function start(registrations: IngestRegistration[], maxTopics?: number) {
  const log: string[] = [];
  const note = (what: string) => (points: readonly IngestPoint[], why?: string) =>
    log.push(`${what} ${points.map((p) => p.point.id).join(" ")}${why ? ` (${why})` : ""}`);
  const ingest = createIngest({
    maxTopics,
    onAdded: note("+"),
    onRemoved: note("-"),
    onChanged: note("~"),
  });
  ingest.replace(registrations);
  return {
    ingest,
    log,
    say: (topic: string, payload = "1", broker = MAIN) =>
      Object.fromEntries(
        ingest
          .handle(broker, topic, bytes(payload), NOW)
          .map(({ point, outcome }) => [point.id, outcome.ok ? outcome.value : outcome.reject.code]),
      ),
    ids: () => [...ingest.points()].map((p) => p.point.id),
  };
}

describe("names under several wildcards", () => {
  const names = (ingest: ReturnType<typeof start>["ingest"]) => [...ingest.points()].map((p) => p.point.info.name);

  it("DC-73: levels in which all points agree are left out, until one differs; ids stay", () => {
    const temp = source({ id: "temp", filter: "plant/+/+/temp", name: "Temperature" });
    const { ingest, say, log } = start([temp]);
    say("plant/hall-1/press-3/temp");
    expect(names(ingest)).toEqual(["Temperature press-3"]);
    say("plant/hall-1/press-4/temp");
    expect(names(ingest)).toEqual(["Temperature press-3", "Temperature press-4"]);
    say("plant/hall-2/press-3/temp");
    const all = ["Temperature hall-1 press-3", "Temperature hall-1 press-4", "Temperature hall-2 press-3"];
    expect(names(ingest)).toEqual(all);
    expect(log.at(-2)).toBe("~ temp/hall-1/press-3 temp/hall-1/press-4");
    expect(ingest.get(PointId.parse("temp/hall-1/press-3"))?.point.info.name).toBe(all[0]);
    expect(say("plant/hall-1/press-3/temp", "7")).toEqual({ "temp/hall-1/press-3": 7 });
    // The same again after other registrations came.
    ingest.replace([source({ id: "temp", filter: "plant/+/+/temp", name: "Temperature", unit: "°C" })]);
    expect(names(ingest).sort()).toEqual([...all].sort());
  });

  it("DC-73: a level that the name mentions needs no other; a level that has differed stays", () => {
    const { ingest, say } = start([source({ id: "t", filter: "+/+/t", name: "{2} temperature" })], 2);
    say("house/north/t");
    say("house/south/t");
    expect(names(ingest)).toEqual(["north temperature", "south temperature"]);
    say("barn/north/t");
    say("barn/south/t");
    expect(names(ingest)).toEqual(["north temperature barn", "south temperature barn"]);
  });

  it("DC-73: however the topics come, no two points have one name", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[ab]\/[ab]\/[ab]$/), { maxLength: 8 }), (topics) => {
        const { ingest, say } = start([source({ id: "x", filter: "+/+/+", name: "X" })]);
        for (const topic of topics) say(topic);
        expect(new Set(names(ingest)).size).toBe(topics.length);
      }),
    );
  });
});

describe("what was said last", () => {
  const text = (last: { payload: Uint8Array | undefined } | undefined) =>
    last?.payload && new TextDecoder().decode(last.payload);

  it("TM-13: is there for each point of the topic as it came, also when it could not be read, and outlives other registrations", () => {
    const one = source({ id: "one", filter: "a/b", type: "number" });
    const many = source({ id: "many", filter: "c/+" });
    const { ingest, say } = start([one, many]);
    expect(ingest.lastMessage(PointId.parse("one"))).toBeUndefined();
    say("a/b", "warm");
    say("c/x", "6");
    expect(ingest.lastMessage(PointId.parse("one"))).toMatchObject({ at: NOW, retained: false, size: 4 });
    ingest.replace([one, many, source({ id: "other", filter: "a/#" })]);
    expect(text(ingest.lastMessage(PointId.parse("one")))).toBe("warm");
    expect(text(ingest.lastMessage(PointId.parse("many/x")))).toBe("6");
    ingest.replace([many]);
    ingest.replace([one, many]);
    expect(ingest.lastMessage(PointId.parse("one"))).toBeUndefined();
  });
});

describe("points come and go", () => {
  it("TM-9: a registration without wildcard has its points before any message, one with wildcard from the first on", () => {
    const { say, ids, log } = start([source({ id: "one", filter: "a/b" }), source({ id: "many", filter: "c/+" })]);
    expect(ids()).toEqual(["one"]);
    expect(say("c/x", "5")).toEqual({ "many/x": 5 });
    expect(say("c/x", "6")).toEqual({ "many/x": 6 });
    expect(ids()).toEqual(["one", "many/x"]);
    expect(log).toEqual(["+ one", "+ many/x"]);
  });
  it("TM-9: an assumed actuator, which has no topic, has its point too", () => {
    const { ids } = start([source({ id: "bell", command: { topic: "bell/ring", press: "x" } })]);
    expect(ids()).toEqual(["bell"]);
  });
  it("TM-10: one message is one reading for each registration that it matches, and of its own broker only", () => {
    const { say, ingest } = start([
      source({ id: "a", filter: "x/#" }),
      source({ id: "b", filter: "x/+" }),
      source({ id: "c", filter: "x/1" }, OTHER),
    ]);
    expect(say("x/1", "7")).toEqual({ "a/1": 7, "b/1": 7 });
    expect(say("x/1", "8", OTHER)).toEqual({ c: 8 });
    expect(say("y")).toEqual({});
    expect(say("x/1", "9", "gone" as BrokerId)).toEqual({});
    expect(ingest.counters).toMatchObject({ matched: 2, unmatched: 2, topics: 1 });
  });
  it("TM-10: a payload that cannot be read is an outcome too", () => {
    const { say } = start([source({ id: "a", filter: "x", type: "number" })]);
    expect(say("x", "on")).toEqual({ a: "wrong-type" });
  });
  it("TM-1: topics named like members of an object are only topics", () => {
    const { say } = start([source({ id: "a", filter: "+" })]);
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"])
      expect(say(name)).toEqual({ [`a/${name}`]: 1 });
  });
  it("TM-10: whichever registrations there are, the points that speak are those whose filter matches", () => {
    const level = fc.constantFrom("a", "b", "", "+");
    const filter = fc.array(level, { minLength: 1, maxLength: 3 }).map((l) => l.join("/") || "#");
    const topic = fc
      .array(fc.constantFrom("a", "b", ""), { minLength: 1, maxLength: 3 })
      .map((l) => l.join("/") || "/");
    fc.assert(
      fc.property(fc.array(filter, { maxLength: 6 }), fc.array(topic, { maxLength: 8 }), (filters, topics) => {
        const sources = filters.map((f, i) => source({ id: `r${i}`, filter: f }));
        const { say } = start(sources);
        for (const t of topics)
          expect(Object.keys(say(t)).map((id) => id.split("/")[0])).toEqual(
            expect.arrayContaining(filters.flatMap((f, i) => (filterMatches(f, t) ? [`r${i}`] : []))),
          );
      }),
    );
  });
});

describe("the cap on topics", () => {
  it("TM-11: the topic least recently heard is forgotten, counted, and comes back with its next message", () => {
    const { say, log, ids, ingest } = start(
      [source({ id: "w", filter: "w/+" }), source({ id: "s", filter: "w/a" })],
      2,
    );
    for (const topic of ["w/a", "w/b", "w/a", "w/c"]) say(topic);
    expect(ids()).toEqual(["w/a", "w/c", "s"]);
    expect(ingest.counters).toMatchObject({ topics: 2, evicted: 1 });
    say("w/b");
    expect(log.slice(1)).toEqual(["+ w/a", "+ w/b", "- w/b (evicted)", "+ w/c", "- w/a (evicted)", "+ w/b"]);
    expect(say("w/a", "5")).toEqual({ "w/a": 5, s: 5 });
  });
  it("TM-11: a flood of topics keeps to the cap", () => {
    const { say, ids, ingest } = start([source({ id: "w", filter: "#" })], 100);
    for (let i = 0; i < 5000; i++) say(`t/${i}`);
    expect(ids()).toHaveLength(100);
    expect(ids().at(-1)).toBe("w/t/4999");
    expect(ingest.counters).toMatchObject({ topics: 100, evicted: 4900 });
  });
  it("TM-11: topics of registrations without wildcard are never forgotten", () => {
    const { say, ids } = start([source({ id: "a", filter: "a" }), source({ id: "b", filter: "b" })], 1);
    say("a");
    say("b");
    expect(ids()).toEqual(["a", "b"]);
  });
  it("TM-103: a topic too long for a point's id is refused and counted", () => {
    const { say, ids, ingest } = start([source({ id: "w", filter: "#" })]);
    expect(say("x".repeat(2000))).toEqual({});
    expect(ids()).toEqual([]);
    expect(ingest.counters.overlong).toBe(1);
  });
});

describe("changed registrations", () => {
  it("TM-12: those that did not change keep their points as they are", () => {
    const kept = source({ id: "kept", filter: "k/+" });
    const { say, ingest, log } = start([kept, source({ id: "gone", filter: "g/+" })]);
    say("k/1");
    say("g/1");
    const before = [...ingest.points()][0];
    ingest.replace([{ ...kept }, source({ id: "new", filter: "n" })]);
    expect([...ingest.points()][0]).toBe(before);
    expect(log.slice(2)).toEqual(["- gone/1 (replaced)", "+ new"]);
    expect(say("g/1")).toEqual({});
    expect(say("k/1", "2")).toEqual({ "kept/1": 2 });
  });
  it("TM-12: one that changed keeps the topics it still matches, and its points say what changed", () => {
    const { say, ingest, log } = start([source({ id: "w", filter: "w/+", unit: "V" })]);
    say("w/1");
    say("w/2");
    ingest.replace([source({ id: "w", filter: "+/1", unit: "mV" })]);
    expect(log.slice(2)).toEqual(["- w/1 w/2 (replaced)", "+ w/w"]);
    ingest.replace([source({ id: "w", filter: "+/1", unit: "kV" })]);
    expect(log.at(-1)).toBe("~ w/w");
    expect([...ingest.points()][0]?.point.info.unit).toBe("kV");
    expect(say("w/1", "3")).toEqual({ "w/w": 3 });
  });
  it("TM-12: replacing after an eviction and a flood keeps the order of what was heard", () => {
    const one = source({ id: "w", filter: "w/+" });
    const { say, ingest, ids } = start([one], 2);
    for (const topic of ["w/a", "w/b", "w/a"]) say(topic);
    ingest.replace([{ ...one }]);
    say("w/c");
    expect(ids()).toEqual(["w/a", "w/c"]);
  });
});
