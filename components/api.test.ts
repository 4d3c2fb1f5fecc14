import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { GESTURE_MS } from "@/lib/protocolLimits";
import { addressFor, call, listPoints } from "./api";
import { createServerTime } from "./serverTime";

afterEach(() => vi.unstubAllGlobals());

test("AC-83: the page says until when the announcements of a device are to be cleared, by the server's clock", async () => {
  const asked: { path: string; headers: Headers }[] = [];
  const serverNow = 1_796_022_895_249;
  vi.stubGlobal("fetch", async (path: string, { headers }: RequestInit) => {
    asked.push({ path, headers: new Headers(headers) });
    return new Response("{}", { headers: { "telltale-time": String(serverNow) } });
  });
  await call("GET /discovery");
  await call("POST /found/{key}/clear", { params: { key: "kitchen" }, expires: true });
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

test("AC-76: a list is asked for page after page, as the Link headers name them, and each entry counts once", async () => {
  const pages = [
    { items: [{ id: "a" }, { id: "b" }], next: "/api/v1/points?registration=r&limit=2&cursor=x" },
    { items: [{ id: "b" }, { id: "c" }], next: undefined },
  ];
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    const { items, next } = pages[asked.length - 1] ?? { items: [] };
    return Response.json(items, { headers: next === undefined ? {} : { link: `<${next}>; rel="next"` } });
  });
  expect(await listPoints("r")).toEqual({ ok: true, value: [{ id: "a" }, { id: "b" }, { id: "c" }] });
  expect(asked).toEqual(["/api/v1/points?registration=r", "/api/v1/points?registration=r&limit=2&cursor=x"]);
});

test("params and a query are escaped, and what is undefined is left out", () => {
  expect(addressFor("GET /points/{id}/image", { params: { id: "a/b ü?" }, query: { hash: undefined } })).toBe(
    "/api/v1/points/a%2Fb%20%C3%BC%3F/image",
  );
  expect(addressFor("GET /history", { query: { points: ["a&b", "c"], width: 5 } })).toBe(
    "/api/v1/history?points=a%26b&points=c&width=5",
  );
});

test("a call that does not fit its contract does not compile", async () => {
  vi.stubGlobal("fetch", async () => Response.json([]));
  const { value } = (await call("GET /users")) as { value: unknown };
  expect(value).toEqual([]);
  // @ts-expect-error: there is no such route
  await call("GET /nothing");
  // @ts-expect-error: it needs params
  await call("DELETE /users/{id}");
  // @ts-expect-error: another param
  await call("DELETE /users/{id}", { params: { name: "a" } });
  // @ts-expect-error: it needs a body
  await call("POST /found/{key}/keep", { params: { key: "a" } });
  // @ts-expect-error: no role of that name
  await call("PATCH /users/{id}", { params: { id: "a" }, body: { role: "king" } });
  // @ts-expect-error: this one reads no version
  await call("DELETE /users/{id}", { params: { id: "a" }, version: 1 });
});

test("UI-49: pages take types of the contracts, and load no schema with them", () => {
  const root = resolve(import.meta.dirname, "..");
  const files = ["app", "components"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(root, folder, file)),
  );
  const pages = files.filter((file) => /(?<!\.test)\.tsx?$/.test(file));
  const imports = pages.flatMap((file) =>
    [
      ...readFileSync(file, "utf8").matchAll(
        /^(?:import|export)\b[^;]*?from "[^"]*lib\/api(?:\/contracts|\/route)?";/gm,
      ),
    ].map(([text]) => [file, text] as const),
  );
  expect(imports.length).toBeGreaterThan(20);
  expect(imports.filter(([, text]) => !/^import type\b/.test(text))).toEqual([]);
});
