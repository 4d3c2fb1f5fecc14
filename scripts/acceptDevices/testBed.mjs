import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import mqtt from "mqtt";
import { tsImport } from "tsx/esm/api";

const PASSWORD = "only for this run";
const { startMosquitto } = await tsImport("../../server/testing/mosquitto.ts", import.meta.url);

/** A private broker with a Telltale on it that adds what it finds, and a client in the place of the devices. */
export async function openTestBed() {
  const broker = await startMosquitto();
  const home = mkdtempSync(join(tmpdir(), "telltale-accept-"));
  const child = spawn(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), fileURLToPath(new URL("server.ts", import.meta.url))],
    {
      cwd: home,
      env: {
        PATH: process.env.PATH,
        HOME: home,
        NODE_ENV: "production",
        HOST: "127.0.0.1",
        LOG_LEVEL: "warn",
        MQTT_URL: broker.url,
        TELLTALE_DATA: join(home, "data"),
        TELLTALE_ADMIN_PASSWORD: PASSWORD,
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const url = await Promise.race([
    new Promise((resolve) => createInterface({ input: child.stdout }).once("line", resolve)),
    gone.then((code) => Promise.reject(new Error(`Telltale ended while starting: ${code}`))),
  ]);
  let cookie = "";
  async function api(method, path, body) {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { origin: url, cookie, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const set = answer.headers.getSetCookie();
    if (set.length) cookie = set.map((one) => one.split(";")[0]).join("; ");
    return {
      status: answer.status,
      body: text === "" ? undefined : JSON.parse(text),
      link: answer.headers.get("link"),
    };
  }
  const must = async (...asked) => {
    const answer = await api(...asked);
    if (answer.status >= 300) throw new Error(`${asked.join(" ")}: ${answer.status} ${JSON.stringify(answer.body)}`);
    // A list comes in pages.
    const next = /<\/api\/v1([^>]+)>; rel="next"/.exec(answer.link ?? "")?.[1];
    return next === undefined ? answer.body : [...answer.body, ...(await must("GET", next))];
  };
  await must("POST", "/session", { username: "admin", password: PASSWORD });
  await must("PUT", "/discovery", { mode: "add" });
  while (!(await must("GET", "/brokers")).every(({ state }) => state.state === "connected")) await pause(20);

  const devices = await mqtt.connectAsync(broker.url);
  const heard = [];
  devices.on("message", (topic, payload, packet) =>
    heard.push({ topic, payload, byTelltale: packet.retain === false }),
  );
  return {
    api,
    must,
    devices,
    heard,
    async close() {
      await devices.endAsync(true);
      child.kill("SIGTERM");
      await gone;
      await broker.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Until what `look` answers has stayed the same for a while. */
export async function settle(look, { forMs = 1500, withinMs = 30_000 } = {}) {
  const end = Date.now() + withinMs;
  let seen = "";
  let since = Date.now();
  while (Date.now() - since < forMs && Date.now() < end) {
    const now = JSON.stringify(await look());
    if (now !== seen) {
      seen = now;
      since = Date.now();
    }
    await pause(100);
  }
}
