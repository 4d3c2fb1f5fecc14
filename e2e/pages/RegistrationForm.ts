import type { Locator, Page } from "@playwright/test";

export class RegistrationForm {
  readonly filter: Locator;
  readonly id: Locator;
  readonly name: Locator;
  readonly preview: Locator;
  readonly save: Locator;

  constructor(readonly page: Page) {
    this.filter = page.getByLabel("Topic filter");
    this.id = page.getByLabel("Id", { exact: true });
    this.name = page.getByLabel("Name", { exact: true });
    this.preview = page.getByRole("region", { name: /arriv|preview/i });
    this.save = page.getByRole("button", { name: /^(Save|Register)/ });
  }

  async openNew(): Promise<void> {
    await this.page.goto("/admin/topics/new");
  }
}
