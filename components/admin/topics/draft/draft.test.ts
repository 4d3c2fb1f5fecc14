import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Availability, CommandSpec, Registration } from "../../../../lib/registration";
import { EXAMPLES } from "../../../../lib/registration/examples";
import type { Draft } from "./draft";
import { type DraftAction, draftReducer } from "./draftReducer";
import { emptyDraft, fromRegistration } from "./fromRegistration";
import { toRegistration } from "./toRegistration";
import { rowPointer } from "./valueRows";

const edit = (draft: Draft, ...actions: DraftAction[]): Draft => actions.reduce(draftReducer(new Set()), draft);

const roundTrip = (registration: Registration, locale?: string) =>
  toRegistration(fromRegistration(registration, locale));

describe("registration ⇄ draft", () => {
  it.each(EXAMPLES.map((example) => [example.id, example] as const))("keeps %s as written", (_id, example) => {
    const registration = Registration.parse(example);
    expect(roundTrip(registration)).toEqual({ ok: true, registration });
  });

  it("has an example of every field that a registration can have, so that none is lost on saving", () => {
    const asList = <T>(one: T | T[] | undefined): T[] => (one === undefined ? [] : ([one].flat() as T[]));
    const used = (items: (object | undefined)[]) => new Set(items.flatMap((item) => Object.keys(item ?? {})));
    const values = EXAMPLES.flatMap((example) => Object.values(example.values ?? {}));
    const described = [...EXAMPLES, ...values];
    expect(used(EXAMPLES)).toEqual(new Set(Object.keys(Registration.shape)));
    expect(used(described.map(({ command }) => command))).toEqual(new Set(Object.keys(CommandSpec.shape)));
    expect(used(EXAMPLES.flatMap(({ availability }) => asList(availability)))).toEqual(
      new Set(Object.keys(Availability.shape)),
    );
  });

  const word = fc
    .string({ minLength: 1, maxLength: 12, unit: "grapheme-ascii" })
    .filter((s) => s.trim() === s && s !== "");
  // The words of a boolean are on and off, and no key is an object's prototype.
  const valueWithWord = word.filter((text) => !["__proto__", "true", "false"].includes(text));
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const number = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((n) => (Object.is(n, -0) ? 0 : n));
  const range = fc.tuple(number, number).filter(([low, high]) => low < high);
  const span = fc.constantFrom("10d", "60d", "2 h");
  const history = fc.oneof(
    fc.constant(false),
    fc.record({ keep: fc.constantFrom("change", "10s", "5 min"), raw: optional(span) }),
    fc.record({ keep: fc.constant("change"), deadband: fc.double({ min: 0.001, max: 100, noNaN: true }) }),
    fc.record({ rollups: fc.record({ "1m": span, "15m": optional(span), "6h": optional(span) }) }),
  );
  const part = fc.record(
    { of: word, kind: fc.constantFrom("light", "cover", "climate", "fan"), role: word, name: word },
    { requiredKeys: ["of", "kind", "role"] },
  );
  const bareCommand = fc.record({
    topic: word,
    payloads: optional(fc.record({ on: word, off: word })),
    press: optional(word),
    options: optional(fc.array(word, { minLength: 1, maxLength: 4 })),
    min: optional(number),
    step: optional(fc.double({ min: 0.001, max: 100, noNaN: true })),
    transform: optional(word),
    confirm: optional(fc.constantFrom("5s", "500ms", "1 min")),
    tolerance: optional(fc.double({ min: 0, max: 10, noNaN: true }).map((n) => n || 0)),
    qos: optional(fc.constantFrom(0, 1, 2)),
    retain: optional(fc.constant(true)),
    ask: optional(fc.oneof(fc.constant(true), word)),
    send: optional(fc.constant("moving")),
  });
  const surround = fc.oneof(
    fc.constant({}),
    fc.record({ template: word.map((w) => `${w}{{value}}`) }),
    fc.record({ jinja: word }),
  );
  const command = fc.tuple(bareCommand, surround).map(([bare, around]) => ({ ...bare, ...around }));
  const described = {
    name: optional(word),
    part: optional(part),
    history: optional(history),
    type: optional(fc.constantFrom("number", "boolean", "text")),
    unit: optional(word),
    precision: optional(fc.nat(10)),
    range: optional(range),
    thresholds: optional(
      fc.array(
        fc.oneof(
          fc.record({ above: number, level: fc.constantFrom("warning", "critical") }),
          fc.record({ below: number, level: fc.constantFrom("warning", "critical") }),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    ),
    staleAfter: optional(fc.constantFrom("never", "60s", "2 h")),
    payloads: optional(fc.record({ on: word, off: word })),
    icon: optional(fc.constantFrom("mdi:sofa", "mdi:numeric-1-box")),
    category: optional(fc.constantFrom("config" as const, "diagnostic" as const)),
    deviceClass: optional(fc.constantFrom("battery", "carbon_monoxide")),
    unknown: optional(fc.array(word, { minLength: 1, maxLength: 3 })),
    words: optional(
      fc.dictionary(
        valueWithWord,
        word.filter((text) => !text.includes("=")),
        { minKeys: 1, maxKeys: 3 },
      ),
    ),
  };
  // zod's record drops "__proto__" in silence; the form refuses it.
  const key = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/).filter((name) => name !== "__proto__");
  const availability = fc.record(
    { filter: word, value: word, jinja: word, online: word, offline: word },
    { requiredKeys: ["filter", "online", "offline"] },
  );
  const common = {
    id: fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,20}$/),
    broker: optional(fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,8}$/)),
    filter: fc.constantFrom("a/b", "a/+/c", "x/#"),
    format: optional(fc.constantFrom("json", "text", "number", "boolean", "cbor", "msgpack")),
    when: optional(word),
    partial: optional(fc.constant(true)),
    merge: optional(fc.constant(true)),
    availabilityMode: optional(fc.constantFrom("any", "latest")),
    time: optional(word),
    device: optional(word),
    area: optional(word),
    availability: optional(fc.oneof(availability, fc.array(availability, { minLength: 2, maxLength: 3 }))),
    qos: optional(fc.constantFrom(0, 1, 2)),
    ...described,
  };
  const read = { encoding: optional(fc.constantFrom("base64", "hex")), transform: optional(word) };
  const one = fc.record({ ...common, ...read, value: optional(word), command: optional(command) });
  const byTemplate = fc.record({ ...common, jinja: word, command: optional(command) });
  const several = fc.record({
    ...common,
    ...read,
    values: fc.dictionary(
      key,
      fc.record({ value: word, transform: optional(word), ...described, command: optional(command) }),
      {
        minKeys: 1,
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  });

  it("UI-51: keeps any registration that the schema takes, in every language of the page", () => {
    fc.assert(
      fc.property(fc.oneof(one, several, byTemplate), fc.constantFrom("en", "de", "de-CH", "fa"), (input, locale) => {
        const registration = Registration.parse(JSON.parse(JSON.stringify(input)));
        expect(roundTrip(registration, locale)).toEqual({ ok: true, registration });
      }),
      { numRuns: 300 },
    );
  });
});

