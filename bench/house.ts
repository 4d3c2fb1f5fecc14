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
  /** One registration for all topics instead of one for each; its payloads are JSON. */
  wildcard?: boolean;
  env?: Record<string, string>;
}

export const DASHBOARD = "wall";
const ADMIN_PASSWORD = "a lamp in the hall";

/** Mostly values with their traces, every fifth a gauge: what a wall of sensors looks like. */
const kindOf = (i: number): string => (i % 5 === 4 ? "gauge" : "value");

export async function startHouse({ points, wildcard = false, env }: HouseOptions): Promise<House> {
  const mosquitto = await startMosquitto({ websockets: true });
  const numbers = Array.from({ length: points }, (_, i) => i);
  const topics = numbers.map((i) => (wildcard ? `bench/p${i}/status` : `bench/p${i}`));
  const ids = numbers.map((i) => (wildcard ? `p/p${i}` : `p${i}`));
  const config = {
    brokers: [{ id: "main", url: mosquitto.url }],
    topics: wildcard
      ? [{ id: "p", name: "Sensor {1}", filter: "bench/+/status", type: "number", value: "$.value" }]
      : numbers.map((i) => ({ id: `p${i}`, name: `Sensor ${i}`, filter: topics[i], type: "number", range: [0, 1e6] })),
    dashboards: [
      {
        slug: DASHBOARD,
        title: "Wall",
        tiles: ids.map((point, i) => ({ kind: kindOf(i), point, ...(wildcard && { kind: "value" }) })),
      },
    ],
  };
  const telltale = await startTelltale({
    // JSON is YAML, too.
    yaml: JSON.stringify(config),
    env: { TELLTALE_ANONYMOUS: "viewer", TELLTALE_ADMIN_PASSWORD: ADMIN_PASSWORD, LOG_LEVEL: "warn", ...env },
  });
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
