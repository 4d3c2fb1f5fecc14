import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import SqliteDatabase from "better-sqlite3";
import { createHttp } from "../http/http";
import type { HttpParts } from "../http/parts";
import { createPeople, type PeopleOptions } from "../people/people";
import type { DenialAudit, Log } from "../ports";
import {
  fakeBackups,
  fakeBrokers,
  fakeCatalog,
  fakeCommandService,
  fakeDiscovery,
  fakeHistory,
  fakeLive,
} from "./fakeParts";
import { createMemoryConfigStore } from "./memoryConfigStore";

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

/** The HTTP API on a real socket with real accounts; everything else in memory. */
export async function startApiServer(
  options: Partial<PeopleOptions> & {
    publicUrl?: string;
    counters?: HttpParts["counters"];
    /** In place of the fake one. */
    store?: HttpParts["history"];
  } = {},
) {
  const database = new SqliteDatabase(":memory:");
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
  const live = fakeLive();
  const parts = {
    people,
    live,
    catalog: fakeCatalog(),
    commands: fakeCommandService(live),
    discovery: fakeDiscovery(),
    store: createMemoryConfigStore(),
    history: fakeHistory(),
    backups: fakeBackups(),
    brokers: fakeBrokers(),
  };
  const http = createHttp({
    ...parts,
    history: options.store ?? parts.history,
    config: { publicUrl: options.publicUrl, version: "0.0.0" },
    clientAddress: people.clientAddress,
    counters: options.counters,
    denials: { note: (denied) => void denials.push(denied) },
    clock: { now: () => Date.now(), after: never, every: never },
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
      database.close();
    },
  };
}

export type ApiServer = Awaited<ReturnType<typeof startApiServer>>;

function never(): never {
  throw new Error("not part of this test");
}
