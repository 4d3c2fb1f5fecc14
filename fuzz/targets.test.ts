import { expect, test } from "vitest";
import { plainDecoderIds } from "../lib/decoders/registry";
import type { DiscoveryExample } from "../lib/discovery/example";
import { conventions } from "../lib/discovery/registry";
import { decoderTargets } from "./decoders";
import { discoveryTargets } from "./discovery";

const examples = import.meta.glob<readonly DiscoveryExample[] | undefined>("../lib/discovery/*/examples.ts", {
  eager: true,
  import: "examples",
});

test("HB-108: every format and every convention that has examples is tried with hostile bytes", async () => {
  const decoders = decoderTargets().map(({ name }) => name);
  for (const id of plainDecoderIds) expect(decoders).toContain(`${id}, plain`);

  const tried = (await discoveryTargets()).map(({ name }) => name);
  const having = conventions.filter(({ id }) => examples[`../lib/discovery/${id}/examples.ts`]?.length);
  expect(having.length).toBeGreaterThan(8);
  for (const { id } of having) {
    const names = examples[`../lib/discovery/${id}/examples.ts`]?.map((example) => `discovery: ${example.name}, `);
    expect([id, names?.some((start) => tried.some((name) => name.startsWith(start)))]).toEqual([id, true]);
  }
});
