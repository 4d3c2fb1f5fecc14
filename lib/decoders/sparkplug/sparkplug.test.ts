import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRegistration } from "../../compile";
import { createDiscovery } from "../../discovery/discovery";
import { Registration } from "../../registration";
import { saying } from "../../texts/said.harness";
import { decodePayload, encodeCommand, readValue } from "./payload";
import { createSparkplugSession, type Taken } from "./session";
import { metricTopic, parseMetricTopic } from "./topics";
import { createWriter, type Writer } from "./wire";

const NOW = Date.UTC(2026, 10, 24, 12);

interface M {
  name?: string;
  alias?: number;
  type?: number;
  put?: (w: Writer) => Writer;
  isNull?: boolean;
  historical?: boolean;
  at?: number;
  unit?: string;
  members?: M[];
}

/** A payload as an edge node would write it. */
function payload(seq: number | undefined, ...metrics: M[]): Uint8Array {
  const w = createWriter().varint(1, BigInt(NOW));
  for (const m of metrics) w.bytes(2, metric(m));
  if (seq !== undefined) w.varint(3, BigInt(seq));
  return w.finish();
}

function metric({ name, alias, type, put, isNull, historical, at, unit, members }: M): Uint8Array {
  const w = createWriter();
  if (name !== undefined) w.text(1, name);
  if (alias !== undefined) w.varint(2, BigInt(alias));
  if (at !== undefined) w.varint(3, BigInt(at));
  if (type !== undefined) w.varint(4, BigInt(type));
  if (historical) w.varint(5, 1n);
  if (isNull) w.varint(7, 1n);
  if (unit)
    w.bytes(
      9,
      createWriter().text(1, "engUnit").bytes(2, createWriter().varint(1, 12n).text(8, unit).finish()).finish(),
    );
  if (members) {
    const template = createWriter();
    for (const member of members) template.bytes(2, metric(member));
    w.bytes(18, template.finish());
  }
  return (put?.(w) ?? w).finish();
}

const int = (value: bigint) => (w: Writer) => w.varint(10, value);
const long = (value: bigint) => (w: Writer) => w.varint(11, value);
const bd = (n: bigint): M => ({ name: "bdSeq", type: 4, put: long(n) });

/** Topic and value of each plain message; a state as its word. */
const said = (taken: Taken | undefined): Record<string, unknown> =>
  Object.fromEntries(
    (taken?.messages ?? []).map(({ topic, payload: text }) => [
      topic,
      text.startsWith("{") ? JSON.parse(text).value : text,
    ]),
  );

function born() {
  const session = createSparkplugSession();
  session.take(
    "spBv1.0/G/NBIRTH/N",
    payload(0, bd(7n), { name: "Node Control/Rebirth", type: 11, put: (w) => w.varint(14, 0n) }),
    NOW,
  );
  session.take(
    "spBv1.0/G/DBIRTH/N/D",
    payload(
      1,
      { name: "temp", alias: 0, type: 9, put: (w) => w.float(12, 21.3), unit: "°C" },
      { name: "out+put/a", alias: 5, type: 2, put: int(16n) },
    ),
    NOW,
  );
  return session;
}

