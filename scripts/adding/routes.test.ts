import { OpenAPIHono } from "@hono/zod-openapi";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { route } from "../../lib/api/route";
import { ok } from "../../lib/result";
import { type Api, implement } from "../../server/http/implement";
import type { HttpParts } from "../../server/http/parts";
import type * as here from "../../server/testing/apiServer";
import { type ApiServer, PASSWORD, startApiServer } from "../../server/testing/apiServer";
import { copyWith, placesOf } from "./copy";
import { route as template } from "./templates/route";

/** A made-up route, as docs/adding.md has it: one contract, and its handler. */
const lampContracts = {
  rename: route({
    method: "PUT",
    path: "/lamps/{id}/name",
    needs: "operate",
    of: ({ params }) => [params.id],
    summary: "Give a lamp another name",
    query: z.object({ times: z.coerce.number().int().default(1) }),
    body: z.strictObject({ name: z.string().min(1, "a lamp needs a name") }),
    answer: z.object({ topic: z.string().optional(), name: z.string() }),
  }),
};

let ran: string[] = [];
const lampRoutes = implement(lampContracts, {
  async rename({ params, points: [lamp], query, body, audit }) {
    ran.push(params.id);
    await audit("lamp.rename", params.id, { name: body.name });
    return ok({ topic: lamp.info.topic, name: body.name.repeat(query.times) });
  },
});

let server: ApiServer;
let api: Api;
const cookies: Record<string, string> = {};
beforeAll(async () => {
  server = await startApiServer({ topics: [{ id: "lamp", filter: "hall/lamp" }] });
  await server.people.create({ username: "viewer", password: PASSWORD, role: "viewer" });
  for (const name of ["admin", "viewer"]) cookies[name] = await server.signIn(name);
  api = new OpenAPIHono();
  const parts = { ...server, clientAddress: () => "::1", clock: { now: () => 0 }, denials: { note: () => undefined } };
  for (const mount of lampRoutes) mount(api, parts as unknown as HttpParts);
});
afterAll(() => server.stop());
beforeEach(() => {
  ran = [];
});

async function rename(who: string, path: string, body: unknown) {
  const headers = { "content-type": "application/json", cookie: cookies[who] ?? "" };
  const incoming = { socket: {}, headers: {} };
  const answer = await api.request(
    `/api/v1${path}`,
    { method: "PUT", headers, body: JSON.stringify(body) },
    { incoming },
  );
  return { status: answer.status, json: await answer.json() };
}

test("a contract and its handler are a route", async () => {
  const answer = await rename("admin", "/lamps/lamp/name?times=2", { name: "Hall" });
  expect(answer).toEqual({ status: 200, json: { topic: "hall/lamp", name: "HallHall" } });
  expect((await server.store.audit({ limit: 1 }))[0]).toMatchObject({
    action: "lamp.rename",
    actor: "admin",
    target: "lamp",
  });
});

test("AC-9, AC-10: its handler runs for nobody who lacks the right, and for nothing that does not fit or is not there", async () => {
  for (const [who, path, body, status, at] of [
    ["nobody", "/lamps/lamp/name", {}, 401, undefined],
    ["viewer", "/lamps/lamp/name", {}, 403, undefined],
    ["admin", "/lamps/lamp/name?times=often", {}, 400, "?times"],
    ["admin", "/lamps/lamp/name", { name: "" }, 400, "/name"],
    ["admin", "/lamps/lamp/name", { name: "a", colour: "red" }, 400, "/colour"],
    ["admin", "/lamps/none/name", { name: "a" }, 404, undefined],
  ] as const) {
    const answer = await rename(who, path, body);
    expect([path, answer.status, answer.json.errors?.[0].pointer]).toEqual([path, status, at]);
  }
  expect(ran).toEqual([]);
});

test("OpenAPI describes it", () => {
  const { paths } = api.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "Lamps", version: "1" } });
  expect(paths?.["/api/v1/lamps/{id}/name"]?.put).toMatchObject({
    summary: "Give a lamp another name",
    tags: ["lamps"],
    "x-level": "operator",
    parameters: [
      { name: "id", in: "path", required: true },
      { name: "times", in: "query" },
    ],
    requestBody: { content: { "application/json": { schema: { required: ["name"] } } } },
    responses: { 200: { content: { "application/json": { schema: { required: ["name"] } } } } },
  });
});

test("a handler that is missing, or answers something else, does not fit", () => {
  // @ts-expect-error: there is no handler
  expect(implement(lampContracts, {})).toHaveLength(1);
  // @ts-expect-error: it answers no name
  expect(implement(lampContracts, { rename: async () => ok({ title: "a" }) })).toHaveLength(1);
});

test("HS-3: a resource is two files, its contracts and their handlers, and a line for each", async () => {
  expect(placesOf(template)).toEqual([
    "lib/api/",
    "server/http/routes/",
    "lib/api/contracts.ts",
    "server/http/apiRoutes.ts",
  ]);
  expect(Object.keys(template.files)).toHaveLength(2);

  const copy = copyWith(template, ["lib", "package.json", "server"]);
  const { startApiServer: start } = await copy.load<typeof here>("server/testing/apiServer.ts");
  const added = await start({ topics: [{ id: "lamp", filter: "hall/lamp" }] });
  const asked = { method: "PUT", body: { name: "Hall" } };
  const cookie = await added.signIn();
  expect(await added.ask("/api/v1/lamps/lamp/name", { ...asked, cookie })).toMatchObject({
    status: 200,
    json: { id: "lamp", name: "Hall" },
  });
  expect((await added.ask("/api/v1/lamps/none/name", { ...asked, cookie })).status).toBe(404);
  expect((await added.ask("/api/v1/lamps/lamp/name", asked)).status).toBe(401);
  const { json } = await added.ask("/api/v1/openapi.json");
  expect(json.paths["/api/v1/lamps/{id}/name"].put).toMatchObject({ tags: ["lamps"], "x-level": "operator" });
  await added.stop();
  copy.remove();
});
