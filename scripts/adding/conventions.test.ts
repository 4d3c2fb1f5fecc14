import { afterAll, expect, test } from "vitest";
import * as here from "../../lib/discovery/registry";
import { copyWith, placesOf } from "./copy";
import { convention } from "./templates/convention";

const copy = copyWith(convention);
afterAll(copy.remove);

test("DV-1: a convention of discovery is one folder and one line", async () => {
  expect(placesOf(convention)).toEqual(["lib/discovery/blinker/", "lib/discovery/registry.ts"]);

  const { conventions, conventionLabels } = await copy.load<typeof here>("lib/discovery/registry.ts");
  const ids = conventions.map(({ id }) => id as string);
  expect(ids).toContain("blinker");
  expect(ids.filter((id) => id !== "blinker")).toEqual(here.conventions.map(({ id }) => id));
  expect(conventionLabels(["tasmota", "blinker" as "homie"])).toEqual(["Tasmota", "Blinker"]);

  const { createDiscovery } =
    await copy.load<typeof import("../../lib/discovery/discovery")>("lib/discovery/discovery.ts");
  const discovery = createDiscovery();
  expect(discovery.filters).toContain("blinker/+/info");
  discovery.handle("blinker/b1/info", new TextEncoder().encode('{"name": "Porch"}'), 0, true);
  expect(discovery.devices()).toMatchObject([
    { name: "Porch", conventions: ["blinker"], entities: [{ name: "Rate", convention: "blinker" }] },
  ]);
});
