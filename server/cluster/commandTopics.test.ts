import { expect, test } from "vitest";
import type { BrokerId } from "../../lib/ids";
import { Registration } from "../../lib/registration";
import type { Catalog } from "../ports";
import { createCommandTopics } from "./commandTopics";

const MAIN = "main" as BrokerId;

test("CL-90: the topics of commands are known before anything was heard on them", () => {
  const list = [
    { id: "lamp", filter: "lamp", type: "boolean", command: { topic: "lamp" } },
    { id: "blinds", filter: "blinds/+/state", type: "number", command: { topic: "blinds/{1}/set" } },
    { id: "tasmota", filter: "stat/+/POWER", type: "boolean", command: { topic: "cmnd/x{1}/POWER" } },
    { id: "deep", filter: "deep/#", type: "boolean", command: { topic: "deep/{1}/set" } },
    {
      id: "two",
      broker: "other",
      filter: "two",
      values: { power: { value: "$.p", type: "boolean", command: { topic: "two/set" } } },
    },
    { id: "sensor", filter: "sensor", type: "number" },
  ];
  let registrations = list.map((one) => ({ item: Registration.parse(one) }));
  let changed = () => {};
  const is = createCommandTopics({
    registrations: () => registrations as unknown as ReturnType<Catalog["registrations"]>,
    defaultBroker: () => MAIN,
    onChange: (listener) => {
      changed = () => listener({ brokers: false, registrations: true, dashboards: false });
      return () => {};
    },
  });
  for (const topic of ["lamp", "blinds/left/set", "cmnd/xa/POWER", "deep/a/b/set"])
    expect([topic, is(MAIN, topic)]).toEqual([topic, true]);
  for (const topic of ["blinds/left/state", "sensor", "two/set", "lamp/x"])
    expect([topic, is(MAIN, topic)]).toEqual([topic, false]);
  expect(is("other" as BrokerId, "two/set")).toBe(true);
  registrations = [];
  changed();
  expect(is(MAIN, "lamp")).toBe(false);
});
