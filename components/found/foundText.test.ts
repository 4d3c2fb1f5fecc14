import { expect, test } from "vitest";
import type { FoundOut } from "@/lib/api";
import { byWorth, deviceLine, matches, mayBeGhost } from "./foundText";

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
