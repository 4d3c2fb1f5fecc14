import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { PointId } from "../../lib/ids";
import { systemClock } from "../clock";
import { openConfigDatabase } from "./openConfigDatabase";
import { openHistory } from "./sqlite/openHistory";

const SCRIPT = fileURLToPath(new URL("../testing/writeUntilKilled.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

test("ST-16, ST-28: a killed process loses no command row and at most one second of readings", async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "telltale-killed-"));
  const child = spawn(process.execPath, ["--import", "tsx", SCRIPT, dataDir], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const commands: string[] = [];
  const marks: { appended: number; at: number }[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, first, second] = line.split(" ");
    if (what === "command") commands.push(first as string);
    else marks.push({ appended: Number(first), at: Number(second) });
    const began = marks[0]?.at ?? Number.POSITIVE_INFINITY;
    if ((marks.at(-1)?.at ?? 0) - began > 1500) break;
  }
  const killedAt = Date.now();
  child.kill("SIGKILL");
  await once(child, "exit");

  const config = await openConfigDatabase({
    dataDir,
    sealer: { seal: (plain) => plain, open: (value) => ({ ok: true, value }) },
  });
  const history = await openHistory({
    dataDir,
    clock: systemClock,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  if (!config.ok || !history.ok) throw new Error(JSON.stringify([config, history]));
  const kept = new Set((await config.value.store.openCommands()).map((c) => String(c.id)));
  expect(commands.length).toBeGreaterThan(20);
  expect(commands.filter((id) => !kept.has(id))).toEqual([]);
  expect(await config.value.store.audit({ limit: 10_000 })).toHaveLength(kept.size);

  const mustBeThere = marks.filter((mark) => mark.at <= killedAt - 1000).at(-1)?.appended ?? 0;
  const { value } = await history.value.range(PointId.parse("pump"), 0, Number.POSITIVE_INFINITY, 1_000_000);
  expect(mustBeThere).toBeGreaterThan(0);
  expect(value.length).toBeGreaterThanOrEqual(mustBeThere);
  expect(value).toEqual(value.map((_, i) => i));

  await config.value.close();
  await history.value.close();
  rmSync(dataDir, { recursive: true, force: true });
});
