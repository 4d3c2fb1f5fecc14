import { existsSync, readFileSync } from "node:fs";

/** What a run of tests came to. */
const nothing = () => ({ passed: 0, failed: 0, skipped: 0 });

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined);

/** From vitest's JSON report. A test file that could not even be loaded counts as one failure. */
export function vitestResults(file) {
  const report = read(file);
  if (!report) return { ...nothing(), failed: 1 };
  const unloadable = (report.testResults ?? []).filter(
    (suite) => suite.status === "failed" && !suite.assertionResults.some((test) => test.status === "failed"),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** From Playwright's JSON report. A flaky test has failed: nothing here is retried. */
export function playwrightResults(file) {
  const report = read(file);
  if (!report) return { ...nothing(), failed: 1 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
}

/** The last line of `npm test`. A run whose exit code says failure never reads "0 failed". */
export function summaryLine(parts) {
  const sum = { ...nothing() };
  for (const { code, result } of parts) {
    const counted = result ?? nothing();
    sum.passed += counted.passed;
    sum.skipped += counted.skipped;
    sum.failed += counted.failed === 0 && code !== 0 ? 1 : counted.failed;
  }
  const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : "";
  return `${sum.passed} passed, ${sum.failed} failed${skipped}`;
}
