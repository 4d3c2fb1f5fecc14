import { axeFaults } from "../axe";
import type { FakeDevice } from "../fakeDevice";
import { expect, test } from "../fixtures";

const device = { identifiers: ["room-1"], name: "Study", manufacturer: "Acme" };
const availability = { availability_topic: "study/online" };

async function announce(devices: FakeDevice): Promise<void> {
  const config = (component: string, name: string, rest: object) =>
    devices.say(
      `homeassistant/${component}/study/${name}/config`,
      { name: name.replaceAll("_", " "), unique_id: `study-${name}`, device, ...availability, ...rest },
      { retain: true },
    );
  await config("light", "Desk_lamp", {
    schema: "json",
    state_topic: "study/lamp",
    command_topic: "study/lamp/set",
    brightness: true,
    supported_color_modes: ["color_temp"],
    effect: true,
    effect_list: ["none", "candle"],
  });
  await config("cover", "Blind", {
    state_topic: "study/blind/state",
    command_topic: "study/blind/set",
    position_topic: "study/blind/position",
    set_position_topic: "study/blind/position/set",
  });
  await config("cover", "Shutter", { command_topic: "study/shutter/set" });
  await config("cover", "Roller", {
    position_topic: "study/roller/shut",
    set_position_topic: "study/roller/shut/set",
    position_open: 0,
    position_closed: 100,
  });
  await config("climate", "Thermostat", {
    modes: ["off", "heat"],
    mode_state_topic: "study/heat/mode",
    mode_command_topic: "study/heat/mode/set",
    current_temperature_topic: "study/heat/current",
    temperature_state_topic: "study/heat/target",
    temperature_command_topic: "study/heat/target/set",
    action_topic: "study/heat/action",
    min_temp: 5,
    max_temp: 30,
    temp_step: 0.5,
    temperature_unit: "C",
  });
  await config("fan", "Fan", {
    state_topic: "study/fan/state",
    command_topic: "study/fan/set",
    percentage_state_topic: "study/fan/speed",
    percentage_command_topic: "study/fan/speed/set",
    oscillation_state_topic: "study/fan/swing",
    oscillation_command_topic: "study/fan/swing/set",
  });
  const now = { retain: true };
  await devices.say("study/online", "online", now);
  await devices.say("study/lamp", { state: "OFF", brightness: 51, color_temp: 250, effect: "none" }, now);
  await devices.say("study/blind/state", "open", now);
  await devices.say("study/blind/position", 70, now);
  await devices.say("study/roller/shut", 80, now);
  await devices.say("study/heat/mode", "heat", now);
  await devices.say("study/heat/current", 19.5, now);
  await devices.say("study/heat/target", 21, now);
  await devices.say("study/heat/action", "heating", now);
  await devices.say("study/fan/state", "OFF", now);
  await devices.say("study/fan/speed", 30, now);
  await devices.say("study/fan/swing", "oscillate_on", now);
}

/** As the devices do: each takes its orders and reports what it has become. */
async function obey(devices: FakeDevice): Promise<void> {
  const lamp: Record<string, unknown> = { state: "OFF", brightness: 51, color_temp: 250, effect: "none" };
  await devices.answer("study/lamp/set", "study/lamp", (order) =>
    JSON.stringify(Object.assign(lamp, JSON.parse(order))),
  );
  for (const [order, state] of [
    ["study/blind/position/set", "study/blind/position"],
    ["study/roller/shut/set", "study/roller/shut"],
    ["study/heat/mode/set", "study/heat/mode"],
    ["study/heat/target/set", "study/heat/target"],
    ["study/fan/set", "study/fan/state"],
    ["study/fan/speed/set", "study/fan/speed"],
    ["study/fan/swing/set", "study/fan/swing"],
  ] as const)
    await devices.answer(order, state);
  await devices.answer("study/blind/set", "study/blind/state", (order) => (order === "CLOSE" ? "closing" : undefined));
  await devices.listen("study/shutter/set");
}

