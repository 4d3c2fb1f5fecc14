import type { Locator, Page } from "@playwright/test";

export class ExplorerPage {
  readonly tree: Locator;
  readonly search: Locator;
  readonly pane: Locator;
  readonly makeTile: Locator;

  constructor(readonly page: Page) {
    this.tree = page.getByRole("tree", { name: "Topics" });
    this.search = page.getByRole("searchbox", { name: "Search topics" });
    this.pane = page.getByRole("region", { name: "Picked topic" });
    this.makeTile = page.getByRole("dialog", { name: "Make a tile" });
  }

  async open(): Promise<void> {
    await this.page.goto("/explore");
  }

  /** The row of a level or topic, by what it shows. */
  row(text: string | RegExp): Locator {
    return this.tree.getByRole("treeitem").filter({ hasText: text });
  }
}
