import { once } from "node:events";
import { connect } from "node:net";
import { ADMIN, expect, test } from "../fixtures";

const YAML = `
topics:
  - {id: loud, name: Loud, filter: flood/loud, type: number}
  - {id: quiet, name: Quiet, filter: flood/quiet, type: number}
`;
test.use({ start: { yaml: YAML } });

const COUNT = 250_000;
/** How soon all is taken is the machine's affair. */
const SLOWLY = { timeout: 60_000 };
const CONNECT = Buffer.from([0x10, 13, 0, 4, ...Buffer.from("MQTT"), 4, 2, 0, 0, 0, 1, 0x66]);
/** QoS 1, without a payload: acknowledged when the broker has taken all that came before it. */
const END = Buffer.from([0x32, 7, 0, 3, ...Buffer.from("end"), 0, 1]);
/** MQTT 3.1.1 §3.3: QoS 0, six digits. */
function publish(topic: string, value: number): Buffer {
  const rest = Buffer.concat([Buffer.from([0, topic.length]), Buffer.from(topic + String(value).padStart(6, "0"))]);
  return Buffer.concat([Buffer.from([0x30, rest.length]), rest]);
}

test("FA-104: a flood is told to who looks and to the admin, with what it cost, and the newest values stand", async ({
  person,
  mosquitto,
  telltale,
}) => {
  const { page, dashboard } = await person(ADMIN);
  await dashboard.openEverything();
  const socket = connect(mosquitto.port, "127.0.0.1");
  socket.write(CONNECT);
  await once(socket, "data");

  // More than any machine can handle at once: all of it waits for Telltale when it wakes.
  const pid = telltale.pid() as number;
  process.kill(pid, "SIGSTOP");
  const packets = [publish("flood/quiet", 7)];
  for (let i = 1; i <= COUNT; i++) packets.push(publish("flood/loud", i));
  socket.write(Buffer.concat([...packets, END]));
  await once(socket, "data");
  process.kill(pid, "SIGCONT");
  socket.destroy();

  // The banner; the broker's own line in the sidebar says the same when it is opened.
  const seen = (words: RegExp) => page.getByText(words).filter({ visible: true });
  await expect(seen(/More messages arrive than Telltale can process/)).toBeVisible(SLOWLY);
  await expect(dashboard.tile("Loud").value).toHaveText(/250,?000/, SLOWLY);
  await dashboard.tile("Quiet").expectValue(/7/);
  await expect(seen(/More messages arrived than Telltale could process: [\d,.]+ were dropped/)).toBeVisible(SLOWLY);

  await page.getByRole("button", { name: "Hide" }).click();
  await expect(seen(/were dropped/)).toHaveCount(0);

  const metrics = await (await fetch(`${telltale.url}/metrics`)).text();
  const metric = (name: string) => Number(new RegExp(`^${name}(?:{.*})? (\\d+)$`, "m").exec(metrics)?.[1]);
  expect(metric("telltale_ingest_dropped_total")).toBeGreaterThan(0);
  expect(metric("telltale_live_readings") + metric("telltale_ingest_dropped_total")).toBe(COUNT + 1);

  await page.goto("/admin/brokers");
  const row = page.getByRole("list", { name: "Brokers" }).filter({ has: page.locator("code") });
  await expect(row).toContainText(/were dropped between .* Register narrower topic filters/);
});
