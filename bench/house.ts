import { startTelltale, type TelltaleServer } from "../e2e/server";
import { type Mosquitto, startMosquitto } from "../server/testing/mosquitto";

/** A private Mosquitto and the production build listening to it, with one dashboard of `points` tiles. */
export interface House {
  readonly mosquitto: Mosquitto;
  readonly telltale: TelltaleServer;
  readonly topics: readonly string[];
  /** The ids of the points, in the order of the topics. */
  readonly ids: readonly string[];
  pid(): number;
  /** A number of /metrics, summed over labels; what was never counted is 0. */
  metric(name: string): Promise<number>;
  stop(): Promise<void>;
}

export interface HouseOptions {
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
}

export const DASHBOARD = "wall";
const ADMIN_PASSWORD = "a lamp in the hall";

/** Mostly values with their traces, every fifth a gauge: what a wall of sensors looks like. */
const kindOf = (i: number): string => (i % 5 === 4 ? "gauge" : "value");
const MIXED = ["value", "gauge", "chart", "number", "slider", "value", "status", "value"];

function tileOf(point: string, i: number, { wildcard, mixed, charts }: HouseOptions): object {
  if (charts) return { kind: "chart", point, w: 6, h: 4, options: { span: "24h" } };
  return { kind: mixed ? MIXED[i % MIXED.length] : wildcard ? "value" : kindOf(i), point };
}

/** Of a number that can be set where its tile is a control. */
const commandOf = (i: number, { mixed }: HouseOptions): object | undefined =>
  mixed && ["number", "slider"].includes(MIXED[i % MIXED.length] ?? "")
    ? { topic: `bench/p${i}/set`, min: 0, max: 1e6 }
    : undefined;

export async function startHouse(options: HouseOptions): Promise<House> {
  const { points, tiles = points, wildcard = false, env } = options;
  const mosquitto = await startMosquitto({ websockets: true });
  const numbers = Array.from({ length: points }, (_, i) => i);
  const topics = numbers.map((i) => (wildcard ? `bench/p${i}/status` : `bench/p${i}`));
  const ids = numbers.map((i) => (wildcard ? `p/p${i}` : `p${i}`));
  const config = {
    brokers: [{ id: "main", url: mosquitto.url }],
    topics: wildcard
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
          .concat(options.more ?? []),
    dashboards: [
      {
        slug: DASHBOARD,
        title: "Wall",
        tiles: ids.slice(0, tiles).map((point, i) => tileOf(point, i, options)),
      },
    ],
  };
  await options.before?.(mosquitto, topics);
  const telltale = await startTelltale({
    // JSON is YAML, too.
    yaml: JSON.stringify(config),
    env: { TELLTALE_ANONYMOUS: "viewer", TELLTALE_ADMIN_PASSWORD: ADMIN_PASSWORD, LOG_LEVEL: "warn", ...env },
  });
  options.onReady?.();
  const house: House = {
    mosquitto,
    telltale,
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
      await telltale.dispose();
      await mosquitto.stop();
    },
  };
  while ((await house.metric("telltale_broker_connected")) !== 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return house;
}
