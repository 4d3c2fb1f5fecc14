import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { CHROMIUM_FLAGS, findChromium } from "../scripts/lib/programs.mjs";

const reports = fileURLToPath(new URL("../test-results", import.meta.url));

export default defineConfig({
  testDir: "specs",
  outputDir: `${reports}/e2e`,
  // Each test has a server, a broker and a browser page of its own; two cores carry two of them.
  workers: 2,
  fullyParallel: true,
  // What fails once is looked into, not tried again.
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  // Limits only guard against hanging: a slow machine must not make a right test wrong.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["json", { outputFile: `${reports}/playwright.json` }]],
  use: {
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "Europe/Vienna",
    viewport: { width: 1280, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: await findChromium(), args: CHROMIUM_FLAGS },
  },
});
