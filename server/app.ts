import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { providePageData } from "../lib/pageData";
import "../lib/texts/all";
import packageJson from "../package.json" with { type: "json" };
import { systemClock } from "./clock";
import type { SharedFile } from "./cluster/appliedFile";
import type { Config } from "./config";
import { startConfigSources } from "./configSources";
import { createAlarmService } from "./core/alarms/alarmService";
import { watchSlowMessages } from "./core/brokers/slowMessages";
import { withSparkplug } from "./core/brokers/sparkplugBrokers";
import { withUnreadableSecrets } from "./core/brokers/unreadableSecrets";
import { createCatalog } from "./core/catalog/catalog";
import { createCommandService } from "./core/commands/commandService";
import { createPublishService } from "./core/commands/publishService";
import { createDiscoveryService } from "./core/discovery/discoveryService";
import { createEverything } from "./core/everything/everything";
import { createHistoryTender } from "./core/live/historyTender";
import { createLiveState } from "./core/live/liveState";
import { createRecentMessages } from "./core/messages/recentMessages";
import { createBackups, noBackups } from "./files/backups";
import type { SecretBox } from "./files/secretBox";
import { createHttp } from "./http/http";
import { createLifecycle, type Lifecycle } from "./lifecycle";
import { createBrokers } from "./mqtt/brokers";
import { createCommandMark } from "./mqtt/commandMark";
import { createPageData } from "./next/pageData";
import { type PageHandler, type Pages, withPageHeaders } from "./next/pages";
import { createStoredBuilds } from "./next/storedBuilds";
import { openStores, type SharedStores } from "./openStores";
import { createDenialAudit } from "./people/denialAudit";
import { createPeople, type PeopleParts } from "./people/people";
import type { ConfigSource, Log } from "./ports";
import type { SeveralNodesParts } from "./severalNodes";
import { createSockets } from "./sockets/sockets";
import { createWebServer } from "./webServer";

export interface TelltaleParts {
  httpServer: Server;
  log: Log;
  /** Absent in tests of the server alone: then every page is a 404. */
  pages?: Pages;
  dev?: boolean;
  /** The files of this build for browsers; absent in development, where they change. */
  buildFolder?: string;
}

export interface Telltale {
  /** Listens. `url` is what people open; `setupLink` stands until the first admin is made. */
  start(): Promise<{ url: string; setupLink: string | undefined; demo: boolean }>;
  /** Takes no more work, ends sockets and commands, flushes history. */
  stop(): Promise<void>;
}

/** Where a part cannot be made or started, those before it are stopped; throws a sentence for the person who starts it. */
export async function createTelltale(config: Config, parts: TelltaleParts): Promise<Telltale> {
  const run = createLifecycle(parts.log);
  try {
    return { start: await assemble(config, parts, run), stop: run.stop };
  } catch (error) {
    await run.stop();
    throw error;
  }
}

