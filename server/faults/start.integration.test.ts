import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTelltale, type Telltale } from "./telltale";

/** What keeps Telltale from starting, each told in a sentence. No broker is needed: the demo house stays out by the file's broker. */

let telltale: Telltale;
beforeAll(async () => {
  telltale = await startTelltale({ yaml: "brokers:\n  - {id: main, url: mqtt://127.0.0.1:1}\n" });
});
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

test("ST-41: without the secret of before it starts, one broker asks for its password again, and nothing else is lost", async () => {
  const broker = { id: "garden", name: "Garden", url: "mqtt://127.0.0.1:2", username: "tale" };
  expect((await telltale.api("POST", "/brokers", { ...broker, password: "s3cret" })).status).toBe(201);
  expect((await telltale.api("POST", "/registrations", { id: "temp", filter: "g/t", broker: "garden" })).status).toBe(
    201,
  );
  await telltale.kill();
  rmSync(join(telltale.dataDir, "secret"));
  await telltale.start();
  await telltale.login();

  const { body } = await telltale.api("GET", "/brokers/garden");
  expect(body).toMatchObject({ broker, has: { password: false }, unreadable: ["password"] });
  expect(body.state).toMatchObject({ state: "offline", fault: "credentials", reason: expect.stringMatching(/again/) });
  expect((await telltale.api("GET", "/registrations")).body).toMatchObject([{ registration: { id: "temp" } }]);
  expect((await telltale.api("POST", "/brokers/test", broker)).status).toBe(400);

  // Renamed without the password: it is still asked for, and no connection is tried without it.
  await telltale.api("PUT", "/brokers/garden", { ...broker, name: "The garden" });
  expect((await telltale.api("GET", "/brokers/garden")).body).toMatchObject({ unreadable: ["password"] });
  await telltale.api("PUT", "/brokers/garden", { ...broker, password: "s3cret" });
  const mended = (await telltale.api("GET", "/brokers/garden")).body;
  expect(mended).toMatchObject({ has: { password: true } });
  expect(mended.unreadable).toBeUndefined();
  expect(mended.state.reason ?? "").not.toMatch(/again/);
});

test.each([
  ["MQTT_URL", "mqtt://tale:12#s3cret@broker.example", /MQTT_URL has a "#".*write # as %23/],
  ["TELLTALE_PUBLIC_URL", "house.example", /TELLTALE_PUBLIC_URL must be the address that browsers use/],
  ["DATABASE_URL", "mysql://u:s3cret@db/telltale", /DATABASE_URL must be the address of a Postgres/],
])("CF-31: a faulty %s ends the start with code 1 and a sentence", async (name, value, sentence) => {
  const { code, output } = await telltale.startAnother({ [name]: value });
  expect(output).toMatch(sentence);
  expect(output).not.toMatch(/s3cret|Telltale is at/);
  expect(code).toBe(1);
});

test("HB-23: a telltale.yaml of many topics is read at the start and after a change, by the thread that a built server has", async () => {
  const brokers = "brokers:\n  - {id: main, url: mqtt://127.0.0.1:1}\n";
  const topics = (count: number) =>
    `topics:\n${Array.from({ length: count }, (_, i) => `  - {id: t${i}, filter: t/${i}}\n`).join("")}`;
  const large = await startTelltale({ yaml: brokers + topics(1500) });
  try {
    expect(await large.list("/registrations")).toHaveLength(1500);
    writeFileSync(large.yaml, brokers + topics(1600));
    await large.untilLog("the change is read", ({ topics }) => topics === 1600);
    expect(large.log.map(({ msg }) => msg).join("\n")).not.toContain("cannot be read");
  } finally {
    await large.dispose();
  }
});
