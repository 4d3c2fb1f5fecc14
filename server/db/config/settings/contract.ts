import { beforeEach, expect, test } from "vitest";
import type { ConfigStore } from "../../../ports";
import type { ConfigStoreUnderTest } from "../../configStoreContract";

export function contract(opened: () => ConfigStoreUnderTest): void {
  let store: ConfigStore;
  beforeEach(() => {
    store = opened().store;
  });

  test("ST-15: settings are kept by key", async () => {
    expect(await store.setting("k")).toBeUndefined();
    await store.putSetting("k", "1");
    await store.putSetting("k", "2");
    expect(await store.setting("k")).toBe("2");
    await expect(store.check()).resolves.toBeUndefined();
  });
}