describe("what is wrong, at its field", () => {
  const wrong = (draft: Draft): Record<string, string> => {
    const result = toRegistration(draft);
    return result.ok ? {} : Object.fromEntries(result.errors);
  };

  it("asks for what is missing", () => {
    expect(wrong(emptyDraft)).toMatchObject({ "/id": expect.stringContaining("id"), "/filter": expect.any(String) });
  });

  it("says what is no number and what is no filter", () => {
    const draft = edit(
      emptyDraft,
      { do: "set", fields: { filter: "a/b#" } },
      { do: "set", fields: { precision: "two", range: { low: "1,5", high: "x" } } },
      { do: "addThreshold", place: "all" },
    );
    expect(wrong(draft)).toMatchObject({
      "/filter": expect.stringContaining('"#"'),
      "/precision": expect.stringContaining("two"),
      "/range": expect.stringContaining("x"),
      "/thresholds/0": expect.stringContaining("number"),
    });
  });

  it.each<[string, string, number | string]>([
    ["1,5", "en", 1.5],
    ["1,5", "de", 1.5],
    ["1.5", "de", 1.5],
    ["1,250", "de", 1.25],
    ["1.250,5", "de", 1250.5],
    ["1e3", "en", 1000],
    ["1,250", "en", "“1,250” could be 1.25 or 1250. Enter one of these."],
    ["1.250", "de", "“1.250” could be 1,25 or 1250. Enter one of these."],
  ])("UI-51: reads %j in the language %s of the page, or says why not", (typed, locale, expected) => {
    const draft = edit(
      { ...emptyDraft, locale },
      { do: "set", fields: { filter: "a/b" } },
      { do: "set", fields: { range: { low: typed, high: "9000" } } },
    );
    const read = toRegistration(draft);
    expect(read.ok ? read.registration.range?.[0] : read.errors.get("/range")).toBe(expected);
  });

  it("UI-51: writes and reads the number of a duration in the language of the page", () => {
    const registration = Registration.parse({ id: "a", filter: "a", staleAfter: "1.50 min", history: { raw: "1.5d" } });
    const draft = fromRegistration(registration, "de");
    expect([draft.staleAfter.after, draft.history.raw]).toEqual(["1,50 min", "1,5d"]);
    expect(toRegistration(draft)).toEqual({ ok: true, registration });
    const typed = (staleAfter: string, locale: string) =>
      wrong({ ...draft, locale, staleAfter: { stale: "after", after: staleAfter } })["/staleAfter"];
    expect(typed("1.250 min", "de")).toContain("could be 1,25 or 1250");
    expect(typed("soon", "de")).toContain("not a duration");
  });

  it("points at the row of a key that is twice or no key", () => {
    const draft = edit(
      emptyDraft,
      { do: "set", fields: { filter: "a/b" } },
      { do: "mode", mode: "several" },
      { do: "pick", path: "$.t" },
      { do: "addValue" },
    );
    const twice = edit(draft, { do: "setValue", row: draft.values[1]?.row ?? 0, fields: { key: "t", path: "$.u" } });
    expect(rowPointer(twice.values, 0)).toBe("/values/t");
    expect(rowPointer(twice.values, 1)).toBe("/rows/1");
    expect(wrong(twice)).toMatchObject({ "/rows/1/key": expect.stringContaining("twice") });
    const hostile = edit(draft, {
      do: "setValue",
      row: draft.values[1]?.row ?? 0,
      fields: { key: "__proto__", path: "$.u" },
    });
    expect(wrong(hostile)).toMatchObject({ "/rows/1/key": expect.stringContaining("__proto__") });
  });
});

