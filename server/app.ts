import { mkdirSync } from "node:fs";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { KEEP_FOR, keepRules } from "../lib/history";
import { providePageData } from "../lib/pageData";
import type { Result } from "../lib/result";
import packageJson from "../package.json" with { type: "json" };
import { systemClock } from "./clock";
import { type Config, createEnvSource } from "./config";
import { createFileSource } from "./configFile/fileSource";
import { createBackups } from "./files/backups";
import { createCatalog } from "./core/catalog/catalog";
import { createCommandService } from "./core/commands/commandService";
import { createDenialAudit } from "./people/denialAudit";
import { createDiscoveryService } from "./core/discovery/discovery";
import { createEverything } from "./core/everything/everything";
import { createLiveState } from "./core/live/liveState";
import { createPublishService } from "./core/commands/publishService";
import { openSecretBox } from "./files/secretBox";
import { watchSlowMessages } from "./core/brokers/slowMessages";
import { withSparkplug } from "./core/brokers/sparkplugBrokers";
import { withUnreadableSecrets } from "./core/brokers/unreadableSecrets";
import { lockDataFolder } from "./db/dataLock";
import { openConfigDatabase } from "./db/openConfigDatabase";
import { openHistory } from "./db/sqlite/openHistory";
import { type DemoOptions, startDemo } from "./demo/index";
import { createHttp } from "./http/http";
import { createBrokers } from "./mqtt/brokers";
import { createPageData } from "./next/pageData";
import { withPageHeaders } from "./next/pages";
import { createPeople } from "./people/people";
import type { ConfigSource, HistoryStore, Log } from "./ports";
import { createSockets } from "./sockets/sockets";

