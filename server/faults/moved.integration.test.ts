import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Mosquitto, startMosquitto } from "../testing/mosquitto";
import { startPostgres } from "../testing/postgres";
import { startDevices } from "./devices";
import { startTelltale, type Telltale } from "./telltale";
import { openViewer } from "./viewer";

/** A whole Telltale, moved as people do it: stopped, moved, and started on what was made. */

const SCRIPT = fileURLToPath(new URL("../../scripts/move.mjs", import.meta.url));
const yaml = ({ url }: Mosquitto) => `
brokers:
  - {id: main, url: "${url}"}
topics:
  - {id: count, filter: f/count, type: number}
`;

/** Answers its exit code and what it wrote. */
const runMove = (args: string[], env: Record<string, string> = {}): Promise<{ code: number; written: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [SCRIPT, ...args], { env: { ...process.env, ...env } }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, written: out + err }),
    );
  });

/** With somebody's cookie, as their browser does. */
async function ask(telltale: Telltale, cookie: string, path: string) {
  const answer = await fetch(`${telltale.url}/api/v1${path}`, { headers: { cookie } });
  return { status: answer.status, text: await answer.text() };
}

test("MV-1, MV-7: a Telltale is moved to Postgres and back; everyone stays signed in and sees what was there before", async () => {
  const [postgres, broker, home] = [
    await startPostgres(),
    await startMosquitto(),
    mkdtempSync(join(tmpdir(), "telltale-moved-")),
  ];
  const devices = await startDevices(broker.url);
  const [url, data, back] = [await postgres.database(), join(home, "data"), join(home, "back")];
  const lives: Telltale[] = [];
  const start = async (options: Partial<Parameters<typeof startTelltale>[0]>) => {
    const started = await startTelltale({ yaml: yaml(broker), ...options });
    lives.push(started);
    return started;
  };
  try {
    const first = await start({});
    const cookie = await first.login();
    await first.api("POST", "/brokers", { id: "other", url: "mqtt://b.invalid:1883", password: "hunter2" });
    const viewer = await openViewer(first.url, cookie);
    for (const n of [1, 2, 3]) {
      await devices.shout("f/count", String(n));
      await viewer.until(`${n} is shown`, () => Number(viewer.points.get("count")?.value ?? 0) === n);
    }
    viewer.close();
    expect(await runMove(["--from", first.dataDir, "--to", url])).toMatchObject({
      code: 1,
      written: expect.stringMatching(/in use by another Telltale \(process \d+\): stop that one first/),
    });
    await first.terminate();
    cpSync(first.dataDir, data, { recursive: true });
    const seen = async (telltale: Telltale) => {
      const paths = ["/history/export?points=count&from=0&format=csv", "/session", "/brokers"];
      const [readings, session, brokers] = await Promise.all(paths.map((path) => ask(telltale, cookie, path)));
      return { readings: readings?.text.trim().split("\n").length, session: session?.text, brokers: brokers?.status };
    };
    expect(await runMove(["--from", data, "--to", url])).toMatchObject({ code: 0 });

    const TELLTALE_SECRET = `key:${readFileSync(join(data, "secret"), "utf8").trim()}`;
    const second = await start({ env: { DATABASE_URL: url, TELLTALE_SECRET } });
    const there = await seen(second);
    expect(there).toEqual({ readings: 4, session: expect.stringContaining('"username":"admin"'), brokers: 200 });
    expect(await runMove(["--from", url, "--to", back], { TELLTALE_SECRET })).toMatchObject({
      code: 1,
      written: expect.stringMatching(/a Telltale is connected .*stop every node/),
    });
    await second.terminate();
    expect(await runMove(["--from", url, "--to", back], { TELLTALE_SECRET })).toMatchObject({ code: 0 });

    const third = await start({ prepare: (dataDir) => cpSync(back, dataDir, { recursive: true }) });
    expect(await seen(third)).toEqual(there);
    expect(lives.flatMap((life) => life.log).filter(({ level }) => level >= 50)).toEqual([]);
  } finally {
    for (const life of lives) await life.dispose();
    await devices.stop();
    await broker.stop();
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
});