/** All parts in the order in which they start; they stop in the reverse order. Answers what makes it listen. */
async function assemble(config: Config, given: TelltaleParts, run: Lifecycle): Promise<Telltale["start"]> {
  const { dataDir, databaseUrl, publicUrl } = config;
  const { httpServer, log } = given;
  const clock = systemClock;
  const base = { clock, log };

  const { store, accounts, secrets, shared, ...opened } = await openStores({ ...base, config }, run);
  const accountsHere = await createPeople({
    database: accounts,
    secret: secrets.derive("sessions"),
    publicUrl,
    anonymous: config.anonymous === "viewer",
    adminPassword: config.adminPassword,
    trustedProxies: config.trustedProxies,
    log,
  });
  const denials = await run.start(createDenialAudit({ ...base, store }));
  const backups = await run.start(
    databaseUrl === undefined ? createBackups({ ...base, dataDir, script: BACKUP_SCRIPT }) : noBackups,
  );

  const share = shared && (await sharedFile(shared, { ...base, config, secrets }));
  const forSources = { ...base, config, store, history: opened.history, share };
  const { sources, file, demo } = await startConfigSources(forSources, run);
  const catalog = await run.start(createCatalog({ ...base, store, sources, severalNodes: shared !== undefined }));

  const mark = shared && createCommandMark(secrets.derive("command-mark"));
  const links = await run.start(createBrokers({ ...base, mark, node: shared && config.node }));
  const forNodes = { ...base, config, catalog, people: accountsHere, brokers: links };
  const nodes = shared && file && run.opened(await joinNodes(shared, { ...forNodes, file }), ({ leave }) => leave());
  const alone = { ...ONE_NODE, people: accountsHere, history: opened.history, brokers: links };
  const { history, people, acts, keepsHouse, brokers: heard } = nodes ?? alone;

  const messages = watchSlowMessages(withUnreadableSecrets(heard, base), { log, elapsed: () => performance.now() });
  const sparkplug = withSparkplug(messages.brokers, { ...base, acts, askRecorder: nodes?.askForBirth });
  const brokers = await run.start(sparkplug);
  const recent = createRecentMessages();
  const discovery = await run.start(await createDiscoveryService({ ...base, store, catalog, brokers, recent, acts }));
  const paces = { read: () => store.setting("paces"), write: (text: string) => store.putSetting("paces", text) };
  const { feed } = discovery;
  const live = await run.start(createLiveState({ ...base, catalog, brokers, history, feed, recent, paces }));
  const severalNodes = nodes !== undefined;
  const commands = await run.start(createCommandService({ ...base, store, brokers, live, people, severalNodes }));
  const judged = { store, sources, live, acts, keepsHouse, severalNodes };
  const alarms = await run.start(createAlarmService({ ...base, ...judged }));
  const publisher = createPublishService({ ...base, store, brokers, catalog, people, live });
  const everything = createEverything({ live, clock });
  await run.start(createHistoryTender({ ...base, catalog, history, gaps: store, keepsHouse }));

  const parts = {
    ...base,
    people,
    catalog,
    live,
    commands,
    alarms,
    history,
    brokers,
    clientAddress: people.clientAddress,
  };
  const pageData = { ...parts, everything, discovery, severalNodes, demo: demo !== undefined };
  await run.start({
    start: () => providePageData(createPageData(pageData)),
    stop: () => providePageData(undefined),
  });
  if (given.pages) {
    await given.pages.prepare();
    run.opened(given.pages, (pages) => pages.close());
  }

  const sockets = createSockets({ ...parts, httpServer, publicUrl, everything, publisher });
  const http = createHttp({
    ...parts,
    store,
    discovery,
    backups,
    denials,
    cluster: nodes?.cluster,
    config: { publicUrl, version: packageJson.version },
    counters: () => ({
      alarms: alarms.counters(),
      sockets: sockets.counters(),
      discovery: discovery.counters(),
      messages: messages.counters(),
    }),
  });
  const { pages } = given;
  const page =
    pages &&
    withPageHeaders(await handlePages({ ...given, pages }, shared, run), { dev: given.dev ?? false, publicUrl });
  const web = await run.start(createWebServer({ httpServer, log, api: http.handle, page }));
  // Stops before the web server, which waits for open connections, a page's WebSocket among them.
  await run.start(sockets);
  if (nodes)
    // Stops first: what it hands over still runs here until another node has it.
    await run.start({ start: () => nodes.start({ live, commands, catalog, discovery, sparkplug }), stop: nodes.stop });

  return async () => {
    const port = await web.listen(config.port, config.host);
    const host = ["0.0.0.0", "::", "127.0.0.1", "::1"].includes(config.host) ? "localhost" : config.host;
    const url = publicUrl ?? `http://${host}:${port}`;
    const token = people.setupToken();
    return { url, setupLink: token && `${url}/setup?token=${token}`, demo: demo !== undefined };
  };
}

/** Whoever is alone does everything. */
const ONE_NODE = { acts: () => true, keepsHouse: () => true };

interface NodesParts extends Pick<SeveralNodesParts<PeopleParts>, "brokers" | "catalog" | "people" | "clock" | "log"> {
  config: Config;
  file: SharedFile;
}

/** telltale.yaml as several nodes have it. */
async function sharedFile(
  { tables }: SharedStores,
  { config, secrets, ...parts }: Pick<NodesParts, "config" | "clock" | "log"> & { secrets: SecretBox },
): Promise<(own: ConfigSource) => SharedFile> {
  const { createAppliedFile } = await import("./cluster/appliedFile");
  const key = secrets.derive("config-file");
  return (own) => createAppliedFile({ ...parts, own, key, tables, sealer: secrets, node: config.node });
}

/** Loaded only where several nodes can be. */
async function joinNodes(shared: SharedStores, { config, ...parts }: NodesParts) {
  const { createSeveralNodes } = await import("./severalNodes");
  return createSeveralNodes({ ...parts, ...shared, node: config.node, version: packageJson.version });
}

/** The same from server/ and from what is built into dist/. */
const BACKUP_SCRIPT = fileURLToPath(new URL("../scripts/backup.mjs", import.meta.url));

/** Next's pages and, with those of other nodes, all builds' files. */
async function handlePages(
  { pages, buildFolder, log }: TelltaleParts & { pages: Pages },
  shared: SharedStores | undefined,
  run: Lifecycle,
): Promise<PageHandler> {
  const handle = pages.getRequestHandler();
  if (!shared || buildFolder === undefined) return handle;
  const builds = createStoredBuilds({ files: shared.buildFiles, folder: buildFolder, clock: systemClock, log });
  return (await run.start(builds)).before(handle);
}
