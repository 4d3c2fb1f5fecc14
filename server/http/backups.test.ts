import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, type Asked, startApiServer } from "../testing/apiServer";

let server: ApiServer;
let admin: string;
beforeAll(async () => {
  server = await startApiServer({ topics: [{ id: "boiler", filter: "plant/boiler" }] });
  server.say("plant/boiler", "21.5");
  admin = await server.signIn();
});
afterAll(() => server.stop());

const ask = (method: string, path = "", more: Asked = {}) =>
  server.ask(`/api/v1/backups${path}`, { method, cookie: admin, ...more });
const lastAudit = async () => (await server.store.audit({ limit: 1 }))[0];

test("HT-6: a backup is made, listed, downloaded as a tar and deleted, and each stands in the trail", async () => {
  expect((await ask("GET")).json).toEqual({ backups: [], making: null });
  const both = await Promise.all([ask("POST"), ask("POST")]);
  const [made, second] = both.toSorted((a, b) => a.status - b.status);
  expect([made?.status, second?.status]).toEqual([201, 409]);
  expect(second?.json.detail).toContain("being made already");
  const { name, bytes } = made?.json ?? {};
  expect(name).toBe("telltale-2026-01-01T00-00-00Z");
  expect((await ask("GET")).json).toEqual({ backups: [made?.json], making: null });
  expect(await lastAudit()).toMatchObject({ action: "backup.create", actor: "admin", target: name, detail: { bytes } });

  const tar = await fetch(`${server.home}/api/v1/backups/${name}`, { headers: { cookie: admin } });
  expect([tar.status, tar.headers.get("content-type")]).toEqual([200, "application/x-tar"]);
  expect(tar.headers.get("content-disposition")).toBe(`attachment; filename="${name}.tar"`);
  const files = execFileSync("tar", ["-tf", "-"], { input: Buffer.from(await tar.arrayBuffer()) }).toString();
  expect(files.trim().split("\n").sort()).toEqual(
    ["", "backup.json", "config.db", "history.db"].map((file) => `${name}/${file}`),
  );
  expect(await lastAudit()).toMatchObject({ action: "backup.download", target: name });

  expect((await ask("DELETE", `/${name}`)).status).toBe(204);
  expect(await lastAudit()).toMatchObject({ action: "backup.delete", target: name });
  expect((await ask("GET")).json.backups).toEqual([]);
});

test("HT-7: a backup that is not there, or a name that leads elsewhere, is answered 404, and leaves no row", async () => {
  const before = await lastAudit();
  for (const name of ["telltale-2020-01-01T00-00-00Z", "nope", "..%2Fconfig.db", ".."]) {
    expect([name, (await ask("GET", `/${name}`)).status]).toEqual([name, 404]);
    expect([name, (await ask("DELETE", `/${name}`)).status]).toEqual([name, 404]);
  }
  expect(await lastAudit()).toEqual(before);
  expect(server.catalog.registrations()).toHaveLength(1);
});
