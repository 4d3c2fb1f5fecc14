import { expect, it } from "vitest";
import type { PointId } from "@/lib/ids";
import { findPoints } from "./findPoints";

const points = [
  { id: "a" as PointId, name: "Temperature", device: "Boiler", area: "Basement", topic: "plant/boiler" },
  { id: "b" as PointId, name: "Humidity", area: "Greenhouse" },
];

it.each([
  ["", ["a", "b"]],
  ["BOILER temp", ["a"]],
  ["plant/", ["a"]],
  ["greenhouse boiler", []],
  ["i", ["a", "b"]],
])("%j finds %j", (query, ids) => expect(findPoints(points, query).map((p) => p.id)).toEqual(ids));
