import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compiled } from "../compile/testing";
import type { BrokerId } from "../ids";
import { inWords } from "../texts/said";
import { createDiscovery } from "./discovery";
import type { DiscoveryExample, EntityExample } from "./example";
import type { FoundEntity } from "./found";
import { registrationId } from "./registrationId";
import { type ConventionId, conventions } from "./registry";
import { bytes, NOW, run, shown } from "./testing";

const found = import.meta.glob<readonly DiscoveryExample[]>("./*/examples.ts", { eager: true, import: "examples" });
const examplesOf = (id: ConventionId): readonly DiscoveryExample[] => found[`./${id}/examples.ts`] ?? [];

const ALL = conventions.flatMap(({ id }) => examplesOf(id).map((example) => ({ id, ...example })));

function checkEntity(entity: FoundEntity, want: EntityExample, messages: DiscoveryExample["messages"]): void {
  const { category, hidden, withdrawn, value, parts, shows, sends } = want;
  if ("category" in want) expect(entity.category).toBe(category);
  for (const part of entity.parts) expect(part.registration.category).toBe(entity.category);
  if ("hidden" in want) expect(entity.hidden).toBe(hidden);
  if ("withdrawn" in want) expect(entity.withdrawn && inWords(entity.withdrawn)).toBe(withdrawn);
  const byRole = new Map(entity.parts.map((part) => [part.role, part.registration]));
  if (value) expect(entity.parts[0]?.registration).toMatchObject(value);
  for (const [role, registration] of Object.entries(parts ?? {})) expect(byRole.get(role)).toMatchObject(registration);
  for (const [role, members] of Object.entries(want.lacks ?? {}))
    for (const member of members) expect(byRole.get(role)).not.toHaveProperty(member);
  const ready = new Map([...byRole].map(([role, registration]) => [role, compiled(registration)]));
  if ("shows" in want) {
    const seen = Object.fromEntries([...ready].map(([role, one]) => [role, shown(one, messages)]));
    expect(entity.parts.length === 1 && entity.parts[0]?.role === "value" ? seen.value : seen).toEqual(shows);
  }
  for (const [role, asked, topic, payload] of sends ?? []) {
    const actuator = ready.get(role)?.points([], undefined)[0]?.actuator;
    expect(actuator?.commandTopic).toBe(topic);
    expect(actuator?.encode(asked)).toMatchObject({ ok: true, value: { payload } });
  }
}

