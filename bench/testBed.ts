import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startTelltale, type TelltaleServer } from "../e2e/server";
import { Registration } from "../lib/registration";
import { ok } from "../lib/result";
import { createConfigStore } from "../server/db/config/configStore";
import { configMigrations } from "../server/db/config/tables";
import { createSqliteAccess } from "../server/db/sqlite/configAccess";
import { openDatabase } from "../server/db/sqlite/openDatabase";
import { type Mosquitto, startMosquitto } from "../server/testing/mosquitto";
import { pause } from "./measure";

/** A private Mosquitto and the production build listening to it, with one dashboard of `points` tiles. */
export interface TestBed {
  readonly mosquitto: Mosquitto;
  readonly telltale: TelltaleServer;
  /** Its telltale.yaml. */
  readonly yaml: string;
  readonly topics: readonly string[];
  /** The ids of the points, in the order of the topics. */
  readonly ids: readonly string[];
  pid(): number;
  /** A number of /metrics, summed over labels; what was never counted is 0. */
  metric(name: string): Promise<number>;
  stop(): Promise<void>;
}

export interface TestBedOptions {
  points: number;
  /** How many of them have a tile on the dashboard; absent: all. */
  tiles?: number;
  /** Tiles of every kind that a number or a switch can have, instead of values and gauges. */
  mixed?: boolean;
  /** Every tile is a chart of 24 h. */
  charts?: boolean;
  /** One registration for all topics instead of one for each; its payloads are JSON. */
  wildcard?: boolean;
  env?: Record<string, string>;
  /** Called with the broker before the server starts. */
  before?(mosquitto: Mosquitto, topics: readonly string[]): Promise<unknown>;
  /** The server answers; it may not be connected to its broker yet. */
  onReady?(): void;
  /** Registered beside the points. */
  more?: readonly object[];
  /** The registrations are in config.db, as people make them in the interface, instead of in telltale.yaml. */
  stored?: boolean;
}

export const DASHBOARD = "wall";
/** On a machine that other work keeps busy a start with 10,000 points takes long. */
const START_LIMIT_MS = 120_000;
const ADMIN_PASSWORD = "a lamp in the hall";
export const ADMIN = { username: "admin", password: ADMIN_PASSWORD };

/** Mostly values with their traces, every fifth a gauge: what a wall of sensors looks like. */
const kindOf = (i: number): string => (i % 5 === 4 ? "gauge" : "value");
const MIXED = ["value", "gauge", "chart", "number", "slider", "value", "status", "value"];

function tileOf(point: string, i: number, { wildcard, mixed, charts }: TestBedOptions): object {
  if (charts) return { kind: "chart", point, w: 6, h: 4, options: { span: "24h" } };
  return { kind: mixed ? MIXED[i % MIXED.length] : wildcard ? "value" : kindOf(i), point };
}

/** Of a number that can be set where its tile is a control. */
const commandOf = (i: number, { mixed }: TestBedOptions): object | undefined =>
  mixed && ["number", "slider"].includes(MIXED[i % MIXED.length] ?? "")
    ? { topic: `bench/p${i}/set`, min: 0, max: 1e6 }
    : undefined;

/** A data folder whose config.db has these registrations. */
async function storedData(registrations: readonly object[]): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "telltale-bench-"));
  const opened = openDatabase({
    file: path.join(folder, "config.db"),
    migrations: configMigrations,
    synchronous: "FULL",
    busyMs: 100,
  });
  if (!opened.ok) throw new Error(opened.error);
  // Nothing secret is stored.
  const plain = { seal: (text: string) => text, open: (text: string) => ok(text) };
  const database = opened.value;
  const access = createSqliteAccess(database, { sealer: plain, now: Date.now, node: "bench" });
  const store = createConfigStore(access, async () => void database.close());
  await store.putRegistrations(registrations.map((one) => Registration.parse(one)));
  await store.close();
  return folder;
}

/** A signed-in admin: what an API client sends with each request. */
export async function adminHeaders({ telltale }: TestBed): Promise<Record<string, string>> {
  const headers = { "content-type": "application/json", origin: telltale.url };
  const answer = await fetch(`${telltale.url}/api/v1/session`, {
    method: "POST",
    headers,
    body: JSON.stringify(ADMIN),
  });
  if (!answer.ok) throw new Error(`signing in was answered with ${answer.status}`);
  return {
    ...headers,
    cookie: answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; "),
  };
}

export async function startTestBed(options: TestBedOptions): Promise<TestBed> {
  const { points, tiles = points, wildcard = false, env } = options;
  const mosquitto = await startMosquitto({ websockets: true });
  const numbers = Array.from({ length: points }, (_, i) => i);
  const topics = numbers.map((i) => (wildcard ? `bench/p${i}/status` : `bench/p${i}`));
  const ids = numbers.map((i) => (wildcard ? `p/p${i}` : `p${i}`));
  const registrations: object[] = wildcard
    ? [{ id: "p", name: "Sensor {1}", filter: "bench/+/status", type: "number", value: "$.value" }]
    : numbers
        .map((i): object => ({
          id: `p${i}`,
          name: `Sensor ${i}`,
          filter: topics[i],
          type: "number",
          range: [0, 1e6],
          command: commandOf(i, options),
        }))
        .concat(options.more ?? []);
  const data = options.stored ? await storedData(registrations) : undefined;
  const config = {
    brokers: [{ id: "main", url: mosquitto.url }],
    topics: data ? [] : registrations,
    dashboards: [
      {
        slug: DASHBOARD,
        title: "Wall",
        tiles: ids.slice(0, tiles).map((point, i) => tileOf(point, i, options)),
      },
    ],
  };
  // JSON is YAML, too.
  const yaml = JSON.stringify(config);
  await options.before?.(mosquitto, topics);
  const telltale = await startTelltale({
    yaml,
    startLimitMs: START_LIMIT_MS,
    onAnswer: options.onReady,
    env: {
      TELLTALE_ANONYMOUS: "viewer",
      TELLTALE_ADMIN_PASSWORD: ADMIN_PASSWORD,
      LOG_LEVEL: "warn",
      ...(data && { TELLTALE_DATA: data }),
      ...env,
    },
  });
  // A benchmark that ends by a fault must not leave a server behind that slows the next one.
  const kill = () => {
    const pid = telltale.pid();
    if (pid !== undefined) process.kill(pid, "SIGKILL");
  };
  process.once("exit", kill);
  const bed: TestBed = {
    mosquitto,
    telltale,
    yaml,
    topics,
    ids,
    pid() {
      const pid = telltale.pid();
      if (pid === undefined) throw new Error(`Telltale is gone:\n${telltale.log()}`);
      return pid;
    },
    async metric(name) {
      const text = await (await fetch(`${telltale.url}/metrics`)).text();
      const lines = text.split("\n").filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
      return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
    },
    async stop() {
      process.off("exit", kill);
      await telltale.dispose();
      await mosquitto.stop();
      if (data) rmSync(data, { recursive: true, force: true });
    },
  };
  const deadline = performance.now() + START_LIMIT_MS;
  while ((await bed.metric("telltale_broker_connected")) !== 1) {
    if (performance.now() > deadline) {
      await bed.stop();
      throw new Error(`Telltale does not connect to its broker:\n${telltale.log()}`);
    }
    await pause(50);
  }
  return bed;
}
