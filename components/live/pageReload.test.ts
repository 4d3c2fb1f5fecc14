import { afterEach, expect, test, vi } from "vitest";
import { pageReload } from "./pageReload";

afterEach(() => vi.unstubAllGlobals());

function page() {
  const stored = new Map<string, string>();
  const reload = vi.fn();
  vi.stubGlobal("location", { reload });
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
  return reload;
}

test("FR-64: a page is loaded anew at once, and the next one not before a minute has passed", () => {
  const reload = page();
  const noon = Date.UTC(2026, 10, 30, 12);
  expect(pageReload.waitMs(noon)).toBe(0);
  pageReload.reload(noon);
  expect(reload).toHaveBeenCalledTimes(1);
  expect(pageReload.waitMs(noon + 1000)).toBe(59_000);
  expect(pageReload.waitMs(noon + 60_000)).toBe(0);
  // The clock was set back.
  expect(pageReload.waitMs(noon - 5000)).toBe(0);
});

test("FR-64: a tab that may store nothing waits for a minute each time", () => {
  const reload = page();
  vi.stubGlobal("sessionStorage", undefined);
  const warned = vi.spyOn(console, "warn").mockReturnValue();
  expect(pageReload.waitMs()).toBe(60_000);
  pageReload.reload();
  expect(reload).toHaveBeenCalledTimes(1);
  expect(warned).toHaveBeenCalled();
  warned.mockRestore();
});