describe("conventions", () => {
  it.each(ALL)("DV-1: $id: $name", ({ id, messages, finds }) => {
    const discovery = run(
      messages,
      conventions.filter((one) => one.id === id),
    );
    const devices = new Map(discovery.devices().map((device) => [device.name, device]));
    for (const [name, want] of Object.entries(finds)) {
      const device = devices.get(name);
      if (want === null) {
        expect(device).toBeUndefined();
        continue;
      }
      if (!device) throw new Error(`no ${name}; there are ${[...devices.keys()].join(", ")}`);
      for (const key of ["maker", "model", "area"] as const) if (key in want) expect(device[key]).toBe(want[key]);
      if ("withdrawn" in want) expect(device.withdrawn && inWords(device.withdrawn)).toBe(want.withdrawn);
      const entities = new Map(device.entities.map((entity) => [`${entity.kind} ${entity.name}`, entity]));
      for (const [key, one] of Object.entries(want.entities ?? {})) {
        const entity = entities.get(key);
        if (one === null) expect(entity).toBeUndefined();
        else if (entity) checkEntity(entity, one, messages);
        else throw new Error(`no ${key}; there are ${[...entities.keys()].join(", ")}`);
      }
    }
    expect(discovery.counters().every((one) => one.failed === 0)).toBe(true);
  });

  it("DV-1: every convention has examples, and what examples there are is run", () => {
    // Sparkplug's messages are binary, and made in its own test.
    const without = conventions.filter(({ id }) => examplesOf(id).length === 0 && id !== "sparkplug");
    expect(without).toEqual([]);
    expect(Object.keys(found)).toHaveLength(conventions.length - 1);
  });

  it("DV-2: ids are the same at every start, legal, and no two alike", () => {
    const messages = ALL.flatMap((example) => example.messages);
    const ids = (): string[] =>
      run(messages)
        .devices()
        .flatMap((device) => device.entities.flatMap((entity) => entity.parts.map((part) => part.registration.id)));
    const once = ids();
    expect(once).toEqual(ids());
    expect(new Set(once).size).toBe(once.length);
    expect(once.every((id) => /^[a-z0-9][a-z0-9_-]{0,63}$/.test(id))).toBe(true);
  });

  it("DV-3: a device that two conventions tell of is one, and each of its points is told once", () => {
    const state = { POWER: "ON", Wifi: { Signal: -60 } };
    const discovery = run([
      [
        "homeassistant/switch/p/config",
        {
          name: "Plug",
          stat_t: "tele/plug/STATE",
          val_tpl: "{{ value_json.POWER }}",
          cmd_t: "cmnd/plug/POWER",
          dev: { ids: "p", name: "Plug" },
        },
      ],
      ["tele/plug/STATE", state],
    ]);
    expect(discovery.devices()).toMatchObject([
      {
        name: "Plug",
        conventions: ["homeassistant", "tasmota"],
        entities: [
          { kind: "switch", convention: "homeassistant" },
          { name: "Wifi signal", convention: "tasmota" },
        ],
      },
    ]);
    expect(discovery.devices()[0]?.entities).toHaveLength(2);
  });

  it("DV-4: a device that would fall silent says what keeps it awake", () => {
    expect(run([["N/c0ffee/system/0/Serial", { value: "c0ffee" }]]).keepAlives()).toEqual([
      { topic: "R/c0ffee/keepalive", payload: "", everyMs: 30_000 },
    ]);
  });

  it("DV-5: what stays the same changes nothing", () => {
    const discovery = createDiscovery();
    const config = bytes({ name: "A", stat_t: "a", dev: { ids: "a", name: "A" } });
    expect(discovery.handle("homeassistant/sensor/a/config", config, NOW, true)).toBe(true);
    const before = discovery.devices();
    expect(discovery.handle("homeassistant/sensor/a/config", config, NOW, true)).toBe(false);
    expect(discovery.devices()).toBe(before);
  });
});

describe("brokers", () => {
  const found = (broker: string) => {
    const discovery = createDiscovery({ broker: broker as BrokerId });
    const config = bytes({ name: "T", stat_t: "t", uniq_id: "t", dev: { ids: "d", name: "D" } });
    discovery.handle("homeassistant/sensor/t/config", config, NOW, true);
    const [device] = discovery.devices();
    return { id: device?.id, broker: device?.broker, registration: device?.entities[0]?.parts[0]?.registration };
  };

  it("DV-103: the same device on two brokers is two; those of the broker main keep their plain ids", () => {
    const [main, attic] = [found("main"), found("attic")];
    expect(main).toMatchObject({ id: registrationId("homeassistant", "d"), registration: { broker: "main" } });
    expect(attic).toMatchObject({ broker: "attic", registration: { broker: "attic" } });
    expect(attic.id).toBe(registrationId("attic", main.id ?? ""));
    expect(attic.registration?.id).toBe(registrationId("attic", main.registration?.id ?? ""));
  });
});

