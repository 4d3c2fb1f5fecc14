import { beforeEach, expect, test } from "vitest";
import type { ConfigStore, NewAudit } from "../../../ports";
import { commandRecord } from "../../commandRecord";
import type { ConfigStoreUnderTest } from "../../configStoreContract";
import { type AuditHead, type AuditLink, type AuditRow, contentOf, findChainFaults, linkHash } from "./chain";

export function contract(opened: () => ConfigStoreUnderTest): void {
  let store: ConfigStore;
  beforeEach(() => {
    store = opened().store;
  });

  test("ST-12: the trail is read newest first, in pages, and by target", async () => {
    for (let i = 1; i <= 5; i++) {
      const target = i % 2 ? "pump" : "lamp";
      await store.appendAudit({ at: i, actor: "alex", action: "edit", target, detail: { i }, address: null });
    }
    const first = await store.audit({ limit: 2 });
    expect(first.map((e) => e.at)).toEqual([5, 4]);
    const next = await store.audit({ limit: 2, before: first[1]?.id });
    expect(next.map((e) => e.at)).toEqual([3, 2]);
    expect((await store.audit({ limit: 10, target: "pump" })).map((e) => e.detail)).toEqual([
      { i: 5 },
      { i: 3 },
      { i: 1 },
    ]);
  });
  const entry = (more: Partial<NewAudit> = {}): NewAudit => ({
    at: 1,
    actor: "alex",
    action: "edit",
    target: "pump",
    detail: {},
    address: null,
    ...more,
  });

  /** Whole numbers as numbers, which a database may tell as text. */
  async function chains() {
    const numbers = <Row extends object>(row: Row): Row => ({ ...row, ...numbersIn(row) });
    const rows = await opened().sql<AuditRow & AuditLink>("SELECT * FROM audit WHERE hash IS NOT NULL ORDER BY id");
    const heads = await opened().sql<AuditHead>("SELECT * FROM audit_heads");
    return { rows: rows.map(numbers), heads: heads.map(numbers) };
  }
  const faults = async () => {
    const { rows, heads } = await chains();
    return findChainFaults(rows, heads).map(({ seq, fault }) => `${fault} ${seq}`);
  };

  test("AU-1: each row is linked to the one before by its hash, whatever is in it, and the last one is noted apart", async () => {
    await store.appendAudit(entry({ actor: "a\0b", target: "half of a pair: \ud83c", detail: { text: "ü\0" } }));
    await store.openCommand(commandRecord());
    await store.addRefusal(commandRecord({ state: "refused", code: "too-late", reason: "late" }), entry());
    await store.appendAudit(entry({ address: "192.0.2.7" }));
    const { rows, heads } = await chains();
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(new Set(rows.map(({ node }) => node)).size).toBe(1);
    expect(rows.map(({ prev }) => prev)).toEqual(["", ...rows.slice(0, 3).map(({ hash }) => hash)]);
    expect(heads).toMatchObject([{ seq: 4, hash: rows[3]?.hash }]);
    expect(await faults()).toEqual([]);
  });

  test("AU-1: a row has the same hash in every database", async () => {
    const { node, ...link } = { node: "left", seq: 1, prev: "" };
    const row = { at: 1, actor: "a\0b", action: "edit", target: "pümp", detail: '{"n":1}', address: null };
    const hash = "57467474e7776e00e2cef6f1539db7a832c1224a58425bee15460086fd28e36b";
    for (const actor of [row.actor, "a\u2400b"])
      expect(linkHash(link.prev, link.seq, contentOf(node, { ...row, actor }))).toBe(hash);
  });

  test.each([
    ["a changed letter", "UPDATE audit SET target = 'pumq' WHERE seq = 2", "changed 2"],
    ["a changed time", "UPDATE audit SET at = at + 1 WHERE seq = 2", "changed 2"],
    [
      "what moved from one column to the next",
      "UPDATE audit SET actor = 'ale', action = 'xedit' WHERE seq = 2",
      "changed 2",
    ],
    ["an address that was nobody's", "UPDATE audit SET address = '' WHERE seq = 2", "changed 2"],
    ["a deleted row", "DELETE FROM audit WHERE seq = 2", "missing 2"],
    ["the first row, deleted", "DELETE FROM audit WHERE seq = 1", "missing 1"],
    ["the last row, deleted", "DELETE FROM audit WHERE seq = 3", "missing 3"],
    ["the head, set back", "UPDATE audit_heads SET seq = 2", "head 3"],
    ["a head that is not there", "DELETE FROM audit_heads", "head 3"],
  ])("AU-2: %s is found", async (_what, statement, fault) => {
    for (let i = 0; i < 3; i++) await store.appendAudit(entry({ at: i }));
    expect(await faults()).toEqual([]);
    await opened().sql(`${statement} RETURNING 1`);
    expect(await faults()).toEqual([fault]);
  });

  test("AU-3: rows that are written at once, refused, or written behind a restart make one chain", async () => {
    const record = commandRecord();
    await Promise.all([
      store.openCommand(record),
      store.appendAudit(entry()),
      store.openCommand(commandRecord({ point: "lamp" })),
      store.appendAudit(entry({ target: "lamp" })),
    ]);
    await store.openCommand(record);
    const again = (await opened().restart?.()) ?? store;
    await again.appendAudit(entry());
    await store.appendAudit(entry());
    expect((await chains()).rows.map(({ seq }) => seq).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await faults()).toEqual([]);
  });

  test("AU-6: rows of a version without chains stay as they are, outside of them", async () => {
    const columns = "(at, actor, action, target, detail, address)";
    await opened().sql(`INSERT INTO audit ${columns} VALUES (1, 'alex', 'edit', 'pump', '{}', NULL) RETURNING 1`);
    await store.appendAudit(entry({ at: 2 }));
    expect((await store.audit({ limit: 10 })).map(({ at }) => at)).toEqual([2, 1]);
    expect((await chains()).rows).toHaveLength(1);
    expect(await faults()).toEqual([]);
  });
}

const numbersIn = (row: object) =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => name === "seq" || name === "at")
      .map(([name, value]) => [name, Number(value)]),
  );
