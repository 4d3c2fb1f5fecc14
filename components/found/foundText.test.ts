import { expect, test } from "vitest";
import type { FoundOut } from "@/lib/api";
import { byWorth, deviceLine, healthOf, matches, mayBeGhost } from "./foundText";

const device: FoundOut = {
  id: "zigbee2mqtt-lamp",
  broker: "main",
  conventions: ["zigbee2mqtt", "homeassistant"],
  conventionLabels: ["Zigbee2MQTT", "Home Assistant discovery"],
  name: "Hall lamp",
  maker: "IKEA",
  model: "TRADFRI",
  state: "found",
  announced: [],
  heard: true,
  entities: [{ id: "a", convention: "zigbee2mqtt", name: "Brightness", kind: "number", kept: false, values: [] }],
};

test("a device is described by maker, model and how it announced itself", () => {
  expect(deviceLine(device)).toBe("IKEA TRADFRI · Zigbee2MQTT, Home Assistant discovery");
});

test("what is announced and never heard of may be a ghost; what speaks, or is added, is none", () => {
  const silent = { ...device, heard: false, announced: ["homeassistant/light/a/config"] };
  expect(mayBeGhost(silent)).toBe(true);
  expect(mayBeGhost({ ...silent, heard: true })).toBe(false);
  expect(mayBeGhost({ ...silent, announced: [] })).toBe(false);
  expect(mayBeGhost({ ...silent, state: "kept" })).toBe(false);
});

test("a device is found by words of its name, its maker or what it offers", () => {
  expect(matches(device, "ikea HALL")).toBe(true);
  expect(matches(device, "bright")).toBe(true);
  expect(matches(device, "hall cellar")).toBe(false);
});

test("UI-16: devices with values come first, and those that nothing was heard of last", () => {
  const named = (name: string, heard: boolean) => ({ ...device, name, heard });
  const { speaking, silent } = byWorth([named("a", false), named("b", true), named("c", false), named("d", true)]);
  expect([speaking, silent].map((list) => list.map(({ name }) => name))).toEqual([
    ["b", "d"],
    ["a", "c"],
  ]);
});

test("DV-160: how a device is doing is its battery, its signal and the newest of its values", () => {
  const value = (role: string, more: object) => ({ role, registration: role, name: role, actuator: false, ...more });
  const entity = (id: string, ...values: ReturnType<typeof value>[]) => ({
    id,
    convention: "zigbee2mqtt",
    name: id,
    kind: "sensor",
    kept: false,
    values,
  });
  const found = {
    ...device,
    entities: [
      entity("empty", value("none", { deviceClass: "battery" })),
      entity("battery", value("level", { deviceClass: "battery", value: 80, unit: "%", at: 500 })),
      entity("signal", value("rssi", { deviceClass: "signal_strength", value: -61, unit: "dBm", at: 900 })),
      { ...entity("gone", value("x", { value: 1, at: 5000 })), withdrawn: "gone" },
    ],
  };
  const { battery, signal, seen } = healthOf(found);
  expect([battery?.value, signal?.value, seen]).toEqual([80, -61, 900]);
  expect(healthOf(device)).toEqual({ battery: undefined, signal: undefined, seen: undefined });
});
