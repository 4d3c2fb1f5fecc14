import { paintPng } from "../../server/demo/png";
import { axeFaults } from "../axe";
import { consoleErrors, expect, test } from "../fixtures";

const YAML = `
topics:
  - {id: camera, name: Yard, filter: yard/camera, format: image}
  - {id: letter, name: Letter, filter: yard/letter, format: image, encoding: base64}
  - {id: car, name: Car, filter: cars/car, format: location}
  - {id: bike, name: Bike, filter: cars/bike, format: location}
dashboards:
  - slug: yard
    title: Yard
    tiles:
      - {kind: picture, point: camera}
      - {kind: picture, point: letter}
      - {kind: map, point: car, title: Where, options: {points: [bike]}}
`;

test.use({ start: { yaml: YAML } });

const red = paintPng(40, 20, () => [200, 0, 0]);
const blue = paintPng(20, 40, () => [0, 0, 200]);

for (const [where, size] of [
  ["a desktop", { width: 1440, height: 900 }],
  ["a phone", { width: 390, height: 844 }],
] as const)
  test(`DC-50: pictures are shown whole as they come, bytes unchanged, and can be looked at large, on ${where}`, async ({
    person,
    devices,
  }) => {
    const { page, dashboard } = await person();
    await page.setViewportSize(size);
    const errors = consoleErrors(page);
    await devices.client.publishAsync("yard/camera", red, { qos: 1, retain: true });
    await devices.client.publishAsync("yard/letter", blue.toString("base64"), { qos: 1, retain: true });
    await dashboard.open("yard");
    const yard = dashboard.tile("Yard");
    const image = yard.root.getByRole("img", { name: "Yard" });
    await expect(image).toHaveJSProperty("naturalWidth", 40);
    await yard.expectState("live");
    await expect(dashboard.tile("Letter").root.getByRole("img", { name: "Letter" })).toHaveJSProperty(
      "naturalHeight",
      40,
    );
    const sent = await page.request.get("/api/v1/points/camera/image");
    expect(Buffer.compare(await sent.body(), red)).toBe(0);
    expect(sent.headers()["content-type"]).toBe("image/png");

    await devices.client.publishAsync("yard/camera", blue, { qos: 1, retain: true });
    await expect(image).toHaveJSProperty("naturalWidth", 20);
    await yard.root.getByRole("button", { name: "Show Yard large" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Yard" });
    await expect(dialog).toContainText("20 × 40 pixels");
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);

    // What is no picture changes nothing of what is shown, and is told on the point's page.
    await devices.say("yard/camera", "<svg onload='alert(1)'/>");
    await page.goto("/p/camera");
    await expect(page.getByText(/could not be read.*neither a JPEG nor a PNG/)).toBeVisible();
    expect(await axeFaults(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

test("DC-51: places are on one map, which follows them until it is moved, by keys too", async ({ person, devices }) => {
  const { page, dashboard } = await person();
  const errors = consoleErrors(page);
  await devices.say("cars/car", { lat: 52.52, lon: 13.405, acc: 12 }, { retain: true });
  await devices.say("cars/bike", "52.53, 13.41", { retain: true });
  await dashboard.open("yard");
  const map = dashboard.tile("Where");
  await map.expectText("52.52000° N, 13.40500° E ± 12 m");
  await expect(map.root.locator(".map-marker")).toHaveCount(2);
  await expect(map.root.locator(".map-drawing")).toContainText("Bike");
  const bar = map.root.locator(".map-bar + text");
  const before = await bar.textContent();
  await map.button("Zoom out").click();
  await map.button("Zoom out").click();
  await expect(bar).not.toHaveText(before ?? "");
  const surface = map.root.getByRole("group", { name: /^Where: map/ });
  await surface.focus();
  await surface.press("Home");
  await expect(bar).toHaveText(before ?? "");
  const marker = map.root.locator(".map-marker").first();
  const at = await marker.getAttribute("cx");
  await surface.press("ArrowRight");
  await expect(marker).not.toHaveAttribute("cx", at ?? "");
  await surface.press("Home");
  await devices.say("cars/car", { lat: 52.521, lon: 13.406, acc: 5 }, { retain: true });
  await map.expectText("52.52100° N, 13.40600° E ± 5 m");
  await expect(map.root.locator(".map-way").first()).toHaveAttribute("points", / /);
  await devices.say("cars/car", { lat: 91, lon: 0 });
  await devices.say("cars/bike", { lat: null, lon: null });
  await expect(map.root.locator(".map-marker")).toHaveCount(1);
  await map.expectText("52.52100° N");
  expect(await axeFaults(page, { include: ".tile" })).toEqual([]);
  expect(errors).toEqual([]);
});
