import { expect, type Locator, type Page } from "@playwright/test";

/** A point's own page, by what a person sees or hears of it. */
export class PointPage {
  readonly chart: Locator;
  readonly recent: Locator;

  constructor(readonly page: Page) {
    this.chart = page.getByRole("img", { name: /^Chart of/ });
    this.recent = page.getByRole("region", { name: "Recent readings" });
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await expect(this.chart).toHaveAccessibleName(/: (from|always|no readings|On|Off)/);
  }

  span(label: string): Locator {
    return this.page.getByRole("radio", { name: label, exact: true });
  }

  async choose(label: string): Promise<void> {
    await this.page.getByRole("group", { name: "Span" }).getByText(label, { exact: true }).click();
  }

  /** Of what is seen. */
  stat(name: "min" | "mean" | "max" | "count"): Locator {
    return this.page.locator(`[data-stat="${name}"]`).first();
  }

  /** Selects a stretch with the mouse, in shares of the plot's width. */
  async select(from: number, to: number): Promise<void> {
    const box = await this.chart.locator(".u-over").boundingBox();
    if (!box) throw new Error("there is no plot");
    const y = box.y + box.height / 3;
    await this.page.mouse.move(box.x + box.width * from, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width * to, y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Ctrl and the wheel; negative is nearer. */
  async zoom(at: number, delta: number): Promise<void> {
    await this.page.keyboard.down("Control");
    await this.wheel(at, delta);
    await this.page.keyboard.up("Control");
  }

  async wheel(at: number, delta: number): Promise<void> {
    const box = await this.chart.locator(".u-over").boundingBox();
    if (!box) throw new Error("there is no plot");
    await this.page.mouse.move(box.x + box.width * at, box.y + box.height / 3);
    await this.page.mouse.wheel(0, delta);
  }
}
