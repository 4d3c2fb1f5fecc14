import { expect, test } from "vitest";
import { createFakeClock } from "../testing/fakeClock";
import { createMemoryConfigStore } from "../testing/memoryConfigStore";
import { createDenialAudit } from "./denialAudit";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const denied = { kind: "not-allowed", actor: "ana", address: "192.0.2.1", target: "GET /users" };

test("AC-104: what is denied is one row for each kind, account and address a minute, with a count", async () => {
  const clock = createFakeClock();
  const store = createMemoryConfigStore();
  const audit = createDenialAudit({ clock, log: silent, store });
  const since = clock.now();
  for (let i = 0; i < 30; i++) audit.note({ ...denied, target: `GET /thing${i}` });
  audit.note({ ...denied, address: "192.0.2.2" });
  audit.note({ ...denied, kind: "not-signed-in", actor: "anonymous" });
  expect(await store.audit({ limit: 10 })).toEqual([]);
  await clock.advanceAsync(60_000);
  const rows = await store.audit({ limit: 10 });
  expect(rows.map(({ action, actor, address, detail }) => [action, actor, address, detail.count])).toEqual([
    ["denied.not-signed-in", "anonymous", "192.0.2.1", 1],
    ["denied.not-allowed", "ana", "192.0.2.2", 1],
    ["denied.not-allowed", "ana", "192.0.2.1", 30],
  ]);
  expect(rows[2]).toMatchObject({ at: since, target: "GET /thing0", detail: { more: { length: 4 } } });

  audit.note(denied);
  await audit.stop();
  expect(await store.audit({ limit: 10 })).toHaveLength(4);
});

test("AC-104: more addresses than memory is for are counted together", async () => {
  const clock = createFakeClock();
  const store = createMemoryConfigStore();
  const audit = createDenialAudit({ clock, log: silent, store });
  for (let i = 0; i < 5000; i++) audit.note({ ...denied, address: `2001:db8::${i}` });
  await audit.stop();
  const rows = await store.audit({ limit: 5000 });
  expect(rows).toHaveLength(1001);
  expect(rows[0]).toMatchObject({ actor: "several", address: null, detail: { count: 4000 } });
});
