import { beforeEach, expect, test } from "vitest";
import type { ConfigStore } from "../../../ports";
import type { ConfigStoreUnderTest } from "../../configStoreContract";

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
}
