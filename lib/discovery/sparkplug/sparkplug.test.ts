import { expect, it } from "vitest";
import { createWriter } from "../../decoders/sparkplug/wire";
import { saying } from "../../texts/said.harness";
import { createDiscovery } from "../discovery";
import { sparkplug } from ".";

const NOW = Date.UTC(2026, 10, 24, 12);
const text = (payload: string): Uint8Array => new TextEncoder().encode(payload);

/** A metric of type Double, with properties that are numbers or text. */
function metric(name: string, properties: Record<string, number | string>): Uint8Array {
  const set = createWriter();
  for (const key of Object.keys(properties)) set.text(1, key);
  for (const value of Object.values(properties)) {
    const one = createWriter();
    if (typeof value === "string") one.varint(1, 12n).text(8, value);
    else one.varint(1, 10n).double(6, value);
    set.bytes(2, one.finish());
  }
  return createWriter().text(1, name).varint(4, 10n).bytes(9, set.finish()).double(13, 1.5).finish();
}
const bdSeq = (n: bigint): Uint8Array => createWriter().text(1, "bdSeq").varint(4, 4n).varint(11, n).finish();
const payload = (...metrics: Uint8Array[]): Uint8Array =>
  metrics.reduce((w, one) => w.bytes(2, one), createWriter().varint(1, BigInt(NOW))).finish();

function heard(...messages: [string, Uint8Array][]) {
  const discovery = createDiscovery({ conventions: [sparkplug] });
  for (const [topic, bytes] of messages) discovery.handle(topic, bytes, NOW, false);
  return new Map(discovery.devices().map((device) => [device.name, device]));
}

it("DV-1: sparkplug: units and limits by the names that nodes give their properties", () => {
  const devices = heard([
    "spBv1.0/G/NBIRTH/N",
    payload(
      metric("Level", { Units: "mm" }),
      metric("Outputs/Setpoint", { engUnit: "bar", engLow: 0, engHigh: 16 }),
      metric("Plain", { Quality: 192 }),
    ),
  ]);
  const entities = devices.get("N")?.entities ?? [];
  expect(entities.map((one) => [one.name, one.kind, one.parts[0]?.registration.unit])).toEqual([
    ["Level", "sensor", "mm"],
    ["Outputs/Setpoint", "number", "bar"],
    ["Plain", "sensor", undefined],
  ]);
  expect(entities[1]?.parts[0]?.registration.command).toMatchObject({ min: 0, max: 16 });
});

it("DV-1: sparkplug: the death of a connection that was replaced is none", () => {
  const birth = payload(bdSeq(4n), metric("a", {}));
  expect(
    heard(["spBv1.0/G/NBIRTH/N", birth], ["spBv1.0/G/NDEATH/N", payload(bdSeq(3n))]).get("N")?.withdrawn,
  ).toBeUndefined();
  expect(
    heard(["spBv1.0/G/NBIRTH/N", birth], ["spBv1.0/G/NDEATH/N", payload(bdSeq(4n))]).get("N")?.withdrawn,
  ).toMatchObject(saying("death") as object);
});

it("DV-1: sparkplug: hosts say whether they are there, in the words of either version", () => {
  const devices = heard(
    ["spBv1.0/STATE/scada", text('{"online":true,"timestamp":1760000000000}')],
    ["STATE/old", text("OFFLINE")],
    ["STATE/else", text("7")],
  );
  expect([...devices.keys()]).toEqual(["Host scada", "Host old"]);
  expect(devices.get("Host scada")?.entities[0]?.parts[0]?.registration).toMatchObject({
    value: "$.online",
    availability: { value: "$.online", online: "true" },
  });
  expect(devices.get("Host old")?.entities[0]?.parts[0]?.registration.payloads).toEqual({
    on: "ONLINE",
    off: "OFFLINE",
  });
});
