import { afterAll, expect, test } from "vitest";
import * as here from "../../lib/discovery/registry";
import { copyWith, placesOf, type Template } from "./copy";

const TEMPLATE: Template = {
  files: {
    "lib/discovery/blinker/index.ts": `
import type { Convention } from "../convention";
import { get, textOf } from "../message";
import { single } from "../proposals";

export const blinker: Convention = {
  id: "blinker",
  label: "Blinker",
  filters: ["blinker/+/info"],
  create(book) {
    return (message) => {
      const [, key = ""] = message.levels;
      const name = textOf(get(message.object(), "name"));
      if (name === undefined || !book.device(key, { name, maker: "Blinker" })) return;
      const entity = { key: "rate", name: "Rate", kind: "sensor" as const };
      book.entity(key, single(entity, { filter: \`blinker/\${key}/rate\`, type: "number", unit: "Hz" }));
    };
  },
};
`,
    "lib/discovery/blinker/examples.ts": `
import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a device with a rate",
    messages: [["blinker/b1/info", { name: "Porch" }], ["blinker/b1/rate", "2.5"]],
    finds: { Porch: { maker: "Blinker", entities: { "sensor Rate": { shows: 2.5 } } } },
  },
];
`,
  },
  lines: [
    {
      file: "lib/discovery/registry.ts",
      behind: 'import type { Convention } from "./convention";',
      add: 'import { blinker } from "./blinker";',
    },
    { file: "lib/discovery/registry.ts", behind: "  meshtastic,", add: "  blinker," },
  ],
};

const copy = copyWith(TEMPLATE);
afterAll(copy.remove);

test("DV-1: a convention of discovery is one folder and one line", async () => {
  expect(placesOf(TEMPLATE)).toEqual(["lib/discovery/blinker/", "lib/discovery/registry.ts"]);

  const { conventions, conventionLabels } = await copy.load<typeof here>("lib/discovery/registry.ts");
  expect(conventions.map(({ id }) => id as string)).toEqual([...here.conventions.map(({ id }) => id), "blinker"]);
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
