import { expect, type Locator, type Page } from "@playwright/test";

export type DataState = "live" | "stale" | "offline" | "unknown" | "alarm";

/** One tile, by what docs/design.md promises of its markup: a group with the point's name, a value, a state, real roles. */
export class TileObject {
  readonly value: Locator;
  readonly switch: Locator;
  readonly slider: Locator;
  readonly select: Locator;

  constructor(readonly root: Locator) {
    this.value = root.locator("[data-value]").first();
    this.switch = root.getByRole("switch");
    this.slider = root.getByRole("slider");
    this.select = root.getByRole("combobox");
  }

  button(name?: string | RegExp): Locator {
    return this.root.getByRole("button", { name });
  }

  async expectValue(text: string | RegExp): Promise<void> {
    await expect(this.value).toHaveText(text);
  }

  async expectState(state: DataState | RegExp): Promise<void> {
    await expect(this.root).toHaveAttribute("data-state", state);
  }

  /** The command's state, or any other word that the tile tells. */
  async expectText(text: string | RegExp): Promise<void> {
    await expect(this.root).toContainText(text);
  }

  /** By keyboard. A control that the page has not woken yet takes no keys, and nobody would hear of them. */
  async focus(control: Locator): Promise<void> {
    await expect(control).toBeEnabled();
    await control.focus();
    await expect(control).toBeFocused();
  }

  async expectOn(on: boolean): Promise<void> {
    await expect(this.switch).toHaveAttribute("aria-checked", String(on));
  }
}

export class DashboardPage {
  constructor(readonly page: Page) {}

  async open(slug: string): Promise<void> {
    await this.page.goto(`/d/${slug}`);
  }

  async openEverything(): Promise<void> {
    await this.page.goto("/everything");
  }

  tile(name: string): TileObject {
    return new TileObject(this.page.getByRole("group", { name, exact: true }));
  }

  get tiles(): Locator {
    return this.page.locator('[role="group"][data-state]');
  }

  /** The quiet bar that says that the page shows old values. */
  get connectionLost(): Locator {
    return this.page.getByText(/Connection lost/);
  }
}
