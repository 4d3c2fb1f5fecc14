import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import type { BuildFiles } from "../ports";
import { createFakeClock } from "../testing/fakeClock";
import { createStoredBuilds } from "./storedBuilds";

const home = mkdtempSync(join(tmpdir(), "telltale-builds-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What several nodes share, here in memory. */
function sharedFiles() {
  const stored = new Map<string, Uint8Array>();
  const state = { broken: false, kept: 0, asked: 0 };
  const files: BuildFiles = {
    async keep(paths, read) {
      if (state.broken) throw new Error("no database");
      state.kept++;
      for (const path of paths) if (!stored.has(path)) stored.set(path, await read(path));
    },
    async get(path) {
      state.asked++;
      if (state.broken) throw new Error("no database");
      return stored.get(path);
    },
  };
  return { files, state, stored };
}

/** A node with a build of these files. What its own build has is answered with "own", what is nowhere with 404. */
async function node(files: BuildFiles, build: Record<string, string>) {
  const folder = mkdtempSync(join(home, "static-"));
  for (const [path, text] of Object.entries(build)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const clock = createFakeClock();
  const warned: string[] = [];
  const builds = createStoredBuilds({ files, folder, clock, log: { warn: (_fields, text) => void warned.push(text) } });
  await builds.start();
  const handle = builds.before(async (req, res) => {
    const own = Object.keys(build).some((path) => req.url?.startsWith(`/_next/static/${path}`));
    res.writeHead(own ? 200 : 404).end(own ? "own" : "nowhere");
  });
  const server = createServer((req, res) => void handle(req, res));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    builds.stop();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const get = async (path: string, method = "GET") => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  return { get, clock, warned };
}

test("PG-20: a page of one build finds its files at nodes of others, with their types", async () => {
  const shared = sharedFiles();
  const old = await node(shared.files, {
    "chunks/a.1.js": "old script",
    "chunks/b.css": "old style",
    "id/m.js": "old",
  });
  const now = await node(shared.files, { "chunks/a.2.js": "new script" });
  const script = await now.get("/_next/static/chunks/a.1.js?v=1");
  expect([script.status, script.text]).toEqual([200, "old script"]);
  expect(script.headers.get("content-type")).toBe("application/javascript; charset=UTF-8");
  expect(script.headers.get("cache-control")).toMatch(/immutable/);
  expect((await now.get("/_next/static/chunks/b.css")).headers.get("content-type")).toMatch(/^text\/css/);
  expect((await old.get("/_next/static/chunks/a.2.js")).text).toBe("new script");
  const head = await now.get("/_next/static/id/m.js", "HEAD");
  expect([head.status, head.headers.get("content-length"), head.text]).toEqual([200, "3", ""]);
});

test("LK-61: each page gets the sprite of its own build from any node, for good, and none from an address that no build has", async () => {
  const shared = sharedFiles();
  const old = await node(shared.files, { "media/glyphs.0ld.svg": "<svg>old</svg>" });
  const now = await node(shared.files, { "media/glyphs.n3w.svg": "<svg>new</svg>" });
  for (const [{ get }, path, text] of [
    [now, "glyphs.0ld.svg", "<svg>old</svg>"],
    [old, "glyphs.n3w.svg", "<svg>new</svg>"],
    [now, "glyphs.n3w.svg", "own"],
  ] as const)
    expect(await get(`/_next/static/media/${path}`)).toMatchObject({ status: 200, text });
  const { headers } = await now.get("/_next/static/media/glyphs.0ld.svg");
  expect([headers.get("content-type"), headers.get("cache-control")]).toEqual([
    "image/svg+xml",
    "public, max-age=31536000, immutable",
  ]);
  for (const { get } of [old, now]) expect((await get("/_next/static/media/glyphs.0th3r.svg")).status).toBe(404);
});

test("PG-20: what the node's own build has it serves itself, and what no build has stays unknown", async () => {
  const shared = sharedFiles();
  const { get } = await node(shared.files, { "chunks/a.js": "script" });
  expect((await get("/_next/static/chunks/a.js")).text).toBe("own");
  expect(shared.state.asked).toBe(0);
  expect((await get("/_next/static/chunks/none.js")).status).toBe(404);
  expect(shared.state.asked).toBe(1);
  for (const path of [
    "/",
    "/_next/data/x.json",
    "/_next/static/%00.js",
    "/_next/static/%zz.js",
    `/_next/static/${"x".repeat(999)}`,
  ])
    expect((await get(path)).status).toBe(404);
  expect((await get("/_next/static/chunks/none.js", "POST")).status).toBe(404);
  expect(shared.state.asked).toBe(1);
});

test("PG-21: a node notes twice a day that its build is in use, and a minute after a fault", async () => {
  const shared = sharedFiles();
  const { clock, warned, get } = await node(shared.files, { "chunks/a.js": "script" });
  expect(shared.state.kept).toBe(1);
  clock.advance(12 * 3_600_000);
  await expect.poll(() => shared.state.kept).toBe(2);
  shared.state.broken = true;
  clock.advance(12 * 3_600_000);
  await expect.poll(() => warned).toHaveLength(1);
  expect((await get("/_next/static/chunks/none.js")).status).toBe(404);
  shared.state.broken = false;
  await expect
    .poll(() => {
      clock.advance(60_000);
      return shared.state.kept;
    })
    .toBe(3);
});
