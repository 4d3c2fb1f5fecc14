import type { Locator, Page } from "@playwright/test";

export class LoginPage {
  readonly username: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  readonly problem: Locator;

  constructor(readonly page: Page) {
    this.username = page.getByLabel("User name");
    this.password = page.getByLabel("Password", { exact: true });
    this.submit = page.getByRole("button", { name: /^Sign in/ });
    this.problem = page.getByRole("alert").filter({ hasText: /\S/ });
  }

  async open(path = "/login"): Promise<void> {
    await this.page.goto(path);
  }

  async fill(credentials: { username: string; password: string }): Promise<void> {
    await this.username.fill(credentials.username);
    await this.password.fill(credentials.password);
    await this.submit.click();
  }
}
