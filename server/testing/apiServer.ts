import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { Broker } from "../../lib/broker";
import { ConfigFile } from "../../lib/configFile";
import { Registration, type RegistrationInput } from "../../lib/registration";
import type { Result } from "../../lib/result";
import { createAlarmService } from "../core/alarms/alarmService";
import { createCatalog } from "../core/catalog/catalog";
import { createCommandService } from "../core/commands/commandService";
import { createDiscoveryService } from "../core/discovery/discoveryService";
import { createLiveState } from "../core/live/liveState";
import { createRecentMessages } from "../core/messages/recentMessages";
import { openConfigDatabase } from "../db/openConfigDatabase";
import { openHistory } from "../db/sqlite/openHistory";
import { createBackups } from "../files/backups";
import { createSecretBox } from "../files/secretBox";
import { createHttp } from "../http/http";
import type { HttpParts } from "../http/parts";
import { createLifecycle } from "../lifecycle";
import { createDenialAudit } from "../people/denialAudit";
import { createPeople, type PeopleOptions } from "../people/people";
import type { ConfigSource, HistoryStore, Log } from "../ports";
import { connectedState, fakeBrokers } from "./fakeBrokers";
import { createFakeClock } from "./fakeClock";
import { startHistoryHere } from "./historyHere";

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  json: any;
}

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON, unless it is text or bytes already. */
  body?: unknown;
  cookie?: string;
  /** Left out: the server's own. null: none is sent. */
  origin?: string | null;
  host?: string;
}

export const PASSWORD = "correct horse";

/** What telltale.yaml would say, from the start to the end. */
const fileOf = (topics: readonly RegistrationInput[]): ConfigSource => ({
  origin: "file",
  current: () => ConfigFile.parse({ topics }),
  onChange: () => () => undefined,
  notice: () => undefined,
  stop: () => undefined,
});

/** The same program that the button starts in a built server. */
const BACKUP_SCRIPT = fileURLToPath(new URL("../../scripts/backup.mjs", import.meta.url));

interface ApiOptions extends Partial<PeopleOptions> {
  publicUrl?: string;
  counters?: HttpParts["counters"];
  /** What is registered from the start. */
  topics?: readonly RegistrationInput[];
  /** What stands in telltale.yaml. */
  file?: readonly RegistrationInput[];
  /** The broker `main` is configured and connected. */
  connected?: boolean;
  /** Puts something in front of the history: a fault, or a delay. */
  history?: (real: HistoryStore) => HistoryStore;
  /** Other nodes; absent as with SQLite. */
  cluster?: HttpParts["cluster"];
}

/**
 * The HTTP API on a real socket, over the parts that a server has: accounts, catalog, live state, commands, discovery and backups, on SQLite in
 * a folder of its own. The test plays the brokers (server/testing/fakeBrokers.ts) and moves the time.
 */
