import { expect, test } from "../fixtures";

const YAML = `
topics:
  - {id: temp, name: Temperature, filter: plant/temp, unit: °C, type: number}
  - id: pump
    name: Pump
    filter: plant/pump/state
    type: boolean
    payloads: {on: "ON", off: "OFF"}
    command: {topic: plant/pump/set, confirm: 2s}
`;

test.use({ start: { yaml: YAML } });

test("a broker that dies marks every tile with the reason, takes no command, and comes back live", async ({
  person,
  mosquitto,
  devices,
}) => {
  await devices.say("plant/temp", "21.5");
  await devices.say("plant/pump/state", "OFF");
  const { dashboard } = await person();
  await dashboard.openEverything();
  await devices.say("plant/temp", "21.5");
  await devices.say("plant/pump/state", "OFF");
  const [temp, pump] = [dashboard.tile("Temperature"), dashboard.tile("Pump")];
  await temp.expectState("live");
  await temp.expectValue(/21\.5/);

  await mosquitto.kill();
  await temp.expectState("offline");
  await temp.expectText(/broker/i);
  await temp.expectValue(/21\.5/);
  await expect(pump.switch).toBeDisabled();

  await mosquitto.restart();
  await expect.poll(() => devices.client.connected).toBe(true);
  await expect(async () => {
    await devices.say("plant/temp", "22.5");
    await temp.expectValue(/22\.5/);
  }).toPass();
  await temp.expectState("live");
  await expect(pump.switch).toBeEnabled();
});

test("a command that was on its way when the broker died is told as unknown, and is never sent again", async ({
  person,
  mosquitto,
  devices,
}) => {
  const { dashboard } = await person();
  await dashboard.openEverything();
  await devices.say("plant/pump/state", "OFF");
  await devices.listen("plant/pump/set");
  const pump = dashboard.tile("Pump");
  await pump.expectOn(false);
  mosquitto.freeze();
  await pump.switch.click();
  await expect(pump.root).toHaveAttribute("data-command", "unknown");
  await pump.expectText(/may or may not have happened/);
  await mosquitto.kill();
  await mosquitto.restart();
  await expect.poll(() => devices.client.connected).toBe(true);
  await devices.listen("plant/pump/set");
  // Telltale is back when it can send again: the second press must be the only message the device ever hears.
  await expect(pump.switch).toBeEnabled({ timeout: 30_000 });
  await devices.say("plant/pump/state", "OFF");
  await pump.switch.click();
  await expect.poll(() => devices.heard.length).toBeGreaterThan(0);
  await pump.expectText(/did not answer/);
  expect(devices.heard.map((m) => m.text)).toEqual(["ON"]);
});

test("a page whose server is gone says so by itself, and is right again when the server is back", async ({
  person,
  telltale,
  devices,
}) => {
  const { dashboard } = await person();
  await dashboard.openEverything();
  await devices.say("plant/temp", "20");
  const temp = dashboard.tile("Temperature");
  await temp.expectValue(/20/);
  await telltale.kill();
  await expect(dashboard.connectionLost).toBeVisible({ timeout: 15_000 });
  await temp.expectState("stale");
  await temp.expectValue(/20/);
  await telltale.start();
  await expect(dashboard.connectionLost).toBeHidden({ timeout: 20_000 });
  await expect(async () => {
    await devices.say("plant/temp", "23");
    await temp.expectValue(/23/);
  }).toPass();
  await temp.expectState("live");
});