describe("Sparkplug B", () => {
  it("SP-1: numbers are read by their type: two's complement, 64 bits without loss, floats in their own digits", () => {
    const value = (type: number, put: M["put"]) => {
      const decoded = decodePayload(payload(0, { name: "x", type, ...(put ? { put } : {}) }));
      const one = decoded.ok ? decoded.value.metrics[0] : undefined;
      return one && readValue(one);
    };
    expect(value(1, int(128n))).toBe(-128);
    expect(value(1, int(0xffffff80n))).toBe(-128);
    expect(value(2, int(0xfff6n))).toBe(-10);
    expect(value(5, int(200n))).toBe(200);
    expect(value(4, long(1n << 63n))).toBe("-9223372036854775808");
    expect(value(8, long((1n << 64n) - 1n))).toBe("18446744073709551615");
    expect(value(4, long(42n))).toBe(42);
    expect(value(9, (w) => w.float(12, 1.23))).toBe(1.23);
    expect(value(10, (w) => w.double(13, Math.PI))).toBe(Math.PI);
    expect(value(10, (w) => w.double(13, Number.NaN))).toBeNull();
    expect(value(11, (w) => w.varint(14, 1n))).toBe(true);
    expect(value(12, (w) => w.text(15, "hé"))).toBe("hé");
  });

  it("MS-55: bytes read as their number with the unit's symbol", () => {
    const bytes = payload(0, { name: "x", type: 17, put: (w) => w.bytes(16, new Uint8Array(3)) });
    const decoded = decodePayload(bytes);
    const metric = decoded.ok ? decoded.value.metrics[0] : undefined;
    expect(metric && readValue(metric)).toBe("3 B");
  });

  it("SP-2: data by alias is told by the name of its birth; 0 is an alias like any other", () => {
    const taken = born().take("spBv1.0/G/DDATA/N/D", payload(2, { alias: 0, put: (w) => w.float(12, 22.5) }), NOW);
    expect(said(taken)).toEqual({ "spBv1.0/G/DDATA/N/D/temp": 22.5 });
    expect(taken?.rebirth).toBeUndefined();
  });

  it("SP-3: a birth is asked for when a message was missed, an alias is unknown, or none was heard", () => {
    const session = born();
    expect(
      session.take("spBv1.0/G/DDATA/N/D", payload(4, { alias: 0, put: (w) => w.float(12, 1) }), NOW),
    ).toMatchObject({
      rebirth: { topic: "spBv1.0/G/NCMD/N", why: "message 2 was missed" },
      messages: [{ topic: "spBv1.0/G/DDATA/N/D/temp" }],
    });
    expect(session.take("spBv1.0/G/DDATA/N/D", payload(5, { alias: 99, put: int(1n) }), NOW)?.rebirth?.why).toContain(
      "alias",
    );
    expect(session.take("spBv1.0/G/DDATA/X/D", payload(0), NOW)).toMatchObject({
      messages: [],
      rebirth: { topic: "spBv1.0/G/NCMD/X" },
    });
    expect(decodePayload(session.rebirthRequest(NOW))).toMatchObject({
      value: { metrics: [{ name: "Node Control/Rebirth", datatype: 11 }] },
    });
  });

  it("SP-10: a message that was overtaken is read as older than what overtook it, and nothing is missed then", () => {
    const session = born();
    const data = (seq: number, value: number, at?: number) =>
      session.take(
        "spBv1.0/G/DDATA/N/D",
        payload(seq, { alias: 0, put: (w) => w.float(12, value), ...(at !== undefined && { at }) }),
        NOW,
      );
    const time = (taken: Taken | undefined) => JSON.parse(taken?.messages[0]?.payload ?? "{}").time;
    expect(data(3, 23)).toMatchObject({ rebirth: { why: "message 2 was missed", soon: true } });
    expect(data(4, 24)?.rebirth).toBeUndefined();
    const late = data(2, 22);
    expect(late?.rebirth).toBeUndefined();
    expect(time(late)).toBe(NOW - 1);
    expect(session.takeMissed("spBv1.0/G/NCMD/N")).toBeUndefined();
    // Its own time counts where it says as much.
    data(6, 26);
    expect(time(data(5, 25, NOW - 5000))).toBe(NOW - 5000);
    expect(data(7, 27)?.rebirth).toBeUndefined();
  });

  it("SP-104: what does not come is told once; a birth ends the waiting; a long gap is no reordering", () => {
    const session = born();
    const data = (seq: number) => session.take("spBv1.0/G/DDATA/N/D", payload(seq, { alias: 0, put: int(1n) }), NOW);
    data(3);
    expect(session.takeMissed("spBv1.0/G/NCMD/N")).toBe("message 2 was missed");
    expect(session.takeMissed("spBv1.0/G/NCMD/N")).toBeUndefined();
    data(5);
    session.take("spBv1.0/G/NBIRTH/N", payload(0, bd(8n)), NOW);
    expect(session.takeMissed("spBv1.0/G/NCMD/N")).toBeUndefined();
    data(100);
    expect(data(2)?.messages.length).toBe(1);
    expect(session.takeMissed("spBv1.0/G/NCMD/N")).toMatch(/was missed/);
  });

  it("SP-103: a death that was overtaken by the new birth does not take the device offline", () => {
    const overtaken = born();
    overtaken.take("spBv1.0/G/NDATA/N", payload(3), NOW);
    expect(said(overtaken.take("spBv1.0/G/DDEATH/N/D", payload(2), NOW))).toEqual({
      "spBv1.0/G/DDATA/N/D/$state": "offline",
    });
    const session = born();
    session.take(
      "spBv1.0/G/DBIRTH/N/D",
      payload(3, { name: "temp", alias: 0, type: 9, put: (w) => w.float(12, 1) }),
      NOW,
    );
    expect(session.take("spBv1.0/G/DDEATH/N/D", payload(2), NOW)?.messages).toEqual([]);
    expect(said(session.take("spBv1.0/G/DDEATH/N/D", payload(4), NOW))).toEqual({
      "spBv1.0/G/DDATA/N/D/$state": "offline",
    });
  });

  it("SP-3: the count goes from 255 back to 0", () => {
    const session = born();
    for (let seq = 2; seq <= 260; seq++)
      expect(
        session.take("spBv1.0/G/DDATA/N/D", payload(seq % 256, { alias: 0, put: (w) => w.float(12, 1) }), NOW)?.rebirth,
      ).toBeUndefined();
  });

  it("SP-4: a node's death takes its devices with it; the last will of an earlier connection does not", () => {
    const session = born();
    expect(session.take("spBv1.0/G/NDEATH/N", payload(undefined, bd(6n)), NOW)?.messages).toEqual([]);
    expect(said(session.take("spBv1.0/G/NDEATH/N", payload(undefined, bd(7n)), NOW))).toEqual({
      "spBv1.0/G/NDATA/N/$state": "offline",
      "spBv1.0/G/DDATA/N/D/$state": "offline",
    });
    expect(said(session.take("spBv1.0/G/DDEATH/N/D", payload(2), NOW))).toEqual({
      "spBv1.0/G/DDATA/N/D/$state": "offline",
    });
  });

  it("SP-5, SP-100, SP-101, SP-102: null is unknown, history is left to the past, a template gives its members, a clock that was never set is not believed", () => {
    const session = born();
    const taken = session.take(
      "spBv1.0/G/DDATA/N/D",
      payload(
        2,
        { name: "n", type: 3, isNull: true },
        { name: "old", type: 3, historical: true, put: int(1n) },
        { name: "motor", type: 19, members: [{ name: "rpm", type: 3, put: int(900n) }] },
        { name: "late", type: 3, at: 0, put: int(1n) },
      ),
      NOW,
    );
    expect(said(taken)).toEqual({
      "spBv1.0/G/DDATA/N/D/n": null,
      "spBv1.0/G/DDATA/N/D/motor/rpm": 900,
      "spBv1.0/G/DDATA/N/D/late": 1,
    });
    expect(JSON.parse(taken?.messages[2]?.payload ?? "")).toEqual({ value: 1, time: NOW });
  });

  it("SP-6: a command goes out with name, alias and type, and only where its birth was heard", () => {
    const session = born();
    const sent = session.encode("spBv1.0/G/DCMD/N/D/out%2Bput/a", "-7", NOW);
    expect(sent).toMatchObject({ ok: true, value: { topic: "spBv1.0/G/DCMD/N/D" } });
    const read = sent.ok ? decodePayload(sent.value.payload) : undefined;
    const one = read?.ok ? read.value.metrics[0] : undefined;
    expect(one).toMatchObject({ name: "out+put/a", alias: 5n, datatype: 2 });
    expect(one && readValue(one)).toBe(-7);
    expect(session.encode("spBv1.0/G/DCMD/N/D/unknown", "1", NOW).ok).toBe(false);
    expect(session.encode("spBv1.0/G/DCMD/N/D/out%2Bput/a", "40000", NOW)).toMatchObject({
      ok: false,
      error: saying(/^40000 does not fit into Int16$/),
    });
  });

  it("SP-6: what is encoded reads back", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), (n) => {
        const made = encodeCommand({ name: "x", alias: undefined, datatype: 4, value: n.toString(), at: NOW });
        const read = made.ok ? decodePayload(made.value) : made;
        const one = read.ok ? read.value.metrics[0] : undefined;
        expect(one && String(readValue(one))).toBe(n.toString());
      }),
    );
  });

  it("SP-7: any bytes are read or refused, never thrown at", () => {
    const session = born();
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom("NBIRTH/N", "DBIRTH/N/D", "DDATA/N/D", "NDEATH/N"),
        (bytes, rest) => {
          expect(session.take(`spBv1.0/G/${rest}`, bytes, NOW)).toBeDefined();
        },
      ),
      { numRuns: 500 },
    );
    let deep: M = { name: "m", type: 3, put: int(1n) };
    for (let i = 0; i < 50; i++) deep = { name: "t", type: 19, members: [deep] };
    expect(session.take("spBv1.0/G/NBIRTH/N", payload(0, deep), NOW)?.fault).toContain("nested");
  });

  it("SP-8: a metric's name survives the way through a topic", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "binary-ascii" }), (name) => {
        const owner = { group: "G", node: "N", device: "D" };
        expect(parseMetricTopic(metricTopic(owner, name))).toMatchObject({ metric: name });
      }),
    );
  });

  it("SP-9: births announce devices whose points read the plain messages", () => {
    const discovery = createDiscovery();
    const birth = payload(
      1,
      { name: "temp", alias: 0, type: 9, put: (w) => w.float(12, 21.3), unit: "°C" },
      { name: "outputs/pump", type: 11, put: (w) => w.varint(14, 1n) },
    );
    discovery.handle("spBv1.0/G/DBIRTH/N/D", birth, NOW, false);
    const [device] = discovery.devices();
    expect(device).toMatchObject({
      name: "N/D",
      area: "G",
      entities: [
        { kind: "sensor", name: "temp" },
        { kind: "switch", name: "outputs/pump" },
      ],
    });
    const compiled = compileRegistration(Registration.parse(device?.entities[0]?.parts[0]?.registration));
    const text =
      born().take("spBv1.0/G/DDATA/N/D", payload(2, { alias: 0, put: (w) => w.float(12, 22.5) }), NOW)?.messages[0]
        ?.payload ?? "";
    expect(compiled.ok && compiled.value.read(new TextEncoder().encode(text), NOW)).toMatchObject([
      { ok: true, value: 22.5, at: NOW },
    ]);
    discovery.handle("spBv1.0/G/NDEATH/N", payload(undefined, bd(7n)), NOW, false);
    expect(discovery.devices()).toMatchObject([{ withdrawn: saying("the edge node's death was announced") }]);
  });
});