test("CO-1, CO-2: what Home Assistant discovery tells of a room becomes a tile for each thing by “Add all”, and each control does what it says", async ({
  person,
  devices,
}) => {
  await announce(devices);
  await obey(devices);
  const { page, dashboard } = await person();
  await page.goto("/found");
  await page.getByRole("button", { name: "Add all" }).click();
  await expect(page.getByText(/points added/)).toBeVisible();
  await dashboard.openEverything();

  const lamp = dashboard.tile("Desk lamp");
  const blind = dashboard.tile("Blind");
  const shutter = dashboard.tile("Shutter");
  const roller = dashboard.tile("Roller");
  const thermostat = dashboard.tile("Thermostat");
  const fan = dashboard.tile("Fan");
  for (const [tile, kind] of [
    [lamp, "light"],
    [blind, "cover"],
    [shutter, "cover"],
    [roller, "cover"],
    [thermostat, "climate"],
    [fan, "fan"],
  ] as const)
    await expect(tile.root).toHaveAttribute("data-kind", kind);
  await expect(dashboard.tiles).toHaveCount(6);

  const sent = (topic: string) => devices.heard.filter((one) => one.topic === topic).map((one) => one.text);

  await lamp.expectValue("Off");
  await lamp.switch.click();
  await lamp.expectText("confirmed");
  await lamp.expectValue("On");
  expect(sent("study/lamp/set").map((text) => JSON.parse(text))).toEqual([{ state: "ON" }]);
  const brightness = lamp.root.getByRole("slider", { name: "Desk lamp brightness" });
  await expect(lamp.root).toContainText("20 %");
  await brightness.focus();
  await brightness.press("End");
  await lamp.expectText(/Brightness: confirmed/);
  await expect(lamp.root).toContainText("100 %");
  expect(JSON.parse(sent("study/lamp/set").at(-1) ?? "")).toEqual({ state: "ON", brightness: 255 });
  await lamp.root.getByRole("slider", { name: "Desk lamp colour temperature" }).press("Home");
  await lamp.expectText(/Colour temperature: confirmed/);
  expect(JSON.parse(sent("study/lamp/set").at(-1) ?? "")).toEqual({ state: "ON", color_temp: 153 });
  await lamp.select.selectOption("candle");
  await lamp.expectText(/Effect: confirmed/);
  await expect(lamp.select).toHaveValue("candle");

  await blind.expectValue("70");
  await blind.button("Close Blind").click();
  await expect.poll(() => sent("study/blind/set")).toEqual(["CLOSE"]);
  await blind.expectText("closing…");
  const position = blind.root.getByRole("slider", { name: "Blind position" });
  await position.press("Home");
  await blind.expectText(/Position: confirmed/);
  await blind.expectValue("0");
  expect(sent("study/blind/position/set")).toEqual(["0"]);

  await expect(shutter.root.getByRole("slider")).toHaveCount(0);
  await expect(shutter.root.getByRole("button")).toHaveCount(3);
  await shutter.button("Open Shutter").click();
  await expect.poll(() => sent("study/shutter/set")).toEqual(["OPEN"]);
  await shutter.expectText(/Open: sent/);

  // It counts how far it is shut, and is never shown as that far open.
  await roller.expectValue("80");
  await roller.expectText("closed");
  await roller.root.getByRole("slider", { name: "Roller closed" }).press("End");
  await roller.expectText(/Closed: confirmed/);
  expect(sent("study/roller/shut/set")).toEqual(["100"]);

  await thermostat.expectValue("19.5");
  await thermostat.expectText("heating");
  // One press after the other, however slow the machine is.
  await thermostat.button("Raise Thermostat target").dblclick();
  await thermostat.expectText(/Target: confirmed/);
  expect(sent("study/heat/target/set")).toEqual(["22"]);
  await thermostat.root.getByRole("combobox", { name: "Thermostat mode" }).selectOption("off");
  await thermostat.expectText(/Mode: confirmed/);
  expect(sent("study/heat/mode/set")).toEqual(["off"]);

  await fan.root.getByRole("switch", { name: "Fan", exact: true }).click();
  await fan.expectValue("On");
  await fan.root.getByRole("switch", { name: "Fan oscillation" }).click();
  await fan.expectText(/Oscillation: confirmed/);
  expect(sent("study/fan/swing/set")).toEqual(["oscillate_off"]);

  expect(await axeFaults(page, { rules: "wcag" })).toEqual([]);

  await devices.say("study/online", "offline", { retain: true });
  await lamp.expectState("offline");
  await expect(brightness).toBeDisabled();
});

test("CO-101: a device that does not answer leaves what it reported, and the tile says which part was asked", async ({
  person,
  devices,
}) => {
  await announce(devices);
  const { page, dashboard } = await person();
  await page.goto("/found");
  await page.getByRole("button", { name: "Add all" }).click();
  await expect(page.getByText(/points added/)).toBeVisible();
  await dashboard.openEverything();
  const lamp = dashboard.tile("Desk lamp");
  // It hears the command, and does nothing.
  await devices.listen("study/lamp/set");
  await lamp.select.selectOption("candle");
  await lamp.expectText(/Effect: asked for candle, waiting/);
  await expect(lamp.select).toHaveValue("none");
  await expect(lamp.root).toHaveAttribute("aria-busy", "true");
  await lamp.expectText(/Effect: asked for candle at [\d:]+, the device did not answer/);
  // A newer command takes the foot; what came to nothing is still told, at its part.
  await devices.answer("study/lamp/set", "study/lamp", () => '{"state": "ON", "brightness": 51}');
  await lamp.switch.click();
  await lamp.expectValue("On");
  await expect(lamp.root.locator('[data-part="effect"]')).toContainText(
    /asked for candle at [\d:]+, the device did not answer/,
  );
});

test("a tile by hand needs no words of discovery, and “Add tile” offers a lamp as one thing", async ({
  person,
  devices,
}) => {
  await announce(devices);
  const { page, dashboard } = await person();
  await page.goto("/found");
  await page.getByRole("button", { name: "Add all" }).click();
  await expect(page.getByText(/points added/)).toBeVisible();
  await dashboard.openEverything();
  await page.getByRole("button", { name: "New dashboard" }).click();
  await page.getByLabel("Title").fill("Mine");
  await page.getByRole("button", { name: /Create/ }).click();
  await page.waitForURL(/\/d\/mine/);
  await page.getByRole("button", { name: "Add tiles" }).click();
  await page.getByRole("radio", { name: /Desk lamp light, 4 points/ }).check();
  await expect(page.getByLabel("Show Desk lamp as")).toHaveValue("light");
  await page.getByRole("button", { name: "Add tile", exact: true }).last().click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(dashboard.tile("Desk lamp").root.getByRole("slider")).toHaveCount(2);
});
