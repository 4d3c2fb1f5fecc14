import { afterAll, beforeAll, expect, test } from "vitest";
import { Problem } from "../../lib/api";
import { Registration } from "../../lib/registration";
import { inWords, say } from "../../lib/texts/said";
import { type Answer, type ApiServer, type Asked, startApiServer } from "../testing/apiServer";
import { MAX_BODY_BYTES } from "./body";
import { notFound, schemaFault } from "./problem";

let server: ApiServer;
let cookie: string;
beforeAll(async () => {
  server = await startApiServer();
  cookie = await server.signIn();
});
afterAll(() => server.stop());

function problemOf(answer: Answer): Problem {
  expect(answer.headers["content-type"]).toBe("application/problem+json");
  const problem = Problem.parse(answer.json);
  expect(problem.status).toBe(answer.status);
  expect(problem.title).not.toBe("");
  return problem;
}
const post = (body: unknown, more: Asked = {}) =>
  server.ask("/api/v1/dashboards", { method: "POST", cookie, body, ...more });

test.each<[title: string, body: unknown, status: number, detail: RegExp]>([
  ["is no JSON", "{slug:", 400, /not JSON/],
  ["is empty", "", 400, /not JSON/],
  ["is not UTF-8", Buffer.from([0x22, 0xff, 0xfe, 0x22]), 400, /UTF-8/],
  ["has too many values", `[${"1,".repeat(40_000)}1]`, 400, /30,000 values/],
  ["is deeply nested", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, 400, /nested deeper/],
  ["has brackets in its texts only", JSON.stringify({ slug: "x", title: `\\"${"[".repeat(90)}` }), 201, /./],
  ["is a list", [], 400, /expected object/],
  ["names __proto__", '{"slug":"y","title":"Y","__proto__":{"tiles":[]}}', 400, /no such field/],
])("AC-14: a body that %s is answered %#", async (_title, body, status, detail) => {
  const answer = await post(body);
  expect(answer.status).toBe(status);
  if (status !== 201) expect(problemOf(answer).detail).toMatch(detail);
});

test("AC-14: a body over 1 MB is refused, announced or streamed, and the server goes on", async () => {
  const body = JSON.stringify({ slug: "big", title: "x".repeat(MAX_BODY_BYTES) });
  expect(problemOf(await post(body)).status).toBe(413);
  const streamed = await fetch(`${server.home}/api/v1/dashboards`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.home, cookie },
    body: new Blob([body]).stream(),
    duplex: "half",
  } as RequestInit);
  expect(streamed.status).toBe(413);
  expect((await server.ask("/healthz")).status).toBe(200);
});

test("AC-14: a body that does not say it is JSON is refused", async () => {
  const answer = await post("{}", { headers: { "content-type": "text/plain" } });
  expect(problemOf(answer).status).toBe(415);
});

test("AC-13: every field at fault is named by its JSON pointer, with the mend", async () => {
  const answer = await post({ slug: "Bad Slug", title: "x", tiles: [{ kind: "gauge", w: 99, tint: 1 }] });
  const { errors } = problemOf(answer);
  expect(answer.status).toBe(400);
  expect(errors).toEqual(
    expect.arrayContaining([
      { pointer: "/slug", detail: expect.stringContaining("slug must be 1 to 64 of a-z") },
      { pointer: "/tiles/0/w", detail: expect.stringContaining("12") },
      { pointer: "/tiles/0/tint", detail: "There is no such field." },
    ]),
  );
  expect(server.catalog.dashboards().map(({ item }) => item.slug)).not.toContain("Bad Slug");
});

test("AC-13: of a union the branch that was meant is told", () => {
  const parsed = Registration.safeParse({
    id: "a",
    filter: "x",
    availability: { filter: "x", on: 1 },
    values: { "a/b": { value: "$" } },
    command: { topic: "t", qos: 5 },
  });
  const { errors } = schemaFault(parsed.error?.issues ?? []);
  expect(errors?.map(({ pointer, detail }) => ({ pointer, detail: inWords(detail) }))).toEqual(
    expect.arrayContaining([
      { pointer: "/availability/on", detail: "There is no such field." },
      { pointer: "/command/qos", detail: "Invalid input: expected 0, or expected 1, or expected 2" },
      { pointer: "/values/a~1b", detail: expect.any(String) },
    ]),
  );
});

test("AC-13: a union within a union tells what is wanted once", () => {
  const parsed = Registration.safeParse({ id: "a", filter: "x", staleAfter: true });
  const { errors } = schemaFault(parsed.error?.issues ?? []);
  const wanted = 'expected "auto", or expected "never", or expected string, received boolean, or expected number';
  expect(errors?.map(({ detail }) => inWords(detail))).toEqual([`Invalid input: ${wanted}, received boolean`]);
});

test("AC-13: a query at fault is told like a field", async () => {
  const answer = await server.ask("/api/v1/audit?limit=many", { cookie });
  expect(problemOf(answer).errors).toEqual([{ pointer: "?limit", detail: expect.any(String) }]);
});

test.each([
  ["GET", "/api/v1/nothing"],
  ["GET", "/api"],
  ["PUT", "/api/v1/points"],
  ["GET", "/api/v1/points/a%ZZ"],
  ["GET", "/api/v1/dashboards/nope"],
  ["DELETE", "/api/v1/registrations/nope"],
  ["GET", "/api/v1/points/__proto__"],
])("AC-13: %s %s is answered 404 as a problem", async (method, path) => {
  expect(problemOf(await server.ask(path, { method, cookie })).status).toBe(404);
});

test("MS-32: a fault is a key with arguments, and becomes words where the problem document is written", async () => {
  expect(notFound(say("problem.dashboard", { id: "nope" }))).toEqual({
    status: 404,
    detail: { code: "problem.thereIsNo", args: { what: { code: "problem.dashboard", args: { id: "nope" } } } },
  });
  const answer = await server.ask("/api/v1/dashboards/nope", { cookie });
  expect(problemOf(answer)).toMatchObject({ title: "Not found", detail: 'There is no dashboard "nope".' });
  const fields = await post({ slug: "x", title: "X", tint: 1, shade: 2 });
  expect(problemOf(fields)).toMatchObject({
    detail: "/tint: There is no such field. (and 1 more)",
    errors: ["/tint", "/shade"].map((pointer) => ({ pointer, detail: "There is no such field." })),
  });
});

test("what is not the API's is left to the pages", async () => {
  for (const path of ["/", "/d/house", "/apidocs", "/metrics2", "/admin/users"])
    expect((await server.ask(path)).status).toBe(299);
});

test("AC-13: what nobody expected leaves as a number that the log explains, without its cause", async () => {
  const { people } = server;
  const list = people.list;
  people.list = async () => {
    throw new Error("secret cause at /srv/telltale");
  };
  const answer = await server.ask("/api/v1/users", { cookie });
  people.list = list;
  const problem = problemOf(answer);
  expect(answer.status).toBe(500);
  expect(answer.text).not.toMatch(/secret cause|srv/);
  const line = server.logged.find(({ fields }) => "id" in fields && fields.id === problem.id);
  expect(line).toMatchObject({ level: "error", fields: { error: "secret cause at /srv/telltale" } });
  expect((await server.ask("/api/v1/users", { cookie })).status).toBe(200);
});

test("every answer forbids sniffing, caching and framing", async () => {
  for (const path of ["/api/v1/session", "/api/v1/nothing", "/healthz", "/api/docs"]) {
    const { headers } = await server.ask(path);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cache-control": "no-store",
    });
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  }
});
