import { expect, test } from "../fixtures";

const onOff = (id: string) =>
  `{id: ${id}, name: ${id}, filter: room/${id}, type: boolean, payloads: {on: "1", off: "0"}, command: {topic: room/${id}/set}}`;

const YAML = `
topics:
  - ${onOff("lamp")}
  - ${onOff("other")}
  - {id: bright, name: bright, filter: room/bright, type: number, staleAfter: 1s, command: {topic: room/bright/set, min: 0, max: 254}}
dashboards:
  - slug: room
    title: Room
    tiles:
      - {kind: light, point: lamp, options: {parts: {brightness: bright}}}
      - {kind: switch, point: other}
      - {kind: switch, point: lamp, title: lamp again}
`;
test.use({ start: { yaml: YAML } });

test("UI-21: the stale part of a lamp is counted once, and its lamp is what the count leaves on the page", async ({
  person,
  devices,
}) => {
  const { page, dashboard } = await person();
  await dashboard.open("room");
  for (const id of ["lamp", "other", "bright"]) await devices.say(`room/${id}`, 1);
  const states = page.getByRole("list", { name: /States/ });
  await expect(states.getByRole("button")).toHaveText(["2 live", "1 stale"]);

  await states.getByRole("button", { name: "1 stale" }).click();
  await expect(dashboard.tile("lamp").root).toBeVisible();
  await expect(dashboard.tile("lamp again").root).toBeHidden();
  await expect(dashboard.tile("other").root).toBeHidden();

  // A state that comes while it is filtered for.
  await devices.say("room/bright", 2);
  await expect(page.getByText("No tile is in the chosen state now.")).toBeVisible();
  await expect(dashboard.tile("lamp").root).toBeHidden();
  await expect(dashboard.tile("lamp").root).toBeVisible();

  await states.getByRole("button", { name: "1 stale" }).click();
  await states.getByRole("button", { name: "2 live" }).click();
  for (const name of ["lamp", "lamp again", "other"]) await expect(dashboard.tile(name).root).toBeVisible();
});
