import type { Locator, Page } from "@playwright/test";

export class BrokersPage {
  readonly add: Locator;
  readonly test: Locator;
  readonly url: Locator;
  readonly save: Locator;

  constructor(readonly page: Page) {
    this.add = page.getByRole("button", { name: /Add( a)? broker/ });
    this.test = page.getByRole("button", { name: /Test( the)? connection/ });
    this.url = page.getByLabel(/address|url/i);
    this.save = page.getByRole("button", { name: /^Save/ });
  }

  async open(): Promise<void> {
    await this.page.goto("/admin/brokers");
  }

  broker(name: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: name });
  }
}
