import { type Browser, chromium } from "@playwright/test";
import type { FakeDevice } from "../fakeDevice";
import { expect, signIn, test } from "../fixtures";
import { DashboardPage } from "../pages/DashboardPage";

/** One for each text: a point takes one command a second. */
const GOALS = [0, 1, 2, 3];

const YAML = `
topics:
${GOALS.map((n) => `  - {id: goal${n}, name: Goal ${n}, filter: boiler/${n}, type: number, command: {topic: boiler/${n}/set, min: 0, max: 5000}}`).join("\n")}
dashboards:
  - {slug: boiler, title: Boiler, tiles: [${GOALS.map((n) => `{kind: number, point: goal${n}}`).join(", ")}]}
`;
test.use({ start: { yaml: YAML } });

/** What is typed, and what is sent; undefined: nothing is, and the field says why and keeps what was typed. */
const TYPED: Record<string, [string, string | undefined][]> = {
  "en-GB": [
    ["12,5", "12.5"],
    ["12.75", "12.75"],
    ["1,250", undefined],
    ["1,250.5", "1250.5"],
  ],
  "de-DE": [
    ["12,5", "12.5"],
    ["12.75", "12.75"],
    ["1.250", undefined],
    ["1,25", "1.25"],
  ],
  "fr-FR": [
    ["12,5", "12.5"],
    ["1 250", "1250"],
    ["1.250", undefined],
    ["0,05", "0.05"],
  ],
};

async function typeAll(browser: Browser, url: string, locale: string, devices: FakeDevice) {
  const context = await browser.newContext({ baseURL: url, locale });
  const page = await context.newPage();
  await signIn(page, url);
  const dashboard = new DashboardPage(page);
  await dashboard.open("boiler");
  for (const [n, [typed, sent]] of (TYPED[locale] ?? []).entries()) {
    const goal = dashboard.tile(`Goal ${n}`);
    const field = goal.root.getByRole("textbox", { name: `Goal ${n}` });
    await expect(field).toBeEnabled();
    const before = devices.heard.length;
    await field.pressSequentially(typed);
    await expect(field).toHaveValue(typed);
    await field.press("Enter");
    if (sent === undefined) {
      await expect(goal.root.getByRole("alert")).toContainText(`“${typed}” could be`);
      await expect(field).toHaveValue(typed);
      continue;
    }
    await expect.poll(() => devices.heard.slice(before).map(({ text }) => text)).toEqual([sent]);
    await expect(goal.value).toHaveAttribute("data-value", sent);
  }
  await context.close();
}

for (const ui of ["en", "de"] as const)
  test(`UI-3: what is typed is what is sent, or nothing, in every language of the page, with a browser in "${ui}"`, async ({
    telltale,
    devices,
    launchOptions,
  }) => {
    for (const n of GOALS) {
      await devices.say(`boiler/${n}`, 1, { retain: true });
      await devices.answer(`boiler/${n}/set`, `boiler/${n}`);
    }
    const browser = await chromium.launch({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), `--lang=${ui}`],
      env: { ...(process.env as Record<string, string>), LANGUAGE: ui },
    });
    try {
      for (const locale of Object.keys(TYPED)) await typeAll(browser, telltale.url, locale, devices);
    } finally {
      await browser.close();
    }
  });
