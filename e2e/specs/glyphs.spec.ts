import { expect, test } from "../fixtures";

test.use({ start: { broker: "demo", env: { TELLTALE_ANONYMOUS: "viewer" } } });

test("LK-61: the sprite of a page is at an address of its build, cached for good, and holds the page's glyphs", async ({
  page,
  dashboard,
}) => {
  const errors: string[] = [];
  page.on("console", (line) => line.type() === "error" && errors.push(line.text()));
  await dashboard.open("house");
  await expect(dashboard.tiles.first()).toBeVisible();
  const uses = await page
    .locator("svg.glyph use")
    .evaluateAll((all) => all.map((use) => use.getAttribute("href") ?? ""));
  const [addresses, names] = [new Set<string>(), new Set<string>()];
  for (const use of uses.filter((href) => !href.startsWith("/icons/"))) {
    const [address = "", name = ""] = use.split("#");
    addresses.add(address);
    names.add(name);
  }
  expect([...addresses]).toEqual([expect.stringMatching(/^\/_next\/static\/media\/glyphs\.[\w.~-]{8,}\.svg$/)]);
  const answer = await page.request.get([...addresses][0] as string);
  expect([answer.status(), answer.headers()["content-type"]]).toEqual([200, "image/svg+xml"]);
  expect(answer.headers()["cache-control"]).toBe("public, max-age=31536000, immutable");
  const sprite = await answer.text();
  expect([...names].filter((name) => !sprite.includes(`id="${name}"`))).toEqual([]);
  expect((await page.request.get("/icons/glyphs.svg")).status()).toBe(404);
  const box = await page
    .locator("svg.glyph")
    .first()
    .evaluate((glyph) => (glyph as SVGSVGElement).getBBox().width);
  expect(box).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});
