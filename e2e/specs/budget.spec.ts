import { gzipSync } from "node:zlib";
import { expect, test } from "../fixtures";

/** Rule UI-49: JavaScript for a dashboard page. */
const BUDGET_KB = 180;

test.use({ start: { broker: "demo", env: { TELLTALE_ANONYMOUS: "viewer" } } });

test(`UI-49: a dashboard page needs at most ${BUDGET_KB} kB of JavaScript, gzipped`, async ({ page, dashboard }) => {
  const sizes = new Map<string, Promise<number>>();
  page.on("response", (response) => {
    if (response.request().resourceType() === "script")
      sizes.set(
        new URL(response.url()).pathname,
        response.body().then((body) => gzipSync(body).length),
      );
  });
  await dashboard.open("house");
  await expect(dashboard.tiles.first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  const files = await Promise.all([...sizes].map(async ([path, size]) => ({ path, bytes: await size })));
  const kb = files.reduce((sum, file) => sum + file.bytes, 0) / 1000;
  const list = files
    .sort((a, b) => b.bytes - a.bytes)
    .map((file) => `${(file.bytes / 1000).toFixed(1)} kB ${file.path}`)
    .join("\n");
  expect(files.length).toBeGreaterThan(1);
  expect(kb, list).toBeLessThanOrEqual(BUDGET_KB);
});
