import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ok } from "../../lib/result";
import * as here from "../../server/db/openConfigDatabase";
import type * as memory from "../../server/testing/memoryConfigStore";
import { copyWith, placesOf } from "./copy";
import { table } from "./templates/table";

interface Notes {
  note(device: string): Promise<string | undefined>;
  putNote(device: string, text: string): Promise<void>;
}

const copy = copyWith(table, ["lib", "server"]);
const dataDir = mkdtempSync(join(tmpdir(), "telltale-adding-data-"));
afterAll(() => {
  copy.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

test("HS-4: a table of the configuration is one folder, with its migration and its contract, and one line", async () => {
  expect(placesOf(table)).toEqual(["server/db/config/notes/", "server/db/config/tables.ts"]);

  const { createMemoryConfigStore } = await copy.load<typeof memory>("server/testing/memoryConfigStore.ts");
  const store = createMemoryConfigStore() as ReturnType<typeof createMemoryConfigStore> & Notes;
  expect(await store.note("lamp")).toBeUndefined();
  await store.putNote("lamp", "flickers");
  await store.putNote("lamp", "is mended");
  expect(await store.note("lamp")).toBe("is mended");
  store.breakWrites();
  await expect(store.putNote("lamp", "lost")).rejects.toThrow();
});

test("HS-4: a database from before the table gets it, and an earlier Telltale refuses it then", async () => {
  const options = { dataDir, sealer: { seal: (plain: string) => plain, open: (text: string) => ok(text) } };
  const before = await here.openConfigDatabase(options);
  if (!before.ok) throw new Error(before.error);
  await before.value.store.putSetting("k", "kept");
  await before.value.close();

  const { openConfigDatabase } = await copy.load<typeof here>("server/db/openConfigDatabase.ts");
  const now = await openConfigDatabase(options);
  if (!now.ok) throw new Error(now.error);
  const store = now.value.store as typeof now.value.store & Notes;
  await store.putNote("lamp", "flickers");
  expect([await store.setting("k"), await store.note("lamp")]).toEqual(["kept", "flickers"]);
  await now.value.close();
  expect(await here.openConfigDatabase(options)).toMatchObject({ ok: false, error: expect.stringMatching(/newer/) });
});
