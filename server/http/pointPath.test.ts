import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalPointPath } from "./pointPath";

const points = "/api/v1/points";

test.each([
  [`${points}/pump`, `${points}/pump`],
  [`${points}/climate/north.t`, `${points}/climate%2Fnorth.t`],
  [`${points}/climate%2Fnorth.t`, `${points}/climate%2Fnorth.t`],
  [`${points}/climate/north.t/history?from=1`, `${points}/climate%2Fnorth.t/history?from=1`],
  [`${points}/climate/north.t/message`, `${points}/climate%2Fnorth.t/message`],
  [`${points}/climate%2Fnorth.t/commands`, `${points}/climate%2Fnorth.t/commands`],
  [`${points}/climate/north.t/commands/7c8b/dismiss`, `${points}/climate%2Fnorth.t/commands/7c8b/dismiss`],
  [`${points}/pump/commands/7c8b/dismiss`, `${points}/pump/commands/7c8b/dismiss`],
  [`${points}/commands/7c8b/dismiss`, `${points}/commands%2F7c8b%2Fdismiss`],
  [`${points}/log/history/history`, `${points}/log%2Fhistory/history`],
  [`${points}/log%2Fhistory`, `${points}/log%2Fhistory`],
  [`${points}/a/b?c=/history`, `${points}/a%2Fb?c=/history`],
  [`${points}/history`, `${points}/history`],
  [`${points}/a//b`, `${points}/a%2F%2Fb`],
  [`${points}?registration=a`, `${points}?registration=a`],
  ["/api/v1/dashboards/a", "/api/v1/dashboards/a"],
  [`${points}/a%ZZ`, undefined],
])("AC-12: %s is read as %s", (url, canonical) => {
  expect(canonicalPointPath(url)).toBe(canonical);
});

test("AC-12: any id, encoded, comes through as itself", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (id) => {
      const encoded = encodeURIComponent(id);
      expect(canonicalPointPath(`${points}/${encoded}/history`)).toBe(`${points}/${encoded}/history`);
    }),
  );
});
