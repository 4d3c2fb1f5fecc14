import type { Locator, Page } from "@playwright/test";
import { expect, signIn, test } from "../fixtures";
import { DashboardPage } from "../pages/DashboardPage";

/** UI-1: every kind of control that is set by moving, on a phone. */

const number = (id: string, limits: string, rest = "") =>
  `  - {id: ${id}, filter: room/${id}, type: number, command: {topic: room/${id}/set, ${limits}}${rest}}`;
const onOff = (id: string) =>
  `  - {id: ${id}, filter: room/${id}, type: boolean, payloads: {on: "1", off: "0"}, command: {topic: room/${id}/set}}`;

const YAML = `
topics:
${number("level", "min: 0, max: 100, step: 1")}
${number("moving", "min: 0, max: 100, step: 1, send: moving")}
${onOff("lamp")}
${number("bright", "min: 0, max: 254, step: 1")}
${number("warmth", "min: 153, max: 500, step: 1", ", unit: mired")}
${number("blind", "min: 0, max: 100, step: 1")}
${number("tilt", "min: 0, max: 100, step: 1")}
  - {id: warm, filter: room/warm, type: number, unit: °C}
${number("target", "min: 5, max: 30, step: 0.5", ", unit: °C")}
${onOff("fan")}
${number("speed", "min: 0, max: 100, step: 1", ', unit: "%"')}
dashboards:
  - slug: room
    title: Room
    tiles:
      - {kind: slider, point: level}
      - {kind: slider, point: moving}
      - {kind: light, point: lamp, h: 5, options: {parts: {brightness: bright, colorTemperature: warmth}}}
      - {kind: cover, point: blind, h: 5, options: {parts: {tilt: tilt}}}
      - {kind: climate, point: warm, h: 5, options: {parts: {target: target}}}
      - {kind: fan, point: fan, h: 5, options: {parts: {speed: speed}}}
      - {kind: switch, point: lamp, title: Marker}
`;
test.use({ start: { yaml: YAML } });

/** By the accessible name of the slider. */
const SLIDERS = {
  level: ["level", 40],
  moving: ["moving", 60],
  "lamp brightness": ["bright", 127],
  "lamp colour temperature": ["warmth", 300],
  "blind position": ["blind", 50],
  "blind tilt": ["tilt", 30],
  "warm target": ["target", 20],
  "fan speed": ["speed", 70],
} as const;

interface Step {
  x: number;
  y: number;
}

/** Fingers as the browser's own input queue sees them: what a dispatched DOM event would do proves nothing here. */
async function fingers(page: Page) {
  const session = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd" | "touchCancel", touchPoints: Step[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints });
  return {
    async swipe(from: Step, steps: readonly Step[], end: "touchEnd" | "touchCancel" = "touchEnd") {
      await send("touchStart", [from]);
      for (const { x, y } of steps) await send("touchMove", [{ x: from.x + x, y: from.y + y }]);
      await send(end, []);
    },
  };
}

const shownBy = (slider: Locator) => slider.evaluate((input: HTMLInputElement) => Number(input.value));

