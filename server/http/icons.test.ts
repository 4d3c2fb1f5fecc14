import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, startApiServer } from "../testing/apiServer";

let server: ApiServer;
beforeAll(async () => {
  server = await startApiServer({ topics: [] });
});
afterAll(() => server.stop());

const get = async (path: string) => {
  const answer = await fetch(`${server.home}${path}`);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

test("LK-2: a chosen glyph is served for good; a name that is in no set gives the usual one, and none gives 404", async () => {
  const sofa = await get("/icons/thermometer/sofa.svg");
  expect([sofa.status, sofa.headers.get("cache-control")]).toEqual([200, expect.stringMatching(/max-age=31536000/)]);
  expect(sofa.text).toMatch(/<path id="i" d="M[^"]+"\/>/);
  const unknown = await get("/icons/thermometer/no-such-thing.svg");
  expect(unknown.text).not.toBe(sofa.text);
  expect(unknown.text).toBe((await get("/icons/gauge/thermometer.svg")).text);
  expect((await get("/icons/nothing/no-such-thing.svg")).status).toBe(404);
  for (const path of ["/icons/a/..%2f..%2fpackage.json", "/icons/a/b"]) expect((await get(path)).status).toBe(404);
});

test("LK-2: the pictures of the page itself, which are in the same folder, are left to the pages", async () => {
  for (const path of ["/icons/", "/icons/favicon-live.svg", "/icons/icon-192.png", "/icons/glyphs.svg"])
    expect((await get(path)).text).toBe("a page");
});