describe("editing", () => {
  it("lets the id follow name and filter until a person writes it", () => {
    const named = edit(
      emptyDraft,
      { do: "set", fields: { filter: "haus/küche/+/temperatur" } },
      { do: "set", fields: { name: "" } },
    );
    expect(named.id).toBe("kuche-temperatur");
    const own = edit(
      named,
      { do: "set", fields: { id: "mine", idTouched: true } },
      { do: "set", fields: { name: "Kitchen" } },
    );
    expect(own.id).toBe("mine");
  });

  it("picks a field as the value, or puts it among several and takes it out again", () => {
    const one = edit(emptyDraft, { do: "pick", path: "$.t" });
    expect(one.value).toBe("$.t");
    const several = edit(one, { do: "mode", mode: "several" }, { do: "pick", path: "$.sensor.hum" });
    expect(several.values.map((v) => [v.key, v.path])).toEqual([
      ["t", "$.t"],
      ["hum", "$.sensor.hum"],
    ]);
    expect(edit(several, { do: "pick", path: "$.t" }).values.map((v) => v.key)).toEqual(["hum"]);
    expect(edit(several, { do: "mode", mode: "one" }).value).toBe("$.t");
  });

  it("gives two fields of the same name two keys", () => {
    const draft = edit(
      emptyDraft,
      { do: "mode", mode: "several" },
      { do: "pick", path: "$.in.temp" },
      { do: "pick", path: "$.out.temp" },
    );
    expect(draft.values.map((v) => v.key)).toEqual(["temp", "temp-2"]);
  });

  it("sets the type that a way of operating needs, and drops what only the other way had", () => {
    const draft = edit(
      emptyDraft,
      { do: "command", place: "all", kind: "switch" },
      { do: "setCommand", place: "all", fields: { topic: "a/set", payloads: { on: "1", off: "0" } } },
      { do: "command", place: "all", kind: "number" },
    );
    expect(draft.type).toBe("number");
    expect(draft.command).toMatchObject({ kind: "number", topic: "a/set", payloads: { on: "", off: "" } });
  });
});
