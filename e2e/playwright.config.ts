import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { findProgram } from "../scripts/lib/programs.mjs";

const reports = fileURLToPath(new URL("../test-results", import.meta.url));
/** The system's browser where there is one: Playwright's own download needs the open internet. */
const systemChromium =
  process.env.TELLTALE_CHROMIUM ?? findProgram("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");

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
    launchOptions: {
      executablePath: systemChromium,
      args: [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-first-run",
        "--no-pings",
        "--metrics-recording-only",
      ],
    },
  },
});
