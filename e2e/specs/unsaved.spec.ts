import type { Page } from "@playwright/test";
import { expect, signIn, test } from "../fixtures";

test.use({ start: { yaml: "topics:\n  - {id: one, name: One, filter: house/one, type: number}\n" } });

/** Answers each question whether to leave, and counts them. */
function answering(page: Page): { asked: number; leave: boolean } {
  const answers = { asked: 0, leave: false };
  page.on("dialog", (dialog) => {
    answers.asked++;
    void (answers.leave ? dialog.accept() : dialog.dismiss());
  });
  return answers;
}

test("UI-50: the broker form asks before typed changes are lost, and not after Save or Cancel", async ({
  page,
  telltale,
  mosquitto,
}) => {
  await signIn(page, telltale.url);
  await page.goto("/admin/brokers");
  const add = page.getByRole("button", { name: "Add broker" });
  const address = page.getByLabel("Address (URL)");
  const questions = answering(page);

  // Nothing typed: nothing to ask.
  await add.click();
  await expect(address).toBeVisible();
  await page.goBack();
  await expect(add).toBeVisible();
  expect(questions.asked).toBe(0);

  await add.click();
  await address.fill(mosquitto.url);
  await page.getByRole("link", { name: "Audit", exact: true }).first().click();
  await expect.poll(() => questions.asked).toBe(1);
  await page.evaluate(() => window.history.back());
  await expect.poll(() => questions.asked).toBe(2);
  await expect(address).toHaveValue(mosquitto.url);

  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(add).toBeVisible();
  await add.click();
  await address.fill(mosquitto.url);
  await page.getByLabel("Id", { exact: true }).fill("second");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "second" }).first()).toBeVisible();
  await page.getByRole("link", { name: "Audit", exact: true }).first().click();
  await expect(page.getByRole("heading", { name: "Audit" })).toBeVisible();
  expect(questions.asked).toBe(2);
});

test("UI-50: a dialog asks before Escape, its close button or a press beside it loses what was typed", async ({
  page,
  telltale,
}) => {
  await signIn(page, telltale.url);
  await page.goto("/admin/people");
  const open = page.getByRole("button", { name: "Add a person" });
  const dialog = page.getByRole("dialog", { name: "Add a person" });
  const name = dialog.getByLabel("User name");
  const questions = answering(page);

  await open.click();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  expect(questions.asked).toBe(0);

  await open.click();
  await name.fill("kim");
  // The second Escape in a row closes the native dialog without asking the page: it is opened again.
  for (let times = 1; times <= 3; times++) {
    await page.keyboard.press("Escape");
    await expect.poll(() => questions.asked).toBe(times);
    await expect(name).toHaveValue("kim");
    await expect(name).toBeVisible();
  }
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect.poll(() => questions.asked).toBe(4);
  await page.mouse.click(5, 5);
  await expect.poll(() => questions.asked).toBe(5);
  await expect(name).toHaveValue("kim");

  // Cancel means it; and accepting the question closes the dialog.
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  expect(questions.asked).toBe(5);
  await open.click();
  await name.fill("kim");
  questions.leave = true;
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  expect(questions.asked).toBe(6);
});

test("UI-101: the sign-in form does not ask", async ({ page, telltale }) => {
  await page.goto(`${telltale.url}/login`);
  const questions = answering(page);
  await page.getByLabel("User name").fill("somebody");
  await page.reload();
  await expect(page.getByLabel("User name")).toHaveValue("");
  expect(questions.asked).toBe(0);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("UI-52: when somebody else saved the broker first, the question who wins is in view and has the focus", async ({
    page,
    telltale,
  }) => {
    await signIn(page, telltale.url);
    const headers = { origin: telltale.url };
    const broker = { id: "second", url: "mqtt://127.0.0.1:1" };
    await page.request.post("/api/v1/brokers", { data: broker, headers });
    await page.goto("/admin/brokers/second");
    const name = page.getByLabel("Name", { exact: true });
    await expect(name).toBeEditable();
    await page.request.put("/api/v1/brokers/second", { data: { ...broker, name: "Theirs" }, headers });
    await name.fill("Mine");
    await name.press("Enter");
    const question = page.getByRole("alert").filter({ hasText: "Not saved." });
    await expect(question).toContainText("name");
    await expect(question).toBeInViewport({ ratio: 1 });
    await expect(question).toBeFocused();
  });

  test("UI-103: the first field that is refused has the focus", async ({ page, telltale }) => {
    await signIn(page, telltale.url);
    await page.goto("/admin/brokers/new");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByLabel("Address (URL)")).toBeFocused();
    await expect(page.getByLabel("Address (URL)")).toBeInViewport({ ratio: 1 });
  });
});

test.describe("in German", () => {
  test.use({ locale: "de-DE" });

  test("UI-51: the registration form writes and reads numbers in the language of the page", async ({
    page,
    telltale,
  }) => {
    await signIn(page, telltale.url);
    const registration = { id: "tank", name: "Tank", filter: "house/tank", type: "number", range: [0.5, 12.25] };
    await page.request.post("/api/v1/registrations", { data: registration, headers: { origin: telltale.url } });
    await page.goto("/admin/topics/tank");
    const high = page.getByLabel("Range, to");
    await expect(page.getByLabel("Range, from")).toHaveValue("0,5");
    await expect(high).toHaveValue("12,25");
    const save = page.getByRole("button", { name: "Save", exact: true });
    await high.fill("1.250");
    await save.click();
    await expect(page.getByText("“1.250” could be 1,25 or 1250. Enter one of these.").first()).toBeVisible();
    await high.fill("1.250,5");
    await save.click();
    const stored = async () => (await (await page.request.get("/api/v1/registrations/tank")).json()).registration.range;
    await expect.poll(stored).toEqual([0.5, 1250.5]);
  });
});
