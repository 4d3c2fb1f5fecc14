import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { ConfigFile } from "../../lib/configFile";
import type { BrokerId } from "../../lib/ids";
import { Registration, type RegistrationInput } from "../../lib/registration";
import type { TopicFilter } from "../../lib/topics/parse";
import { systemClock } from "../clock";
import { createCatalog } from "../core/catalog/catalog";
import { createLiveState } from "../core/live/liveState";
import { openConfigDatabase } from "../db/openConfigDatabase";
import { createSecretBox } from "../files/secretBox";
import { createHttp } from "../http/http";
import type { HttpParts } from "../http/parts";
import { createPeople, type PeopleOptions } from "../people/people";
import type { Brokers, ConfigSource, DenialAudit, InboundMessage, Log } from "../ports";
import { fakeBackups, fakeBrokers, fakeCommandService, fakeDiscovery, fakeHistory } from "./fakeParts";

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

/** A broker that the test plays: what it says is heard by the live state. */
function playedBrokers() {
  const listeners = new Set<(message: InboundMessage) => void>();
  let subscribed: Parameters<Brokers["apply"]>[1] = new Map();
  const brokers = {
    ...fakeBrokers(),
    apply: (_: unknown, filters: typeof subscribed) => {
      subscribed = filters;
    },
    onMessage(listener: (message: InboundMessage) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    states: () => brokers.state,
  };
  return {
    brokers,
    say(topic: string, payload: string | Uint8Array, more: Partial<InboundMessage> = {}): void {
      const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
      const message = { broker: "main" as BrokerId, topic, payload: bytes, retained: false, receivedAt: 1000, ...more };
      for (const listener of listeners) listener(message);
    },
    /** Resolves when the live state has taken over what was registered, and subscribes to this. */
    async listening(filter: string): Promise<void> {
      const has = () => [...subscribed.values()].some((filters) => filters.has(filter as TopicFilter));
      while (!has()) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** What telltale.yaml would say, from the start to the end. */
const fileOf = (topics: readonly RegistrationInput[]): ConfigSource => ({
  origin: "file",
  current: () => ConfigFile.parse({ topics }),
  onChange: () => () => undefined,
  notice: () => undefined,
  stop: () => undefined,
});

/**
 * The HTTP API on a real socket, with real accounts, the real catalog and configuration (SQLite, in a folder of its own) and the real live
 * state. The broker is played by the test; the command service, discovery, history and backups are stand-ins.
 */
export async function startApiServer(
  options: Partial<PeopleOptions> & {
    publicUrl?: string;
    counters?: HttpParts["counters"];
    /** What is registered from the start. */
    topics?: readonly RegistrationInput[];
    /** What stands in telltale.yaml. */
    file?: readonly RegistrationInput[];
    /** In place of the fake one. */
    store?: HttpParts["history"];
  } = {},
) {
  const dataDir = mkdtempSync(path.join(tmpdir(), "telltale-http-"));
  const opened = await openConfigDatabase({ dataDir, sealer: createSecretBox(randomBytes(32)) });
  if (!opened.ok) throw new Error(opened.error);
  const { store, database } = opened.value;
  const logged: { level: string; fields: object; message: string }[] = [];
  const logAs = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const log: Log = { debug: logAs("debug"), info: logAs("info"), warn: logAs("warn"), error: logAs("error") };
  const people = await createPeople({
    database,
    secret: "a secret of the tests, longer than 32 characters",
    anonymous: false,
    adminPassword: PASSWORD,
    log,
    ...options,
  });
  const denials: Parameters<DenialAudit["note"]>[0][] = [];
  await store.putRegistrations((options.topics ?? []).map((topic) => Registration.parse(topic)));
  const catalog = createCatalog({ store, sources: [fileOf(options.file ?? [])], log, clock: systemClock });
  await catalog.start();
  const { brokers, ...broker } = playedBrokers();
  const live = createLiveState({ clock: systemClock, log, catalog, brokers });
  await live.start();
  const [leftOut] = logged.filter(({ level }) => level === "error");
  if (leftOut) throw new Error(`${leftOut.message}: ${JSON.stringify(leftOut.fields)}`);
  const parts = {
    people,
    live,
    catalog,
    commands: fakeCommandService(live),
    discovery: fakeDiscovery(),
    store,
    history: fakeHistory(),
    backups: fakeBackups(),
    brokers,
  };
  const http = createHttp({
    ...parts,
    history: options.store ?? parts.history,
    config: { publicUrl: options.publicUrl, version: "0.0.0" },
    clientAddress: people.clientAddress,
    counters: options.counters,
    denials: { note: (denied) => void denials.push(denied) },
    clock: systemClock,
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
    ...broker,
    /** The accounts' connection to the configuration's database. */
    database,
    home,
    ask,
    logged,
    denials,
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
      await live.stop();
      await catalog.stop();
      await opened.value.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type ApiServer = Awaited<ReturnType<typeof startApiServer>>;
