import { afterEach, expect, test } from "vitest";
import { inWords } from "../../lib/texts/said";
import { type ApiServer, PASSWORD, startApiServer } from "../testing/apiServer";
import { pageOf } from "./paging";

let server: ApiServer;
let cookie: string;
async function start(options: Parameters<typeof startApiServer>[0] = {}) {
  server = await startApiServer(options);
  cookie = await server.signIn();
}
afterEach(() => server?.stop());

/** Every page of a list, as a client that follows the Link header gets them. */
async function follow(path: string): Promise<unknown[][]> {
  const pages: unknown[][] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const answer = await server.ask(next, { cookie });
    expect([next, answer.status]).toEqual([next, 200]);
    pages.push(answer.json);
    next = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link ?? ""))?.[1];
  }
  return pages;
}

test("AC-76: points come in pages of a thousand unless asked otherwise, each once, with what was asked for kept", async () => {
  await start({ topics: ["odd", "even"].map((id) => ({ id, filter: `${id}/+` })) });
  for (let i = 0; i < 2500; i++) server.say(`${i % 2 ? "odd" : "even"}/${i}`, "1");
  const all = await follow("/api/v1/points");
  expect(all.map((page) => page.length)).toEqual([1000, 1000, 500]);
  expect(new Set(all.flat().map((p) => (p as { id: string }).id)).size).toBe(2500);

  const odd = await follow("/api/v1/points?registration=odd&limit=625");
  expect(odd.map((page) => page.length)).toEqual([625, 625]);
  expect(odd.flat().every((p) => (p as { registration: string }).registration === "odd")).toBe(true);

  await server.people.create({ username: "viewer", password: PASSWORD, role: "viewer" });
  expect((await server.ask("/api/v1/points?limit=2001", { cookie })).status).toBe(400);
  for (const cursor of ["garbage", "", "W10", "/../etc"])
    expect([cursor, (await server.ask(`/api/v1/points?cursor=${cursor}`, { cookie })).status]).toEqual([cursor, 400]);
});

test("AC-76, AC-107: registrations and the audit come in pages too, and what is added meanwhile changes no page to come", async () => {
  await start();
  for (let i = 0; i < 25; i++)
    await server.catalog.putRegistration({ id: `r${i}` as never, filter: `t/${i}` as never }, "create");
  const pages = await follow("/api/v1/registrations?limit=10");
  expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
  expect(pages.flat().map((one) => (one as { registration: { id: string } }).registration.id)).toEqual(
    Array.from({ length: 25 }, (_, i) => `r${i}`),
  );

  const note = (n: number) =>
    server.store.appendAudit({ at: n, actor: "a", action: "x", target: "t", detail: { n }, address: null });
  for (let n = 1; n <= 25; n++) await note(n);
  const first = await server.ask("/api/v1/audit?limit=10&target=t", { cookie });
  await note(26);
  const next = /^<([^>]+)>/.exec(String(first.headers.link))?.[1] ?? "";
  const rest = await follow(next);
  const seen = [first.json, ...rest].flat().map((entry: { detail: { n: number } }) => entry.detail.n);
  expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => 25 - i));
  expect(await follow("/api/v1/found")).toEqual([[]]);
});

test("AC-107: entries that go between two pages leave none out that stays", () => {
  let all = Array.from({ length: 100 }, (_, i) => `p${i}`);
  const page = (cursor?: string) => {
    const made = pageOf(
      all,
      (id) => id,
      { limit: 10, cursor },
      (id) => id,
    );
    if (!made.ok) throw new Error(inWords(made.error.detail ?? ""));
    return made.value;
  };
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let n = 0; n < 50; n++) {
    const { items, next } = page(cursor);
    for (const id of items) seen.add(id);
    if (next === undefined) break;
    cursor = next;
    // The very entry that the next page begins behind, and one before it.
    const gone = new Set([items.at(-1), items[3]]);
    if (n < 5) all = all.filter((id) => !gone.has(id));
  }
  expect(all.filter((id) => !seen.has(id))).toEqual([]);
});

test("AC-76: OpenAPI says of each list that it has pages", async () => {
  await start();
  const { json } = await server.ask("/api/v1/openapi.json");
  for (const path of ["points", "registrations", "found", "audit"]) {
    const { get } = json.paths[`/api/v1/${path}`];
    expect([path, get.parameters.map((p: { name: string }) => p.name)]).toEqual([
      path,
      expect.arrayContaining(["limit", "cursor"]),
    ]);
    expect(Object.keys(get.responses[200].headers)).toEqual(["Link"]);
  }
});
