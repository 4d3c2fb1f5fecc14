import { afterAll, beforeAll, expect, test } from "vitest";
import { startTelltale, type Telltale } from "./telltale";

/** What keeps Telltale from starting, each told in a sentence. No broker is needed: the demo house stays out by the file's broker. */

let telltale: Telltale;
beforeAll(async () => {
  telltale = await startTelltale({ yaml: "brokers:\n  - {id: main, url: mqtt://127.0.0.1:1}\n" });
}, 60_000);
afterAll(() => telltale.dispose());

test("ST-40: a second process on the same data folder ends with code 1, names the first and changes nothing", async () => {
  const { code, output } = await telltale.startAnother({});
  expect(output).toContain(`${telltale.dataDir} is in use by another Telltale (process ${telltale.pid()})`);
  expect(code).toBe(1);
  expect((await telltale.api("GET", "/session")).status).toBe(200);
});

test("ST-40: a kill -9 leaves no lock behind", async () => {
  await telltale.kill();
  await telltale.start();
  expect((await telltale.startAnother({})).output).toContain(`(process ${telltale.pid()})`);
});

test.each([
  ["MQTT_URL", "mqtt://tale:12#s3cret@broker.example", /MQTT_URL has a "#".*write # as %23/],
  ["TELLTALE_PUBLIC_URL", "house.example", /TELLTALE_PUBLIC_URL must be the address that browsers use/],
  ["DATABASE_URL", "postgres://u:s3cret@db/telltale", /DATABASE_URL is not supported yet/],
])("CF-31: a faulty %s ends the start with code 1 and a sentence", async (name, value, sentence) => {
  const { code, output } = await telltale.startAnother({ [name]: value });
  expect(output).toMatch(sentence);
  expect(output).not.toMatch(/s3cret|Telltale is at/);
  expect(code).toBe(1);
});
