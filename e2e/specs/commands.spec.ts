import { expect, test } from "../fixtures";

const YAML = `
topics:
  - id: pump
    name: Pump
    filter: plant/pump/state
    type: boolean
    payloads: {on: "ON", off: "OFF"}
    availability: {filter: plant/pump/lwt, online: Online, offline: Offline}
    command: {topic: plant/pump/set, confirm: 4s}
  - id: setpoint
    name: Setpoint
    filter: plant/boiler/setpoint
    type: number
    unit: °C
    command: {topic: plant/boiler/setpoint/set, min: 30, max: 80, step: 0.5, template: '{"target": {{value}}}'}
  - id: mode
    name: Fan mode
    filter: plant/fan/mode
    command: {topic: plant/fan/mode/set, options: [off, low, high]}
  - id: bell
    name: Bell
    command: {topic: plant/bell, press: RING}
  - id: shared
    name: Shared relay
    filter: plant/shared
    type: boolean
    payloads: {on: "ON", off: "OFF"}
    command: {topic: plant/shared, confirm: 1s}
  - id: siren
    name: Siren
    filter: plant/siren/state
    type: boolean
    payloads: {on: "ON", off: "OFF"}
    command: {topic: plant/siren/set, ask: Sound the siren?}
dashboards:
  - slug: plant
    title: Plant
    tiles:
      - {kind: switch, point: pump}
      - {kind: slider, point: setpoint}
      - {kind: select, point: mode}
      - {kind: button, point: bell}
      - {kind: switch, point: shared}
      - {kind: switch, point: siren, options: {on: Howling, off: Silent}}
`;

test.use({ start: { yaml: YAML } });

test.beforeEach(async ({ devices }) => {
  await devices.say("plant/pump/lwt", "Online", { retain: true });
  await devices.say("plant/pump/state", "OFF", { retain: true });
});

test("a toggle waits for the device and is confirmed by it, in two browsers at once", async ({ person, devices }) => {
  await devices.answer("plant/pump/set", "plant/pump/state", (payload) => payload, 2500);
  const ana = await person();
  const ben = await person();
  await ana.dashboard.open("plant");
  await ben.dashboard.open("plant");
  const [hers, his] = [ana.dashboard.tile("Pump"), ben.dashboard.tile("Pump")];
  await hers.expectOn(false);
  await hers.switch.click();
  await hers.expectText(/waiting|sending/);
  await his.expectText(/waiting|sending/);
  await hers.expectOn(true);
  await his.expectOn(true);
  await hers.expectText(/confirmed/);
  await his.expectText(/confirmed/);
  expect(devices.heard.map((m) => m.text)).toEqual(["ON"]);
});

test("a double press is one command: the second press is refused aloud, and what became of the first stays told", async ({
  person,
  devices,
}) => {
  await devices.answer("plant/pump/set", "plant/pump/state", (payload) => payload, 3000);
  const { dashboard } = await person();
  await dashboard.open("plant");
  const tile = dashboard.tile("Pump");
  await tile.expectOn(false);
  await tile.switch.dblclick();
  await tile.expectText(/Your own command is still under way/);
  await tile.expectText(/asked for On, waiting for Pump/);
  await tile.expectOn(true);
  await tile.expectText(/still under way.*confirmed/);
  expect(devices.heard.map((m) => m.text)).toEqual(["ON"]);
});

test("a silent device leaves the switch where it was, and the tile says that nothing answered", async ({
  person,
  devices,
}) => {
  await devices.listen("plant/pump/set");
  const { dashboard } = await person();
  await dashboard.open("plant");
  const tile = dashboard.tile("Pump");
  await tile.switch.click();
  await tile.expectText(/did not answer/);
  await tile.expectOn(false);
  await expect(tile.root).toHaveAttribute("data-command", "unconfirmed");
  expect(devices.heard).toHaveLength(1);
});

