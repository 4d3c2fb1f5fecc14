import { expect, signIn, test } from "../fixtures";

test.use({ start: { broker: "demo", yaml: "topics:\n  - {id: b, filter: b, jinja: '{{ value'}\n" } });

test("MS-40, MS-51: a notice about telltale.yaml is in words, and the page holds none of the texts that it is made of", async ({
  page,
  telltale,
}) => {
  await signIn(page, telltale.url);
  const response = await page.goto(`${telltale.url}/everything`);
  await expect(page.locator("body")).toContainText(
    'telltale.yaml:2:24: topics[0] "b", jinja: a {{ is not closed. No part of it is in use.',
  );
  const html = (await response?.text()) ?? "";
  for (const name of ["fileFault", "fileAt", "templateOpen", "divisionByZero"]) expect(html).not.toContain(name);
});
