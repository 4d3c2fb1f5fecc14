import { consoleErrors, expect, test } from "../fixtures";

/** docs/design.md, “When things go wrong”: what is hostile is text on a page, and what is too large is refused and told where one looks. */

const YAML = `
topics:
  - {id: note, name: "Note {1}", filter: notes/+, format: text}
`;
test.use({ start: { yaml: YAML } });

const IMAGE = '<img src=x onerror="document.title=`owned`">';
const CLOSING = '"></div><script>document.title="owned"</script>';

test("LV-2: markup in a payload and in a topic is shown as text, on the tile, in its details and after a reload", async ({
  person,
  devices,
}) => {
  const { page, dashboard } = await person();
  const errors = consoleErrors(page);
  await dashboard.openEverything();
  await devices.say("notes/<b id=bold>", IMAGE);
  const tile = dashboard.tile("Note <b id=bold>");
  await tile.expectValue(IMAGE);
  await devices.say("notes/<b id=bold>", CLOSING);
  await tile.expectValue(CLOSING);
  await page.reload();
  await tile.expectValue(CLOSING);
  await tile.root.getByRole("link", { name: "Note <b id=bold>" }).click();
  await page.getByRole("dialog").getByRole("link", { name: "Full history" }).click();
  await expect(page.getByText("notes/<b id=bold>").first()).toBeVisible();
  expect(await page.title()).not.toContain("owned");
  expect(await page.locator("img[src=x], b#bold").count()).toBe(0);
  expect(errors).toEqual([]);
});

test("FA-5: an oversize payload leaves the value, and the tile says what was refused", async ({ person, devices }) => {
  const { dashboard } = await person();
  await dashboard.openEverything();
  await devices.say("notes/a", "fine");
  const tile = dashboard.tile("Note a");
  await tile.expectValue("fine");
  await devices.say("notes/a", "x".repeat(300 * 1024));
  await tile.expectText(/the payload has 307200 bytes, at most 262144 are read/);
  await tile.expectValue("fine");
  await devices.say("notes/a", "fine again");
  await tile.expectValue("fine again");
});
