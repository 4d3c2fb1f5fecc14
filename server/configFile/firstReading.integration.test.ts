import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { longestTurn } from "../../fuzz/cpu";
import { HELD } from "../../fuzz/target";
import { createFileSource } from "./fileSource";

const COUNT = 10_000;
const silent = { debug() {}, info() {}, warn() {}, error() {} };

test("HB-23: a large file is read at the start as later: in a thread of its own, and taken over in short turns", async () => {
  const dir = mkdtempSync(path.join(tmpdir(), "telltale-yaml-"));
  const file = path.join(dir, "telltale.yaml");
  const topics = Array.from({ length: COUNT }, (_, i) => ({ id: `t${i}`, filter: `t/${i}`, unit: "K" }));
  writeFileSync(file, JSON.stringify({ topics }));
  const options = { path: file, required: true, env: {}, otherBrokers: () => [], log: silent };
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 4 && best > HELD; run++) {
    let last: unknown;
    const longest = await longestTurn(async () => {
      const source = createFileSource(options);
      await source.start();
      last = source.current().topics.at(-1);
      source.stop();
    });
    expect(last).toMatchObject({ id: `t${COUNT - 1}`, unit: "K" });
    best = Math.min(best, longest);
  }
  rmSync(dir, { recursive: true, force: true });
  expect(best).toBeLessThanOrEqual(HELD);
});