test("an offline device takes no command, and the tile says why", async ({ person, devices }) => {
  const { dashboard } = await person();
  await dashboard.open("plant");
  const tile = dashboard.tile("Pump");
  await expect(tile.switch).toBeEnabled();
  await devices.say("plant/pump/lwt", "Offline", { retain: true });
  await tile.expectState("offline");
  await expect(tile.switch).toBeDisabled();
  await tile.expectText(/offline/);
});

test("Telltale's own echo on a shared topic confirms nothing", async ({ person, devices }) => {
  await devices.say("plant/shared", "OFF");
  const { dashboard } = await person();
  await dashboard.open("plant");
  await devices.say("plant/shared", "OFF");
  const tile = dashboard.tile("Shared relay");
  await tile.expectOn(false);
  await tile.switch.click();
  await tile.expectText(/did not answer/);
  await tile.expectOn(false);
});

test("a slider sends its last value through the template, and shows what the device reports", async ({
  person,
  devices,
}) => {
  await devices.answer("plant/boiler/setpoint/set", "plant/boiler/setpoint", (text) => String(JSON.parse(text).target));
  await devices.say("plant/boiler/setpoint", "50", { retain: true });
  const { dashboard } = await person();
  await dashboard.open("plant");
  const tile = dashboard.tile("Setpoint");
  await tile.expectValue(/50/);
  await tile.focus(tile.slider);
  await tile.slider.press("ArrowRight");
  await tile.expectValue(/50\.5/);
  await expect(tile.root).toHaveAttribute("data-command", "confirmed");
  expect(devices.heard.at(-1)?.text).toBe('{"target": 50.5}');
});

test("arrow keys on a slider send once, where they stop", async ({ person, devices }) => {
  await devices.answer("plant/boiler/setpoint/set", "plant/boiler/setpoint", (text) => String(JSON.parse(text).target));
  await devices.say("plant/boiler/setpoint", "50", { retain: true });
  const { dashboard, page } = await person();
  await page.clock.install();
  await dashboard.open("plant");
  const tile = dashboard.tile("Setpoint");
  await tile.expectValue(/50/);
  await tile.focus(tile.slider);
  // In one row, however long a busy machine takes from key to key: the page's clock stands still meanwhile.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 100));
  for (let i = 0; i < 4; i++) await tile.slider.press("ArrowRight");
  await page.clock.resume();
  await tile.expectText(/confirmed/);
  await tile.expectValue(/52/);
  expect(devices.heard.map((m) => m.text)).toEqual(['{"target": 52}']);
});

test("a select sends one of its options, a button its press, and the button's command is never called state", async ({
  person,
  devices,
}) => {
  await devices.answer("plant/fan/mode/set", "plant/fan/mode");
  await devices.say("plant/fan/mode", "off", { retain: true });
  await devices.listen("plant/bell");
  const { dashboard } = await person();
  await dashboard.open("plant");
  const mode = dashboard.tile("Fan mode");
  await mode.select.selectOption("high");
  await mode.expectValue(/high/);
  const bell = dashboard.tile("Bell");
  await bell.root
    .getByRole("button", { name: /Bell|Press|Ring/i })
    .last()
    .click();
  await bell.expectText(/sent|pressed/);
  await expect.poll(() => devices.heard.filter((m) => m.topic === "plant/bell").map((m) => m.text)).toEqual(["RING"]);
});

test("a point that asks first sends nothing until the person says yes", async ({ person, devices }) => {
  await devices.answer("plant/siren/set", "plant/siren/state");
  await devices.say("plant/siren/state", "OFF", { retain: true });
  const { dashboard, page } = await person();
  await dashboard.open("plant");
  const tile = dashboard.tile("Siren");
  await tile.switch.click();
  const question = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  await expect(question).toContainText("Sound the siren?");
  // In the tile's own words.
  await expect(question).toContainText("Siren: Howling");
  await question.getByRole("button", { name: /cancel|no/i }).click();
  await expect(question).toBeHidden();
  expect(devices.heard).toEqual([]);
  await tile.switch.click();
  await question.getByRole("button").last().click();
  await tile.expectOn(true);
  expect(devices.heard.map((m) => m.text)).toEqual(["ON"]);
});
