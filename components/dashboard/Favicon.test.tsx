import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Counts } from "@/lib/pointState";
import { faviconOf } from "./Favicon";
import { FAVICONS } from "./favicons";
import { countStates } from "./summary";

const counts = (...states: ("live" | "stale" | "warning" | "critical")[]): Counts =>
  countStates(
    states.map((key) =>
      key === "live" || key === "stale" ? { state: key, level: undefined } : { state: "alarm", level: key },
    ),
  );

test("OP-20: the tab's icon shows the worst alarm on the page", () => {
  expect(faviconOf("live", counts("live", "stale"))).toBe("live");
  expect(faviconOf("live", counts("live", "warning"))).toBe("warning");
  expect(faviconOf("live", counts("critical", "warning"))).toBe("critical");
});

test("OP-20: a page that cannot vouch for its values shows no alarm and no all-clear, but a lost connection", () => {
  for (const state of ["silent", "offline", "refused"] as const)
    expect(faviconOf(state, counts("critical"))).toBe("lost");
});

test("OP-20: every icon that a page names is there, and the one that browsers ask for while none is named", () => {
  for (const path of [...Object.values(FAVICONS), "/favicon.ico"])
    expect(existsSync(fileURLToPath(new URL(`../../public${path}`, import.meta.url)))).toBe(true);
});
