import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { playwrightResults, summaryLine, vitestResults } from "./results.mjs";

const dir = mkdtempSync(join(tmpdir(), "telltale-results-"));
afterAll(() => rmSync(dir, { recursive: true }));

const report = (content) => {
  const file = join(dir, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
};

test("vitest: a file that could not be loaded is a failure, though none of its tests is", () => {
  const file = report({
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [
      { status: "failed", assertionResults: [{ status: "failed" }] },
      { status: "failed", assertionResults: [] },
    ],
  });
  expect(vitestResults(file)).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test("playwright: flaky is failed", () => {
  const file = report({ stats: { expected: 9, unexpected: 1, flaky: 1, skipped: 0 }, errors: [] });
  expect(playwrightResults(file)).toEqual({ passed: 9, failed: 2, skipped: 0 });
});

test("a report that was never written is a failure", () => {
  expect(vitestResults(join(dir, "none.json")).failed).toBe(1);
  expect(playwrightResults(join(dir, "none.json")).failed).toBe(1);
});

test("the summary adds up, and a failed stage without tests counts as one failure", () => {
  const good = { code: 0, result: { passed: 10, failed: 0, skipped: 0 } };
  expect(summaryLine([good, { code: 0 }, good])).toBe("20 passed, 0 failed");
  expect(summaryLine([good, { code: 1 }])).toBe("10 passed, 1 failed");
  expect(summaryLine([good, { code: 1, result: { passed: 1, failed: 0, skipped: 1 } }])).toBe(
    "11 passed, 1 failed, 1 skipped",
  );
});
