import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { ConfigFile } from "../lib/configFile";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the README's telltale.yaml is one that Telltale takes", () => {
  const example = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const config = ConfigFile.parse(parse(example));
  expect(config.topics.map((t) => t.id)).toEqual(["boiler-temp", "climate", "pump", "setpoint", "valve"]);
});

test("the README names every variable of the environment, and no other", () => {
  const config = readFileSync(new URL("../server/config.ts", import.meta.url), "utf8");
  const known = [...config.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((m) => m[1]);
  const told = [...readme.matchAll(/^\| `([A-Z][A-Z_]+)` \|/gm)].map((m) => m[1]);
  expect(told.sort()).toEqual(known.sort());
});
