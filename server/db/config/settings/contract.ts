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

  test("CL-96: a setting of entries keeps each by itself, also where several are changed at once", async () => {
    expect(await store.entries("list")).toEqual(new Map());
    const ids = Array.from({ length: 1200 }, (_, i) => `id ${i}`);
    await store.changeEntries("list", { put: ids.map((id) => [id, "1"]) });
    await store.changeEntries("other", { put: [["id 0", "9"]] });
    await Promise.all([
      store.changeEntries("list", { put: [["id 0", "2"]] }),
      store.changeEntries("list", { put: [["__proto__", "3"]], remove: ["id 1", "nothing"] }),
      store.changeEntries("list", { remove: ["id 2"], put: [["id 2", "4"]] }),
    ]);
    const now = await store.entries("list");
    expect(now.size).toBe(1200);
    expect(["id 0", "id 1", "id 2", "id 3", "__proto__"].map((id) => now.get(id))).toEqual([
      "2",
      undefined,
      "4",
      "1",
      "3",
    ]);
    expect(await store.entries("other")).toEqual(new Map([["id 0", "9"]]));
  });

  test("CL-96: entries take the place of a setting that was one text, once", async () => {
    await store.putSetting("list", '["a"]');
    await store.changeEntries("list", { put: [["a", ""]], instead: "list" });
    await store.changeEntries("list", { remove: ["a"] });
    await store.changeEntries("list", { put: [["a", ""]], instead: "list" });
    expect(await store.setting("list")).toBeUndefined();
    expect(await store.entries("list")).toEqual(new Map());
  });
}