describe("hostile words", () => {
  const config = (o: object): Uint8Array => bytes({ name: "N", stat_t: "s", dev: { ids: "d", name: "D" }, ...o });

  it("DV-6: a flood of announcements stops at the caps, and is counted", () => {
    const discovery = createDiscovery({
      limits: { devices: 10, entities: 50, entitiesPerDevice: 20, partsPerEntity: 24 },
    });
    for (let i = 0; i < 2000; i++)
      discovery.handle(
        `homeassistant/sensor/x${i}/config`,
        config({ dev: { ids: `d${i % 100}`, name: `D${i}` } }),
        NOW,
        true,
      );
    expect(discovery.devices()).toHaveLength(10);
    expect(discovery.devices().flatMap((device) => device.entities)).toHaveLength(50);
    expect(discovery.counters().find((one) => one.convention === "homeassistant")?.capped).toBeGreaterThan(1900);
  });

  it("DV-6: configs of a megabyte, broken ones and those that are no object are refused and counted", () => {
    const discovery = createDiscovery();
    const topic = "homeassistant/sensor/x/config";
    const bad = [
      "{",
      "[]",
      "5",
      JSON.stringify({ stat_t: "s", name: "x".repeat(1 << 20) }),
      "\u0000",
      `${"[".repeat(1000)}`,
    ];
    for (const payload of bad) discovery.handle(topic, bytes(payload), NOW, true);
    discovery.handle(topic, Uint8Array.from([0xff, 0xfe]), NOW, true);
    expect(discovery.devices()).toEqual([]);
    expect(discovery.counters().find((one) => one.convention === "homeassistant")).toMatchObject({
      refused: bad.length + 1,
      failed: 0,
    });
  });

  it("DV-6: a `~` in the base stays one, an illegal topic or template makes no point", () => {
    const discovery = createDiscovery();
    discovery.handle("homeassistant/sensor/a/config", config({ "~": "~x", stat_t: "~~y" }), NOW, true);
    discovery.handle("homeassistant/sensor/b/config", config({ stat_t: "a/#/b" }), NOW, true);
    discovery.handle("homeassistant/sensor/c/config", config({ val_tpl: "{% for %}" }), NOW, true);
    discovery.handle("homeassistant/switch/e/config", config({ cmd_t: "a/+" }), NOW, true);
    discovery.handle(
      "homeassistant/sensor/f/config",
      bytes('{"__proto__":{"x":1},"name":"F","stat_t":"f","dev":{"ids":"d","__proto__":{"name":"evil"}}}'),
      NOW,
      true,
    );
    const found = discovery
      .devices()
      .flatMap((device) => device.entities.map((entity) => entity.parts[0]?.registration.filter));
    expect(found).toEqual(["~x~y", "f"]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it("DV-6: names are cut, and braces in them are only braces", () => {
    const discovery = createDiscovery();
    discovery.handle(
      "homeassistant/sensor/a/config",
      config({ name: `<b>{1}</b>${"x".repeat(500)}`, dev: { ids: "d", name: "{2}" } }),
      NOW,
      true,
    );
    const registration = discovery.devices()[0]?.entities[0]?.parts[0]?.registration;
    expect(registration?.name).toMatch(/^<b>\(1\)<\/b>x+$/);
    expect(registration?.name?.length).toBeLessThanOrEqual(200);
    if (!registration) throw new Error("nothing was found");
    expect(compiled(registration).points([], "s")[0]?.info.device).toBe("(2)");
  });

  it("DV-6: no message makes a convention stumble", () => {
    const topics = ALL.flatMap((example) => example.messages.map(([topic]) => topic));
    const documents = ALL.flatMap((example) => example.messages.map(([, payload]) => payload));
    const leaf = fc.oneof(fc.constantFrom(null, true, "", "~", "{{ value_json.x }}", -1, 1e300), fc.string());
    const broken = fc.tuple(fc.constantFrom(...documents), fc.nat(), leaf).map(([document, at, value]) => {
      if (typeof document !== "object" || document === null) return value;
      const keys = Object.keys(document);
      return { ...document, [keys[at % Math.max(1, keys.length)] ?? "x"]: value };
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...topics), fc.oneof(broken, leaf)), { maxLength: 30 }),
        (messages) => {
          const discovery = run(messages);
          for (const device of discovery.devices())
            for (const entity of device.entities) for (const part of entity.parts) compiled(part.registration);
          expect(discovery.counters().every((one) => one.failed === 0)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
