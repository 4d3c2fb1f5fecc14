import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { axeFaults } from "../axe";
import { consoleErrors, expect, signIn, test } from "../fixtures";

const VIEWER = { username: "vic", password: "a window by the sea" };

test.use({
  start: {
    yaml: "topics:\n  - {id: boiler, name: Boiler, filter: plant/boiler, type: number}\n",
  },
});

test.beforeEach(async ({ page, devices, telltale }) => {
  await devices.say("plant/boiler", 21, { retain: true });
  await signIn(page, telltale.url);
});

const csv = (lines: string[]) => ({
  name: "old-house.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(["point,time,value", ...lines].join("\n")),
});

test("EX-5: a CSV is looked at first, its lines that do not fit are told, and the others become history", async ({
  page,
}) => {
  const errors = consoleErrors(page);
  await page.goto("/admin/data");
  const card = page.getByRole("region", { name: "Import history" });
  const readings = Array.from({ length: 60 }, (_, i) => `boiler,2026-01-31T06:${String(i).padStart(2, "0")}:00Z,${i}`);
  await card.getByLabel("CSV file").setInputFiles(csv([...readings, "attic,2026-01-31T06:00:00Z,1", "boiler,soon,1"]));
  await expect(card).toContainText("60 readings of 1 point fit");
  await expect(card).toContainText("2 lines do not fit");
  await expect(card.getByRole("listitem").filter({ hasText: "attic" }).first()).toContainText("1 line");
  await card.getByText("Line by line").click();
  await expect(card.getByRole("list", { name: "Lines that do not fit" })).toContainText('Line 63: "soon" is no time');
  const from = Date.UTC(2026, 0, 31, 6);
  const history = () =>
    page.request.get(`/api/v1/points/boiler/history?from=${from}&to=${from + 3_600_000}&width=1000`);
  expect((await (await history()).json()).t).toEqual([]);

  await card.getByRole("button", { name: "Import 60 readings" }).click();
  await expect(card).toContainText("60 readings added, 2 lines refused");
  expect((await (await history()).json()).value).toHaveLength(60);
  await card.getByRole("button", { name: "Another file" }).click();

  await card.getByLabel("CSV file").setInputFiles({ ...csv([]), buffer: Buffer.from("a,b\n1,2\n") });
  await expect(card.getByRole("alert")).toContainText("The first line must name the columns: point,time,value.");
  expect(await axeFaults(page)).toEqual([]);
  await page.goto("/admin/audit");
  await expect(page.getByText("imported 60 readings of history")).toBeVisible();
  expect(errors.filter((text) => !text.includes("400"))).toEqual([]);
});

test("an import that is stopped says what became of it, and can be tried again", async ({ page }) => {
  await page.goto("/admin/data");
  const card = page.getByRole("region", { name: "Import history" });
  const readings = Array.from({ length: 5000 }, (_, i) => `boiler,${1.7e12 + i * 1000},${i}`);
  await card.getByLabel("CSV file").setInputFiles(csv(readings));
  const button = card.getByRole("button", { name: "Import 5,000 readings" });
  await expect(button).toBeVisible();
  // The server takes nothing more: the import hangs until it is stopped.
  await page.route("**/history/import?dryRun=false", () => undefined);
  await button.click();
  await card.getByRole("button", { name: "Stop" }).click();
  await expect(card.getByRole("alert")).toContainText("You stopped it.");
  await page.unroute("**/history/import?dryRun=false");
  await card.getByRole("button", { name: "Try again" }).click();
  await button.click();
  await expect(card).toContainText("5,000 readings added");
});

test("EX-6: an admin makes a backup, takes it home and deletes it; others do not get near", async ({
  page,
  telltale,
  person,
}) => {
  await page.goto("/admin/data");
  const card = page.getByRole("region", { name: "Backups" });
  await expect(card).toContainText("No backups yet.");
  await card.getByRole("button", { name: "Make a backup" }).click();
  const row = card.getByRole("list", { name: "Backups" }).getByRole("listitem");
  await expect(row).toHaveCount(1, { timeout: 30_000 });

  const [download] = await Promise.all([page.waitForEvent("download"), row.getByRole("link").click()]);
  expect(download.suggestedFilename()).toMatch(/^telltale-.*\.tar$/);
  const file = await download.path();
  const names = execFileSync("tar", ["-tf", file]).toString();
  expect(names).toMatch(/config\.db[\s\S]*history\.db|history\.db[\s\S]*config\.db/);
  expect(names).not.toContain("secret");
  expect(readFileSync(file).length).toBeGreaterThan(10_000);

  await page.request.post("/api/v1/users", {
    data: { ...VIEWER, role: "viewer" },
    headers: { origin: telltale.url },
  });
  const viewer = await person(VIEWER);
  await viewer.page.goto("/admin/data");
  await expect(viewer.page.getByText("This part is for admins")).toBeVisible();
  expect((await viewer.page.request.get("/api/v1/backups")).status()).toBe(403);
  expect((await viewer.page.request.get(`/api/v1/backups/${download.suggestedFilename().slice(0, -4)}`)).status()).toBe(
    403,
  );

  await row.getByRole("button", { name: /^Delete/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await expect(card).toContainText("No backups yet.");
});
