import { expect, signIn, test } from "../fixtures";
import { DashboardPage } from "../pages/DashboardPage";

const YAML = `
topics:
  - {id: one, name: One, filter: house/one, type: number}
  - {id: two, name: Two, filter: house/two, type: number}
`;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test.use({ start: { yaml: YAML } });

test.describe("on a phone", () => {
  test.use(PHONE);

  test("UI-4: “More” opens at its top, and all of it can be reached", async ({ page, telltale }) => {
    await signIn(page, telltale.url);
    for (let i = 1; i <= 6; i++)
      await page.request.post("/api/v1/dashboards", {
        data: { slug: `d${i}`, title: `Dashboard ${i}`, tiles: [] },
        headers: { origin: telltale.url },
      });
    await page.goto("/everything");
    await page.getByRole("button", { name: "More", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: "Telltale" });
    for (const control of [
      sheet.getByRole("button", { name: "Close" }),
      sheet.getByRole("button", { name: "Find anything" }),
      sheet.getByRole("link", { name: "Dashboard 1" }),
    ])
      await expect(control).toBeInViewport({ ratio: 1 });
    // It comes from below.
    await sheet.evaluate((element) => Promise.all(element.getAnimations().map(({ finished }) => finished)));
    const box = await sheet.boundingBox();
    if (!box) throw new Error("the sheet is not on the page");
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(844);
    expect(await sheet.evaluate((element) => element.scrollTop)).toBe(0);
    const last = sheet.getByRole("button", { name: "Sign out" });
    await last.scrollIntoViewIfNeeded();
    await expect(last).toBeInViewport({ ratio: 1 });
    // Nothing blank below it: its own padding only.
    const end = await last.boundingBox();
    expect(box.y + box.height - ((end?.y ?? 0) + (end?.height ?? 0))).toBeLessThan(60);
    await sheet.getByRole("link", { name: "Dashboard 6" }).click();
    await expect(page).toHaveURL(/\/d\/d6$/);
  });
});

for (const [what, use] of [
  ["a desktop", {}],
  ["a phone", PHONE],
] as const)
  test.describe(what, () => {
    test.use(use);

    test(`UI-5: Back in edit mode asks before changes are lost, on ${what}`, async ({ page, telltale }) => {
      await signIn(page, telltale.url);
      const tiles = ["one", "two"].map((point) => ({ kind: "value", point }));
      await page.request.post("/api/v1/dashboards", {
        data: { slug: "mine", title: "Mine", tiles },
        headers: { origin: telltale.url },
      });
      await page.goto("/everything");
      await new DashboardPage(page).open("mine");
      const title = page.getByRole("textbox", { name: "Dashboard title" });
      const questions: string[] = [];
      let leave = false;
      page.on("dialog", (dialog) => {
        questions.push(dialog.message());
        void (leave ? dialog.accept() : dialog.dismiss());
      });

      // Nothing changed: Back leaves at once.
      await page.getByRole("button", { name: "Edit", exact: true }).click();
      await expect(title).toBeVisible();
      await page.goBack();
      await expect(page).toHaveURL(/\/everything$/);
      await page.goForward();
      await expect(page).toHaveURL(/\/d\/mine$/);
      expect(questions).toEqual([]);

      await page.getByRole("button", { name: "Edit", exact: true }).click();
      await page.getByRole("button", { name: "Remove Two" }).click();
      for (let times = 1; times <= 2; times++) {
        await page.evaluate(() => window.history.back());
        await expect.poll(() => questions.length).toBe(times);
        await expect(page).toHaveURL(/\/d\/mine$/);
        await expect(page.getByRole("button", { name: "Remove One" })).toBeVisible();
        await expect(page.getByRole("button", { name: "Remove Two" })).toHaveCount(0);
      }
      expect(questions[0]).toContain("Leave without saving?");

      // The search leaves by script: it asks too.
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: /Dashboards, points/ }).fill("Everything");
      await page.keyboard.press("Enter");
      await expect.poll(() => questions.length).toBe(3);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("button", { name: "Remove One" })).toBeVisible();

      leave = true;
      await page.evaluate(() => window.history.back());
      await expect(page).toHaveURL(/\/everything$/);
      expect(questions).toHaveLength(4);

      // After a save Back leads to where one came from, by one step and without a question.
      await new DashboardPage(page).open("mine");
      await page.getByRole("button", { name: "Edit", exact: true }).click();
      await page.getByRole("button", { name: "Remove Two" }).click();
      // The entry that Back would have taken goes by itself, once the page has settled.
      await page.evaluate(() => {
        const counted = Object.assign(window, { steps: 0 });
        window.addEventListener("popstate", () => counted.steps++, { capture: true });
      });
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByRole("button", { name: "Edit", exact: true })).toBeEnabled();
      await expect.poll(() => page.evaluate(() => (window as unknown as { steps: number }).steps)).toBe(1);
      await page.evaluate(() => window.history.back());
      await expect(page).toHaveURL(/\/everything$/);
      expect(questions).toHaveLength(4);
    });
  });
