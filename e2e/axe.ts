import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

export interface AxeOptions {
  /** `all` (default): best practices too. `wcag`: what WCAG 2.2 AA asks. `contrast`: what another theme may change. */
  rules?: "all" | "wcag" | "contrast";
  /** Only what is inside. */
  include?: string;
}

/** What a machine can find wrong with a page for people who see, hear or move differently: each fault with its elements. */
export async function axeFaults(page: Page, { rules = "all", include }: AxeOptions = {}): Promise<string[]> {
  // No page has frames: axe runs in the page itself, and needs no second page to sum up. Only faults are worked out in full.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode();
  if (rules === "wcag") axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
  if (rules === "contrast") axe.withRules("color-contrast");
  if (include !== undefined) axe.include(include);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
  );
}
