import type { Locator, Page } from "@playwright/test";

export class RegistrationForm {
  readonly filter: Locator;
  readonly id: Locator;
  readonly name: Locator;
  readonly unit: Locator;
  readonly preview: Locator;
  readonly save: Locator;
  /** The fields of the payload that can be ticked. */
  readonly found: Locator;
  /** What the form does not ask for at once. */
  readonly more: Locator;

  constructor(readonly page: Page) {
    this.filter = page.getByLabel("Topic filter");
    this.id = page.getByLabel("Id", { exact: true });
    this.name = page.getByLabel("Name", { exact: true });
    this.unit = page.getByLabel("Unit");
    this.preview = page.getByRole("region", { name: "Live preview" });
    this.save = page.getByRole("button", { name: /^(Save|Register)$/ });
    this.found = page.getByRole("list", { name: "Fields of the payload" });
    this.more = page.locator("form details").filter({ has: page.locator("summary", { hasText: /^More/ }) });
  }

  async openNew(): Promise<void> {
    await this.page.goto("/admin/topics/new");
  }

  async openMore(): Promise<void> {
    if ((await this.more.getAttribute("open")) === null) await this.more.locator("summary").first().click();
  }

  tick(field: string): Locator {
    return this.found.getByRole("checkbox", { name: field, exact: true });
  }
}
