import { type Config, createEnvSource } from "./config";
import { createFileSource } from "./configFile/fileSource";
import { type Demo, type DemoOptions, startDemo } from "./demo/index";
import type { Lifecycle } from "./lifecycle";
import type { Clock, ConfigSource, ConfigStore, HistoryStore, Log } from "./ports";

export interface ConfigSourcesParts {
  config: Pick<Config, "mqttBroker" | "configFile">;
  store: ConfigStore;
  history: HistoryStore;
  clock: Clock;
  log: Log;
}

/** What is configured elsewhere than in the store: environment, telltale.yaml, and where no broker is configured at all the demo house. */
export async function startConfigSources(
  { config, store, history, clock, log }: ConfigSourcesParts,
  run: Lifecycle,
): Promise<{ sources: ConfigSource[]; file: ConfigSource; demo: Demo | undefined }> {
  const sources: ConfigSource[] = [createEnvSource(config)];
  const otherBrokers = async (): Promise<string[]> => {
    const elsewhere = sources.filter(({ origin }) => origin !== "file").flatMap((source) => source.current().brokers);
    return [...elsewhere, ...(await store.brokers())].map(({ id }) => id);
  };
  const file = await run.start(createFileSource({ ...config.configFile, env: process.env, otherBrokers, log }));
  sources.push(file);
  const configured = file.current().brokers.length > 0 || (await otherBrokers()).length > 0;
  const demo = configured ? undefined : await startDemo({ log, past: await demoPast(history, clock.now()) });
  if (demo) sources.push(run.opened(demo, () => demo.stop()).source);
  return { sources, file, demo };
}

/** Nothing is made up beside readings that are there: only a history without any gets the demo house's past. */
async function demoPast(history: HistoryStore, now: number): Promise<DemoOptions["past"]> {
  if ((await history.latest()).length > 0) return undefined;
  return { to: now, keep: (readings) => history.add(readings) };
}
