import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { saying } from "../../lib/texts/said.harness";
import { type ReadOutcome, readConfigFile } from "./readConfigFile";
import { LIMITS, readOffLoop } from "./readOffLoop";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "telltale-yaml-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const request = () => ({ path: path.join(dir, "telltale.yaml"), env: { UNIT: "°C" }, otherBrokers: ["main"] });
const topics = (count: number): string =>
  `topics:\n${Array.from({ length: count }, (_, i) => `  - {id: t${i}, filter: t/${i}, unit: "\${UNIT}", broker: main}`).join("\n")}\n`;
/** What the reading answers, and whether it had answered before it returned. */
async function read(): Promise<{ outcome: ReadOutcome; atOnce: boolean }> {
  let atOnce = false;
  const outcome = await new Promise<ReadOutcome>((resolve) => {
    let answered = false;
    readOffLoop(request(), (made) => {
      answered = true;
      resolve(made);
    });
    atOnce = answered;
  });
  return { outcome, atOnce };
}

test("HB-16: a large file is read in a thread of its own, with what it would give on the event loop", async () => {
  writeFileSync(request().path, topics(400));
  const { outcome, atOnce } = await read();
  expect(atOnce).toBe(false);
  expect(outcome).toEqual(readConfigFile(request()));
  expect(outcome.kind === "read" && JSON.parse(outcome.entries.topics[399] ?? "")).toMatchObject({
    id: "t399",
    unit: "°C",
  });
});

test("HB-16: a large faulty file is refused whole, with line and reason in words, and a small one is read at once", async () => {
  writeFileSync(request().path, `${topics(400)}  - {id: half, filter: a/b, transform: "value *"}\n`);
  const { outcome } = await read();
  expect(outcome).toEqual({
    kind: "faulty",
    pems: [],
    count: 1,
    faults: [saying(/telltale\.yaml:402.*it ends too early, at character 8/)],
  });
  writeFileSync(request().path, topics(2));
  expect(await read()).toMatchObject({ atOnce: true, outcome: { kind: "read" } });
});

test("HB-102: a file whose reading takes too long is refused: after a minute, and at 1 GiB", async () => {
  expect(LIMITS).toEqual({ timeoutMs: 60_000, memoryMb: 1024 });
  writeFileSync(request().path, topics(4000));
  const outcome = await new Promise<ReadOutcome>((done) => readOffLoop(request(), done, { ...LIMITS, timeoutMs: 1 }));
  expect(outcome).toMatchObject({ kind: "faulty", faults: [saying("it takes more than 0.001 s")] });
});