export async function startApiServer(options: ApiOptions = {}) {
  const clock = createFakeClock();
  const dataDir = mkdtempSync(path.join(tmpdir(), "telltale-http-"));
  const logged: { level: string; fields: object; message: string }[] = [];
  const logAs = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const log: Log = { debug: logAs("debug"), info: logAs("info"), warn: logAs("warn"), error: logAs("error") };
  const base = { clock, log };
  const run = createLifecycle(log);

  const { store, accounts } = run.opened(
    need(await openConfigDatabase({ dataDir, sealer: createSecretBox(randomBytes(32)) })),
    (db) => db.close(),
  );
  const database = run.opened(new Database(path.join(dataDir, "config.db")), (open) => open.close());
  const stored = run.opened(need(await openHistory({ ...base, dataDir, startWorker: startHistoryHere })), (open) =>
    open.close(),
  );
  const history = options.history?.(stored) ?? stored;
  const people = await createPeople({
    database: accounts,
    secret: "a secret of the tests, longer than 32 characters",
    anonymous: false,
    adminPassword: PASSWORD,
    log,
    ...options,
  });
  const denials = await run.start(createDenialAudit({ ...base, store }));
  const backups = await run.start(createBackups({ ...base, dataDir, script: BACKUP_SCRIPT }));

  await store.putRegistrations((options.topics ?? []).map((topic) => Registration.parse(topic)));
  if (options.connected) await store.putBroker(Broker.parse({ id: "main", url: "mqtt://127.0.0.1" }));
  const catalog = await run.start(createCatalog({ ...base, store, sources: [fileOf(options.file ?? [])] }));
  const brokers = fakeBrokers(clock);
  if (options.connected) brokers.state = [connectedState()];
  const recent = createRecentMessages();
  const discovery = await run.start(await createDiscoveryService({ ...base, store, catalog, brokers, recent }));
  const live = await run.start(createLiveState({ ...base, catalog, brokers, history, feed: discovery.feed, recent }));
  const commands = await run.start(createCommandService({ ...base, store, brokers, live, people }));
  const sources = [fileOf(options.file ?? [])];
  const alone = { acts: () => true, keepsHouse: () => true, severalNodes: false };
  const alarms = await run.start(createAlarmService({ ...base, ...alone, store, sources, live }));
  const [leftOut] = logged.filter(({ level }) => level === "error");
  if (leftOut) throw new Error(`${leftOut.message}: ${JSON.stringify(leftOut.fields)}`);

  const parts = {
    people,
    live,
    catalog,
    commands,
    alarms,
    discovery,
    store,
    history,
    backups,
    brokers,
    denials,
    clock,
  };
  const http = createHttp({
    ...parts,
    config: { publicUrl: options.publicUrl, version: "0.0.0" },
    clientAddress: people.clientAddress,
    counters: options.counters,
    cluster: options.cluster,
    log,
  });
  const server = createServer(async (req, res) => {
    if (!(await http.handle(req, res))) res.writeHead(299).end("a page");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const home = `http://127.0.0.1:${port}`;

  /** As fetch would not let it be: any Origin, any Host, the path exactly as written. */
  function ask(path: string, asked: Asked = {}): Promise<Answer> {
    const { method = "GET", headers = {}, body, cookie, origin, host } = asked;
    const raw = body === undefined || typeof body === "string" || body instanceof Uint8Array;
    const payload = raw ? (body as string | Uint8Array | undefined) : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const req = request({
        host: "127.0.0.1",
        port,
        path,
        method,
        agent: false,
        headers: {
          ...(payload !== undefined && { "content-type": "application/json" }),
          ...(payload !== undefined && { "content-length": String(Buffer.byteLength(payload)) }),
          ...(cookie !== undefined && { cookie }),
          ...(origin !== null && { origin: origin ?? options.publicUrl ?? home }),
          ...(host !== undefined && { host }),
          ...headers,
        },
      });
      req.on("error", reject);
      req.on("response", (res) => {
        const chunks: Buffer[] = [];
        res.on("data", (chunk) => chunks.push(chunk));
        res.on("error", reject);
        res.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          const json = /[/+]json\b/.test(res.headers["content-type"] ?? "") ? JSON.parse(text) : undefined;
          resolve({ status: res.statusCode ?? 0, headers: res.headers, text, json });
        });
      });
      req.end(payload);
    });
  }

  return {
    ...parts,
    say: brokers.say,
    uncarried: brokers.uncarried,
    listening: brokers.listening,
    /** Another connection to the configuration's database, to lock it. */
    database,
    home,
    ask,
    logged,
    /** Answers the Cookie header of a fresh session. */
    async signIn(username = "admin", password = PASSWORD): Promise<string> {
      const answer = await ask("/api/v1/session", { method: "POST", body: { username, password } });
      if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${answer.text}`);
      return (answer.headers["set-cookie"] ?? []).map((c) => c.split(";")[0]).join("; ");
    },
    async stop() {
      await new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      });
      await run.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

export type ApiServer = Awaited<ReturnType<typeof startApiServer>>;
