import type { SharedFile } from "./cluster/appliedFile";
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
  /** Where several nodes have one: what is applied, of this node's file. */
  share?: ((own: ConfigSource) => SharedFile) | undefined;
}

/** What is configured elsewhere than in the store: environment, telltale.yaml, and where no broker is configured at all the demo house. */
export async function startConfigSources(
  { config, store, history, clock, log, share }: ConfigSourcesParts,
  run: Lifecycle,
): Promise<{ sources: ConfigSource[]; file: SharedFile | undefined; demo: Demo | undefined }> {
  const sources: ConfigSource[] = [createEnvSource(config)];
  const otherBrokers = async (): Promise<string[]> => {
    const elsewhere = sources.filter(({ origin }) => origin !== "file").flatMap((source) => source.current().brokers);
    return [...elsewhere, ...(await store.brokers())].map(({ id }) => id);
  };
  const own = await run.start(createFileSource({ ...config.configFile, env: process.env, otherBrokers, log }));
  const file = share && (await run.start(share(own)));
  const source = file?.source ?? own;
  sources.push(source);
  const configured = source.current().brokers.length > 0 || (await otherBrokers()).length > 0;
  const demo = configured ? undefined : await startDemo({ log, past: await demoPast(history, clock.now()) });
  if (demo) sources.push(run.opened(demo, () => demo.stop()).source);
  return { sources, file, demo };
}

/** Nothing is made up beside readings that are there: only a history without any gets the demo house's past. */
async function demoPast(history: HistoryStore, now: number): Promise<DemoOptions["past"]> {
  if ((await history.latest()).length > 0) return undefined;
  return { to: now, keep: (readings) => history.add(readings) };
}
