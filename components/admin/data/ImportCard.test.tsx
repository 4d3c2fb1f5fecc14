import { expect, test } from "vitest";
import { htmlInApp } from "@/components/ui/testing";
import type { ImportOut } from "@/lib/api";
import { STEPS } from "./ImportCard";
import type { ImportState } from "./useImport";

const file = { name: "past.csv", size: 2_500_000 } as File;
const REPORT: ImportOut = {
  dryRun: true,
  rows: 10,
  added: 0,
  known: 0,
  refused: 0,
  reasons: [],
  unknown: [],
  points: 2,
  from: Date.UTC(2026, 0, 1),
  to: Date.UTC(2026, 0, 2),
};

function paint(state: ImportState): string {
  const Step = STEPS[state.step];
  const flow = { state, look() {}, add() {}, stop() {}, clear() {} };
  return htmlInApp(<Step flow={flow} state={state} />);
}
const buttons = (html: string): string[] =>
  [...html.matchAll(/<button\b[^>]*>(.*?)<\/button>/g)].map(([, inner]) =>
    (inner as string).replaceAll(/<[^>]+>/g, ""),
  );

test("a file is looked at first: what fits is told before anything is imported", () => {
  const html = paint({ step: "looked", file, report: REPORT });
  expect(html).toMatch(/<strong>past\.csv<\/strong>: 10 readings of 2 points fit, from .*2026.* to .*2026/);
  expect(buttons(html)).toEqual(["Import 10 readings", "Another file"]);
  expect(html).not.toContain("skipped");
});

test.each([
  ["holds none", { rows: 0, from: null, to: null }, "it contains no readings."],
  ["holds none that fits", { rows: 1, refused: 1, from: null, to: null }, "none of its 1 line fits."],
])("a file that %s cannot be imported", (_, over, text) => {
  const html = paint({ step: "looked", file, report: { ...REPORT, ...over } });
  expect(html).toContain(text);
  expect(buttons(html)).toEqual(["Another file"]);
});

test("EX-5: lines that do not fit are told with their reason, and points that are missing before them", () => {
  const unknown = Array.from({ length: 12 }, (_, i) => ({ point: `gone-${i}`, rows: i + 1 }));
  const reasons = [{ line: 3, reason: "“cold” is no number" }];
  const html = paint({ step: "looked", file, report: { ...REPORT, refused: 3, unknown, reasons } });
  expect(buttons(html)[0]).toBe("Import 7 readings");
  expect(html).toContain("3 lines do not fit and are skipped.");
  expect(html.match(/<code>gone-/g)).toHaveLength(10);
  expect(html).toContain("… and 2 more");
  expect(html).toContain("<code>gone-0</code> (1 line)");
  expect(html).toContain("The first 1 lines");
  expect(html).toContain("Line 3: “cold” is no number.");
  expect(html.indexOf("gone-0")).toBeLessThan(html.indexOf("Line 3"));
});

test("EX-101: what was done is counted, and what failed half-way says what stays and how to go on", () => {
  const done = paint({ step: "done", file, report: { ...REPORT, dryRun: false, added: 7, known: 2, refused: 1 } });
  expect(done).toContain("is imported: 7 readings added, 2 were already stored, 1 line refused.");
  const failed = { step: "failed", file, message: "The connection was lost." } as const;
  const nothing = paint({ ...failed, began: false });
  expect(nothing).toContain("was not read. The connection was lost.");
  expect(nothing).not.toContain("/admin/audit");
  const half = paint({ ...failed, began: true });
  expect(half).toContain("was not fully imported. The connection was lost. Readings added so far are kept");
  expect(half).toContain('href="/admin/audit"');
  expect(buttons(half)).toEqual(["Try again", "Another file"]);
});

test("while a file is sent its part that has arrived is shown, and it can be stopped", () => {
  const html = paint({ step: "import", file, sent: 0.426 });
  expect(html).toMatch(/Importing <strong>past\.csv<\/strong> \(.*MB\) … 43 %/);
  expect(html).toMatch(/<progress value="0.426" max="1" aria-label="Importing past.csv"/);
  expect(buttons(html)).toEqual(["Stop"]);
});
