import { afterEach, expect, test, vi } from "vitest";
import { GESTURE_MS } from "@/lib/protocolLimits";
import { api } from "./api";
import { createServerTime } from "./serverTime";

afterEach(() => vi.unstubAllGlobals());

test("AC-83: the page says until when the announcements of a device are to be cleared, by the server's clock", async () => {
  const asked: { path: string; headers: Headers }[] = [];
  const serverNow = 1_796_022_895_249;
  vi.stubGlobal("fetch", async (path: string, { headers }: RequestInit) => {
    asked.push({ path, headers: new Headers(headers) });
    return new Response("{}", { headers: { "telltale-time": String(serverNow) } });
  });
  await api.discovery.get();
  await api.found.clear("kitchen");
  const [list, clear] = asked.map(({ headers }) => headers.get("telltale-expires"));
  expect(list).toBeNull();
  expect(Number(clear)).toBeGreaterThanOrEqual(serverNow + GESTURE_MS);
});

test("AC-83: what the server's clock said is counted on, and nothing is made up before it spoke", () => {
  let now = 500;
  const time = createServerTime(() => now);
  time.heard(null);
  time.heard("soon");
  expect(time.expiry()).toBeUndefined();
  time.heard("1000");
  now += 250;
  expect(time.expiry()).toBe(1250 + GESTURE_MS);
});
