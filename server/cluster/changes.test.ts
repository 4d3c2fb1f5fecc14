import { expect, test } from "vitest";
import type { ChangeListener, ClusterTables } from "../ports";
import { createFakeClock } from "../testing/fakeClock";
import { createChanges } from "./changes";
import { noLog } from "./cluster.harness";

function setup() {
  const clock = createFakeClock();
  const versions = new Map<string, number>([["people", 1]]);
  let line: ChangeListener | undefined;
  let fails = false;
  const tables: Pick<ClusterTables, "versions" | "listen"> = {
    async versions() {
      if (fails) throw new Error("no connection");
      return new Map(versions);
    },
    listen(listener) {
      line = listener;
      return () => {
        line = undefined;
      };
    },
  };
  const changes = createChanges({ tables, process: "here", clock, log: noLog });
  const said: string[] = [];
  changes.on({
    changed: (kind, id) => said.push(`${kind} ${id ?? "all"}`),
    deaf: (isDeaf) => said.push(isDeaf ? "deaf" : "hears"),
  });
  return { clock, versions, changes, said, line: () => line, fail: (now: boolean) => (fails = now) };
}

async function started() {
  const bed = setup();
  const starting = bed.changes.start();
  bed.line()?.up();
  await starting;
  bed.said.length = 0;
  return bed;
}

test("CL-50: a notice of another node is told with its id", async () => {
  const { line, said } = await started();
  line()?.notice(JSON.stringify({ kind: "people", id: "u1", version: 2 }));
  line()?.notice(JSON.stringify({ kind: "lease", id: "broker:main" }));
  line()?.notice(JSON.stringify({ kind: "config", version: 1 }));
  expect(said).toEqual(["people u1", "lease broker:main", "config all"]);
});

test("CL-50: what a notice told is not told again when versions are compared", async () => {
  const { line, said, versions, clock } = await started();
  versions.set("people", 2);
  line()?.notice(JSON.stringify({ kind: "people", id: "u1", version: 2 }));
  await clock.advanceAsync(10_000);
  expect(said).toEqual(["people u1"]);
});

test("CL-51: a notice that does not follow on the last one means that any of its kind may have changed", async () => {
  const { line, said } = await started();
  line()?.notice(JSON.stringify({ kind: "people", id: "u1", version: 4 }));
  line()?.notice(JSON.stringify({ kind: "people", id: "u2", version: 5 }));
  expect(said).toEqual(["people all", "people u2"]);
});

test("CL-51: what changed while the connection was lost is told when it is back, once", async () => {
  const { line, said, versions, clock } = await started();
  line()?.down();
  versions.set("people", 2);
  versions.set("config", 1);
  line()?.up();
  await clock.advanceAsync(0);
  line()?.up();
  await clock.advanceAsync(0);
  expect(said).toEqual(["deaf", "hears", "people all", "config all", "hears"]);
});

test("CL-51: versions are compared every five seconds, also where the database fails in between", async () => {
  const { said, versions, clock, fail } = await started();
  versions.set("commands", 9);
  fail(true);
  await clock.advanceAsync(5000);
  expect(said).toEqual([]);
  fail(false);
  await clock.advanceAsync(5000);
  expect(said).toEqual(["commands all"]);
});

test("CL-50: a notice of a newer version and one that is no notice change nothing", async () => {
  const { line, said } = await started();
  for (const payload of ['{"kind":"weather"}', "{", "null", '{"kind":7}']) line()?.notice(payload);
  expect(said).toEqual([]);
});
