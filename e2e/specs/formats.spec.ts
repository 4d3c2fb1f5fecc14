import { axeFaults } from "../axe";
import { consoleErrors, expect, test } from "../fixtures";
import { RegistrationForm } from "../pages/RegistrationForm";

/** {"temp": 21.5, "hum": 63, "id": h'01ab'} */
const CBOR = Buffer.from("a36474656d70f94d606368756d183f6269644201ab", "hex");

test("a binary payload is shown as a tree, as bytes and as each format reads it, and becomes a tile", async ({
  person,
  devices,
}) => {
  const { page } = await person();
  const errors = consoleErrors(page);
  await devices.client.publishAsync("field/probe", CBOR, { qos: 1, retain: true });
  await page.goto("/explore");
  await page.getByRole("searchbox", { name: "Search topics" }).fill("probe");
  await page.getByRole("treeitem").filter({ hasText: "probe" }).last().click();
  const pane = page.getByRole("region", { name: "Picked topic" });
  await expect(pane.getByText("Not JSON, but CBOR")).toBeVisible();
  await expect(pane.getByText("21.5")).toBeVisible();
  await pane.getByText("Bytes", { exact: true }).click();
  await expect(pane.getByText("a3 64 74 65 6d 70", { exact: false })).toBeVisible();
  await pane.getByText("Formats", { exact: true }).click();
  await expect(pane.getByText('{"temp":21.5,"hum":63,"id":"01ab"}')).toBeVisible();
  await expect(pane.getByText(/is not MessagePack/)).toBeVisible();
  await pane.getByRole("button", { name: "Make a tile" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a tile" });
  await expect(dialog.getByRole("list", { name: "Points" })).toContainText("21.5");
  expect(errors).toEqual([]);
});

test("raw bytes and a transform are described in the form, which shows what they give and what is wrong", async ({
  person,
  devices,
}) => {
  const { page, dashboard } = await person();
  await devices.client.publishAsync("field/raw", Buffer.from([0x08, 0x34, 63]), { qos: 1, retain: true });
  const form = new RegistrationForm(page);
  await form.openNew();
  await form.filter.fill("field/raw");
  await form.openMore();
  await page.getByLabel("Payload format").selectOption("bytes");
  await page.getByRole("button", { name: "Add a field" }).click();
  const field = page.getByRole("listitem", { name: /^Field/ });
  await field.getByLabel("Key").fill("temp");
  await field.getByLabel("Byte offset").fill("0");
  await field.getByLabel("Type").selectOption("i16be");
  await field.getByLabel("Scale").fill("0.1");
  const arrives = page.getByRole("list", { name: "Messages" });
  await arrives.getByRole("button", { name: /temp/ }).click();
  await expect(page.getByLabel("Path in the payload")).toHaveValue("$.temp");
  const made = page.getByRole("list", { name: "Values read from field/raw" });
  await expect(made).toContainText("210");

  const transform = page.getByLabel("Transform", { exact: true });
  await transform.fill("vlaue / 10");
  await expect(page.getByText("There is no vlaue here, only value and payload, at character 1.")).toBeVisible();
  await transform.fill("value / payload.zero");
  await expect(page.getByText(/failed: no such key: zero.*The message was .*temp.*210/i).first()).toBeVisible();
  await transform.fill("value / 10");
  await expect(made).toContainText("21");
  await expect(page.getByText("now 21")).toBeVisible();

  await field.getByLabel("Byte offset").fill("2");
  await expect(made).toContainText("The field temp (i16be, bytes 2 to 3) runs past the end: the payload has 3 bytes");
  await field.getByLabel("Byte offset").fill("0");
  expect(await axeFaults(page)).toEqual([]);

  await page.getByLabel("Id", { exact: true }).fill("raw");
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.waitForURL(/\/admin\/topics\/raw$/);
  await dashboard.openEverything();
  await devices.client.publishAsync("field/raw", Buffer.from([0x09, 0x60, 63]), { qos: 1 });
  await dashboard.tile("raw").expectValue(/24/);
});

test("a .proto is taken from a file, and its only message is chosen by itself", async ({ person, devices }) => {
  const { page } = await person();
  // temp = 21.5
  await devices.client.publishAsync("field/proto", Buffer.from("0d0000ac41", "hex"), { qos: 1, retain: true });
  const form = new RegistrationForm(page);
  await form.openNew();
  await form.filter.fill("field/proto");
  await form.openMore();
  await page.getByLabel("Payload format").selectOption("protobuf");
  const buffer = Buffer.from('syntax = "proto3"; package p; message Reading { float temp = 1; }');
  await page.getByLabel("Or load a file").setInputFiles({ name: "r.proto", mimeType: "text/plain", buffer });
  await expect(page.getByLabel("Message", { exact: true })).toHaveValue("p.Reading");
  await page.getByLabel("Path in the payload").fill("$.temp");
  await expect(page.getByRole("list", { name: "Values read from field/proto" })).toContainText("21.5");
  await page.getByLabel("Text of the .proto").fill("message {");
  await expect(page.getByText(/not the text of a \.proto/).first()).toBeVisible();
});
