import type { Locator, Page } from "@playwright/test";

export class SetupPage {
  readonly username: Locator;
  readonly password: Locator;
  readonly repeat: Locator;
  readonly submit: Locator;

  constructor(readonly page: Page) {
    this.username = page.getByLabel("User name");
    this.password = page.getByLabel("Password", { exact: true });
    this.repeat = page.getByLabel("Password again");
    this.submit = page.getByRole("button", { name: "Create the account" });
  }

  /** The one-time link that the first start printed. */
  static link(log: string): string {
    const found = /\/setup\?token=[\w-]+/.exec(log);
    if (!found) throw new Error(`no set-up link was printed:\n${log}`);
    return found[0];
  }

  async createAdmin(credentials: { username: string; password: string }): Promise<void> {
    await this.username.fill(credentials.username);
    await this.password.fill(credentials.password);
    await this.repeat.fill(credentials.password);
    await this.submit.click();
    await this.page.waitForURL((url) => url.pathname !== "/setup");
  }
}