/** What Next offers to a server that owns the listening socket. */
export interface Pages {
  prepare(): Promise<void>;
  getRequestHandler(): (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  close(): Promise<void>;
}

export interface TelltaleParts {
  httpServer: Server;
  log: Log;
  /** Absent in tests of the server alone: then every page is a 404. */
  pages?: Pages;
  dev?: boolean;
}

export interface Telltale {
  /** Listens. `url` is what people open; `setupLink` stands until the first admin is made. */
  start(): Promise<{ url: string; setupLink: string | undefined; demo: boolean }>;
  /** Takes no more work, ends sockets and commands, flushes history. */
  stop(): Promise<void>;
}

const CUT_MS = 1000;
/** Often and little at a time: what is packed early keeps the file's rows few, and so its writes cheap. */
const TEND_EVERY_MS = 60_000;

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/**
 * Joins all parts. What was opened is closed again, last first, by `stop` or when a later part cannot be made.
 * Throws with a sentence for the person who starts it.
 */
export async function createTelltale(config: Config, parts: TelltaleParts): Promise<Telltale> {
  const opened: (() => unknown)[] = [];
  const stop = async () => {
    for (const close of opened.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        parts.log.error({ err: error }, "a part did not stop cleanly");
      }
    }
  };
  try {
    return { start: await join(config, parts, (close) => opened.push(close)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function join(config: Config, parts: TelltaleParts, onStop: (close: () => unknown) => void) {
  const { httpServer, log, pages } = parts;
  const clock = systemClock;
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  // Before anything in it is opened or made; released when all is closed.
  const lock = need(lockDataFolder(config.dataDir));
  onStop(() => lock.release());

  const secrets = need(openSecretBox({ secret: config.secret, dataDir: config.dataDir }));
  const { store, database, close } = need(await openConfigDatabase({ dataDir: config.dataDir, sealer: secrets }));
  onStop(close);
  const history = need(await openHistory({ dataDir: config.dataDir, log, clock }));
  onStop(() => history.close());

  const people = await createPeople({
    database,
    secret: secrets.derive("sessions"),
    publicUrl: config.publicUrl,
    anonymous: config.anonymous === "viewer",
    adminPassword: config.adminPassword,
    trustedProxies: config.trustedProxies,
    log,
  });

  const environment = createEnvSource(config);
  let brokersElsewhere = [...environment.current().brokers, ...(await store.brokers())].map(({ id }) => id);
  const file = await createFileSource({
    ...config.configFile,
    env: process.env,
    otherBrokers: () => brokersElsewhere,
    log,
  });
  const sources: ConfigSource[] = [environment, file];
  const configured = brokersElsewhere.length > 0 || file.current().brokers.length > 0;
  const demo = configured ? undefined : await startDemo({ log, past: await demoPast(history, clock.now()) });
  if (demo) {
    onStop(() => demo.stop());
    sources.push(demo.source);
  }
  for (const source of sources) onStop(() => source.stop());
  const catalog = await createCatalog({ store, sources, log, clock });
  catalog.onChange(() => {
    brokersElsewhere = catalog.brokers().flatMap(({ item, origin }) => (origin === "file" ? [] : [item.id]));
  });

  const links = withUnreadableSecrets(createBrokers({ clock, log }), { clock });
  const messages = watchSlowMessages(links, { log, elapsed: () => performance.now() });
  const brokers = withSparkplug(messages.brokers, { clock, log });
  onStop(() => brokers.stop());
  // Before the live state, which subscribes to what it listens for and asks it what was said before a device was kept.
  const discovery = await createDiscoveryService({ clock, log, store, catalog, brokers });
  onStop(() => discovery.stop());
  discovery.start();
  const live = createLiveState({
    clock,
    log,
    catalog,
    brokers,
    history,
    feed: discovery.feed,
    paces: { read: () => store.setting("paces"), write: (text) => store.putSetting("paces", text) },
  });
  onStop(() => live.stop());
  await live.start();
  const commands = createCommandService({ clock, log, store, brokers, live, people });
  onStop(() => commands.stop());
  await commands.start();
  let tending = false;
  const tend = async () => {
    if (tending) return;
    tending = true;
    try {
      const keep = keepRules(catalog.registrations().map(({ item }) => item));
      await history.tend({ now: clock.now(), keep, otherwise: KEEP_FOR });
    } catch (error) {
      log.warn({ err: error }, "history could not be packed; tried again in a minute");
    } finally {
      tending = false;
    }
  };
  onStop(clock.every(TEND_EVERY_MS, () => void tend()));

  const backups = createBackups({
    dataDir: config.dataDir,
    // The same from server/ and from what is built into dist/.
    script: fileURLToPath(new URL("../scripts/backup.mjs", import.meta.url)),
    clock,
    log,
  });
  onStop(() => backups.stop());

  const origin = { publicUrl: config.publicUrl };
  const denials = createDenialAudit({ clock, log, store });
  onStop(() => denials.stop());
  const publisher = createPublishService({ clock, log, store, brokers, catalog, people, live });
  const everything = createEverything({ live, clock });
  const sockets = createSockets({
    everything,
    publisher,
    ...origin,
    clientAddress: people.clientAddress,
    httpServer,
    people,
    catalog,
    live,
    commands,
    history,
    brokers,
    clock,
    log,
  });
  onStop(() => sockets.stop());
  const http = createHttp({
    people,
    catalog,
    live,
    commands,
    discovery,
    store,
    history,
    backups,
    brokers,
    config: { ...origin, version: packageJson.version },
    clientAddress: people.clientAddress,
    denials,
    counters: () => ({ sockets: sockets.counters(), discovery: discovery.counters(), messages: messages.counters() }),
    clock,
    log,
  });

  providePageData(
    createPageData({ people, catalog, live, everything, brokers, history, clock, discovery, demo: demo !== undefined }),
  );
  onStop(() => providePageData(undefined));
  if (pages) {
    await pages.prepare();
    onStop(() => pages.close());
  }
  const showPage =
    pages && withPageHeaders(pages.getRequestHandler(), { dev: parts.dev ?? false, publicUrl: config.publicUrl });

  httpServer.on("request", (req: IncomingMessage, res: ServerResponse) => {
    http
      .handle(req, res)
      .then(async (ours) => {
        if (ours) return;
        if (showPage) await showPage(req, res);
        else res.writeHead(404).end();
      })
      .catch((error: unknown) => {
        log.error({ err: error, url: req.url }, "a request could not be answered");
        if (!res.headersSent) res.writeHead(500);
        res.end();
      });
  });
  const endServer = serverEnd(httpServer);
  onStop(() => {
    // Before the server: it counts a page's WebSocket as an open connection, and would wait for it.
    sockets.stop();
    return endServer();
  });

  return async function start() {
    await new Promise<void>((resolve, reject) => {
      httpServer.once("error", reject);
      httpServer.listen(config.port, config.host, resolve);
    });
    const { port } = httpServer.address() as AddressInfo;
    const host = ["0.0.0.0", "::", "127.0.0.1", "::1"].includes(config.host) ? "localhost" : config.host;
    const url = config.publicUrl ?? `http://${host}:${port}`;
    const token = people.setupToken();
    return { url, setupLink: token && `${url}/setup?token=${token}`, demo: demo !== undefined };
  };
}

/** Nothing is made up beside readings that are there: only a history without any gets the demo house's past. */
async function demoPast(history: HistoryStore, now: number): Promise<DemoOptions["past"]> {
  if ((await history.latest()).length > 0) return undefined;
  return { to: now, keep: (readings) => history.add(readings) };
}

/**
 * Answers how to end it: no new connections; those that idle are ended at once, those at work get their answer. What is still there
 * after a second is cut: a half-sent request, or a page that does not read its goodbye (Node leaves WebSockets to us).
 */
function serverEnd(server: Server): () => Promise<void> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return () =>
    new Promise((resolve) => {
      if (!server.listening) return resolve();
      const cut = setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, CUT_MS);
      server.close(() => {
        clearTimeout(cut);
        resolve();
      });
      server.closeIdleConnections();
    });
}