test.describe("UI-1, UI-100: a thumb on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test.beforeEach(async ({ page, devices, telltale }) => {
    for (const [id, value] of Object.values(SLIDERS)) await devices.say(`room/${id}`, value, { retain: true });
    for (const id of ["lamp", "fan", "warm"]) await devices.say(`room/${id}`, id === "warm" ? 19 : 0, { retain: true });
    await signIn(page, telltale.url);
    await new DashboardPage(page).open("room");
    for (const [name, [, value]] of Object.entries(SLIDERS)) {
      const slider = page.getByRole("slider", { name, exact: true });
      await expect(slider).toBeEnabled();
      await expect.poll(() => shownBy(slider)).toBe(value);
    }
  });

  /** The slider's middle line, in the middle of the screen: room to swipe both ways. */
  async function middleOf(slider: Locator) {
    await slider.evaluate((input) => input.scrollIntoView({ block: "center", behavior: "instant" }));
    const box = await slider.boundingBox();
    if (!box) throw new Error("the slider is not on the page");
    return { x: box.x, y: box.y + box.height / 2, width: box.width };
  }

  test("a hundred vertical swipes over every kind of slider send nothing and move nothing", async ({
    page,
    devices,
  }) => {
    await devices.listen("room/+/set");
    const { swipe } = await fingers(page);
    let scrolled = 0;
    for (let i = 0; i < 100; i++) {
      const names = Object.keys(SLIDERS);
      const slider = page.getByRole("slider", { name: names[i % names.length] as string, exact: true });
      const { x, y, width } = await middleOf(slider);
      const before = await page.evaluate(() => window.scrollY);
      const way = i % 2 === 0 ? -1 : 1;
      // Along a thumb's arc, from the track's left end to its right one, over the thumb too.
      const steps = [12, 40, 90, 150, 210].map((far) => ({ x: (far / 210) * ((i % 5) - 2) * 12, y: way * far }));
      await swipe({ x: x + 1 + ((i * 37) % (width - 2)), y }, steps);
      if ((await page.evaluate(() => window.scrollY)) !== before) scrolled++;
    }
    // Taps and drags that the system takes away are no commands either.
    const { x, y, width } = await middleOf(page.getByRole("slider", { name: "level", exact: true }));
    await swipe({ x: x + width * 0.9, y }, []);
    // The slider is the whole tile: a tap opens its sheet (LK-11), and moves nothing.
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await swipe(
      { x: x + width * 0.2, y },
      [
        { x: 40, y: 0 },
        { x: 120, y: 2 },
      ],
      "touchCancel",
    );

    const marker = page.getByRole("switch", { name: "Marker" });
    await marker.tap();
    // The marker goes the same way, later: whatever a swipe had sent would be there before it.
    await expect.poll(() => devices.heard.map(({ topic, text }) => `${topic} ${text}`)).toEqual(["room/lamp/set 1"]);
    for (const [name, [, value]] of Object.entries(SLIDERS))
      expect(await shownBy(page.getByRole("slider", { name, exact: true })), name).toBe(value);
    expect(scrolled).toBeGreaterThan(50);
    await expect(page.getByText(/refused|too many/)).toHaveCount(0);
  });

  test("twenty horizontal drags send twenty commands, each for where the finger left", async ({ page, devices }) => {
    const { swipe } = await fingers(page);
    const list = Object.entries(SLIDERS).filter(([name]) => name !== "moving");
    for (const [, [id]] of list) await devices.answer(`room/${id}/set`, `room/${id}`);
    for (let i = 0; i < 20; i++) {
      const [name, [id]] = list[i % list.length] as (typeof list)[number];
      const slider = page.getByRole("slider", { name, exact: true });
      const { x, y, width } = await middleOf(slider);
      const [from, to] = [0.5, [0.2, 0.8, 0.35][Math.floor(i / list.length)] as number].map(
        (share) => x + share * width,
      );
      const far = (to as number) - (from as number);
      await swipe(
        { x: from as number, y },
        [0.3, 0.6, 1].map((share) => ({ x: far * share, y: 6 * share })),
      );
      await expect.poll(() => devices.heard.length).toBe(i + 1);
      const { topic, text } = devices.heard[i] as { topic: string; text: string };
      expect(topic).toBe(`room/${id}/set`);
      await expect.poll(() => shownBy(slider)).toBe(Number(text));
      const [min, max] = await slider.evaluate((input: HTMLInputElement) => [Number(input.min), Number(input.max)]);
      const share = (Number(text) - (min as number)) / ((max as number) - (min as number));
      const expected = ((to as number) - x - 13) / (width - 26);
      expect(Math.abs(share - expected), `${name}: ${text}`).toBeLessThan(0.08);
    }
  });

  test("a slider that sends while it moves follows the finger, and its last value goes", async ({ page, devices }) => {
    await devices.answer("room/moving/set", "room/moving");
    const { swipe } = await fingers(page);
    const slider = page.getByRole("slider", { name: "moving", exact: true });
    const { x, y, width } = await middleOf(slider);
    await swipe(
      { x: x + 0.3 * width, y },
      [20, 60, 100].map((far) => ({ x: far, y: 0 })),
    );
    const end = Math.round((100 * (0.3 * width + 100 - 13)) / (width - 26));
    await expect.poll(() => devices.heard.at(-1)?.text).toBe(String(end));
  });
});

test("UI-2: mouse and keyboard move a slider as ever", async ({ person, devices }) => {
  for (const [id, value] of Object.values(SLIDERS)) await devices.say(`room/${id}`, value, { retain: true });
  await devices.listen("room/+/set");
  const { page, dashboard } = await person();
  await dashboard.open("room");
  const slider = page.getByRole("slider", { name: "level", exact: true });
  await expect(slider).toBeEnabled();
  await expect.poll(() => shownBy(slider)).toBe(40);
  const box = await slider.boundingBox();
  if (!box) throw new Error("the slider is not on the page");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect.poll(() => devices.heard.length).toBe(1);
  expect(Number(devices.heard[0]?.text)).toBeCloseTo(50, -1);
  const other = page.getByRole("slider", { name: "fan speed" });
  await other.press("End");
  await expect.poll(() => devices.heard.map(({ text }) => text)).toEqual([expect.any(String), "100"]);
});
