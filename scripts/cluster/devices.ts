import { stringify } from "yaml";
import { connectDevice, createDevice } from "../../server/demo/device";
import { devices } from "../../server/demo/devices";
import { demoHouse } from "../../server/demo/house";

const SEED = 7;

/** NATS ends the connection of a client that names a topic with a space in it. */
const spell = (topic: string): string => topic.replaceAll(" ", "-");

/** The demo house's devices on brokers of one cluster. Resolves, when all are connected, to how to stop them. */
export async function connectHouse(urls: readonly string[]): Promise<() => void> {
  const servers = urls.map((url) => ({ host: new URL(url).hostname, port: Number(new URL(url).port) }));
  const stops = await Promise.all(
    devices.map((spec) =>
      connectDevice(createDevice(spec, SEED), { servers, spell, reconnectMs: 500, seed: SEED, pace: 1 }, []),
    ),
  );
  return () => {
    for (const stop of stops) stop();
  };
}

/** A telltale.yaml with the house's topics and dashboards, on the broker `main`. */
export function houseYaml(): string {
  const { topics, dashboards } = demoHouse("mqtt://unused");
  const text = JSON.stringify({ topics: topics.map((topic) => ({ ...topic, broker: "main" })), dashboards });
  return stringify(JSON.parse(text.replace(/"climate\/[^"]*"/g, spell)));
}
