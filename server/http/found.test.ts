import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, startApiServer } from "../testing/apiServer";

let server: ApiServer;
let admin: string;
beforeAll(async () => {
  server = await startApiServer();
  admin = await server.signIn();
  server.discovery.device = "kitchen";
});
afterAll(() => server.stop());

const clear = (expires?: string) =>
  server.ask("/api/v1/found/kitchen/clear", {
    method: "POST",
    cookie: admin,
    headers: expires === undefined ? {} : { "telltale-expires": expires },
  });
const audited = async () =>
  (await server.store.audit({ limit: 10 })).filter(({ action }) => action.startsWith("found.clear"));

test("AC-83: Telltale-Expires reaches the clearing of a found device as the time it names", async () => {
  expect(await clear("1796022895249")).toMatchObject({ status: 200, json: { cleared: 1, failed: [] } });
  expect((await clear()).status).toBe(200);
  expect((await clear("soon")).status).toBe(400);
  expect(server.discovery.cleared.map(({ expiry }) => expiry)).toEqual([
    { by: "time", at: 1796022895249 },
    { by: "never" },
  ]);
});

test("AC-83: one that has expired is refused as too late, which stands in the audit", async () => {
  server.discovery.clearing = { ok: false, error: "Not sent: it arrived 2.0 s after it expired." };
  expect(await clear("1")).toMatchObject({
    status: 409,
    json: { code: "too-late", detail: expect.stringContaining("2.0 s after") },
  });
  expect((await audited())[0]).toMatchObject({
    action: "found.clear-refused",
    target: "kitchen",
    detail: { name: "Kitchen", code: "too-late", reason: expect.stringContaining("2.0 s") },
  });
});
