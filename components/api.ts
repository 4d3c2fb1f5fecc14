import type { Role } from "@/lib/access";
import type {
  AuditEntry,
  BackupOut,
  BackupsOut,
  BrokerOut,
  BrokerPatch,
  BrokerSeen,
  BrokerTest,
  ClearedOut,
  DashboardOut,
  DiscoveryMode,
  DiscoveryOut,
  FoundOut,
  HistorySeries,
  ImportOut,
  MessageOut,
  PointOut,
  Problem,
  ReadingsOut,
  RegistrationOut,
  SessionOut,
  Usage,
  UserOut,
} from "@/lib/api";
import type { Broker } from "@/lib/broker";
import type { Command } from "@/lib/command";
import type { Dashboard } from "@/lib/dashboard";
import type { Registration } from "@/lib/registration";
import { createServerTime } from "./serverTime";
import { type UploadAsk, upload } from "./upload";

/**
 * The browser's side of /api/v1. Expected failures are values: every call answers the body or a problem that can be shown as it is.
 * Only types come from lib/api, so that a page pays for no schema it does not check with.
 */

export interface ApiProblem {
  /** HTTP status; 0: no answer came. */
  status: number;
  /** What happened and what to do, for people. */
  message: string;
  /** JSON pointers into the body that was sent. */
  fields: { pointer: string; detail: string }[];
  /** Seconds to wait, where the server said so. */
  retryAfter?: number;
  /** For programs. `changed`: somebody else changed it meanwhile, and `current` is what is there now. */
  code?: string;
  current?: unknown;
}
export type ApiResult<T> = { ok: true; value: T } | { ok: false; problem: ApiProblem };

/** What is there now, where somebody else changed it meanwhile; undefined: that is not what was wrong. */
export const changedMeanwhile = <T>(problem: ApiProblem | undefined): T | undefined =>
  problem?.code === "changed" && problem.current !== null ? (problem.current as T | undefined) : undefined;

const NO_ANSWER =
  "Telltale's server did not answer. Check that it runs and that this device can reach it, then try again.";

/** RFC 9457, or whatever else a proxy in between may have said. */
export function problemOf(status: number, body: unknown, retryAfter: string | null = null): ApiProblem {
  const problem = (typeof body === "object" && body !== null ? body : {}) as Partial<Problem>;
  const seconds = Number(retryAfter);
  return {
    status,
    message: problem.detail ?? problem.title ?? `The server answered ${status}.`,
    fields: Array.isArray(problem.errors) ? problem.errors : [],
    ...(retryAfter !== null && Number.isFinite(seconds) ? { retryAfter: seconds } : {}),
    ...(problem.code === undefined ? {} : { code: problem.code }),
    ...(problem.current === undefined ? {} : { current: problem.current }),
  };
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface CallOptions {
  signal?: AbortSignal;
  /** The version that is meant: another one is not changed. */
  version?: number | undefined;
  /** A gesture: the server refuses it where it arrives seconds later. */
  expires?: true;
  onHeaders?(headers: Headers): void;
}

const serverTime = createServerTime();

async function call<T>(
  method: Method,
  path: string,
  body?: unknown,
  { signal, version, expires, onHeaders }: CallOptions = {},
): Promise<ApiResult<T>> {
  let response: Response;
  let text: string;
  const expiry = expires && serverTime.expiry();
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(version === undefined ? {} : { "if-match": `"${version}"` }),
        ...(expiry === undefined ? {} : { "telltale-expires": String(expiry) }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
    text = await response.text();
    serverTime.heard(response.headers.get("telltale-time"));
    onHeaders?.(response.headers);
  } catch {
    // fetch rejects only when no whole answer came, or nobody wants it any more; what the browser says is the same for every cause.
    return { ok: false, problem: { status: 0, message: NO_ANSWER, fields: [] } };
  }
  const answer = parseJson(text);
  if (response.ok) return { ok: true, value: answer as T };
  return { ok: false, problem: problemOf(response.status, answer, response.headers.get("retry-after")) };
}

/** A list, all of it: page after page as the Link headers name them. An entry that moved between two pages counts once. */
async function callPages<T>(path: string, idOf: (item: T) => string): Promise<ApiResult<T[]>> {
  const all = new Map<string, T>();
  let next: string | undefined = path;
  while (next !== undefined) {
    let link: string | null = null;
    const answer: ApiResult<T[]> = await call<T[]>("GET", next, undefined, {
      onHeaders: (headers) => {
        link = headers.get("link");
      },
    });
    if (!answer.ok) return answer;
    for (const item of answer.value) all.set(idOf(item), item);
    next = nextOf(link);
  }
  return { ok: true, value: [...all.values()] };
}

/** Of `</api/v1/points?cursor=…>; rel="next"` the path under /api/v1. */
const nextOf = (link: string | null): string | undefined => /<\/api\/v1([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];

async function send<T>(path: string, file: Blob, type: string, ask: UploadAsk): Promise<ApiResult<T>> {
  const answer = await upload(`/api/v1${path}`, file, type, ask);
  if (!answer) return { ok: false, problem: { status: 0, message: NO_ANSWER, fields: [] } };
  const body = parseJson(answer.text);
  if (answer.status >= 200 && answer.status < 300) return { ok: true, value: body as T };
  return { ok: false, problem: problemOf(answer.status, body) };
}

/** A proxy's error page is not JSON: it then counts as no body. */
function parseJson(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

const seg = encodeURIComponent;

export const api = {
  session: {
    get: () => call<SessionOut>("GET", "/session"),
    login: (username: string, password: string) => call<SessionOut>("POST", "/session", { username, password }),
    logout: () => call<null>("DELETE", "/session"),
    setup: (token: string, username: string, password: string) =>
      call<SessionOut>("POST", "/setup", { token, username, password }),
    changePassword: (current: string, next: string) => call<null>("POST", "/session/password", { current, next }),
  },
  registrations: {
    list: () => callPages<RegistrationOut>("/registrations", ({ registration }) => registration.id),
    get: (id: string) => call<RegistrationOut>("GET", `/registrations/${seg(id)}`),
    create: (registration: Registration) => call<RegistrationOut>("POST", "/registrations", registration),
    replace: (id: string, registration: Registration, version: number) =>
      call<RegistrationOut>("PUT", `/registrations/${seg(id)}`, registration, { version }),
    remove: (id: string, version?: number) => call<null>("DELETE", `/registrations/${seg(id)}`, undefined, { version }),
    usage: (id: string) => call<Usage>("GET", `/registrations/${seg(id)}/usage`),
  },
  dashboards: {
    list: () => call<DashboardOut[]>("GET", "/dashboards"),
    get: (slug: string) => call<DashboardOut>("GET", `/dashboards/${seg(slug)}`),
    create: (dashboard: Dashboard) => call<DashboardOut>("POST", "/dashboards", dashboard),
    replace: (slug: string, dashboard: Dashboard, version: number) =>
      call<DashboardOut>("PUT", `/dashboards/${seg(slug)}`, dashboard, { version }),
    remove: (slug: string, version?: number) =>
      call<null>("DELETE", `/dashboards/${seg(slug)}`, undefined, { version }),
  },
  discovery: {
    get: () => call<DiscoveryOut>("GET", "/discovery"),
    set: (mode: DiscoveryMode) => call<DiscoveryOut>("PUT", "/discovery", { mode }),
  },
  found: {
    list: () => callPages<FoundOut>("/found", ({ id }) => id),
    keep: (key: string, entities?: string[]) => call<{ kept: number }>("POST", `/found/${seg(key)}/keep`, { entities }),
    keepAll: () => call<{ kept: number }>("POST", "/found/keep-all"),
    clear: (key: string) => call<ClearedOut>("POST", `/found/${seg(key)}/clear`, undefined, { expires: true }),
    ignore: (key: string, ignored: boolean) => call<null>("POST", `/found/${seg(key)}/ignore`, { ignored }),
  },
  points: {
    list: (registration?: string) =>
      callPages<PointOut>(
        registration === undefined ? "/points" : `/points?registration=${seg(registration)}`,
        ({ id }) => id,
      ),
    /** Epoch ms; at most `width` readings or buckets. */
    history: (id: string, { from, to, width }: { from: number; to: number; width: number }, signal?: AbortSignal) =>
      call<HistorySeries>("GET", `/points/${seg(id)}/history?from=${from}&to=${to}&width=${width}`, undefined, {
        signal,
      }),
    /** The address of its newest picture; with the hash of its value a browser keeps it. */
    imageOf: (id: string, hash: string) => `/api/v1/points/${seg(id)}/image?hash=${seg(hash)}`,
    message: (id: string) => call<MessageOut | null>("GET", `/points/${seg(id)}/message`),
    /** The newest as they came, oldest first. */
    readings: (id: string, limit: number, signal?: AbortSignal) =>
      call<ReadingsOut>("GET", `/points/${seg(id)}/readings?limit=${limit}`, undefined, { signal }),
    /** Newest first. */
    commands: (id: string, limit: number, signal?: AbortSignal) =>
      call<Command[]>("GET", `/points/${seg(id)}/commands?limit=${limit}`, undefined, { signal }),
  },
  brokers: {
    /** For admins. */
    list: () => call<BrokerOut[]>("GET", "/brokers"),
    /** For everybody who may look. */
    seen: () => call<BrokerSeen[]>("GET", "/brokers"),
    create: (broker: Broker) => call<BrokerOut>("POST", "/brokers", broker),
    replace: (id: string, broker: BrokerPatch, version: number) =>
      call<BrokerOut>("PUT", `/brokers/${seg(id)}`, broker, { version }),
    remove: (id: string, version?: number) => call<null>("DELETE", `/brokers/${seg(id)}`, undefined, { version }),
    test: (broker: BrokerPatch) => call<BrokerTest>("POST", "/brokers/test", broker),
  },
  users: {
    list: () => call<UserOut[]>("GET", "/users"),
    create: (user: { username: string; name?: string; password: string; role: Role }) =>
      call<UserOut>("POST", "/users", user),
    update: (id: string, patch: { name?: string; role?: Role; password?: string }) =>
      call<UserOut>("PATCH", `/users/${seg(id)}`, patch),
    remove: (id: string) => call<null>("DELETE", `/users/${seg(id)}`),
  },
  history: {
    /** A CSV of readings; with `dryRun` it is only looked at. */
    import: (file: Blob, { dryRun, ...ask }: UploadAsk & { dryRun: boolean }) =>
      send<ImportOut>(`/history/import?dryRun=${dryRun}`, file, "text/csv", ask),
  },
  backups: {
    list: () => call<BackupsOut>("GET", "/backups"),
    make: () => call<BackupOut>("POST", "/backups"),
    remove: (name: string) => call<null>("DELETE", `/backups/${seg(name)}`),
    /** The address of its file, for a link. */
    fileOf: (name: string) => `/api/v1/backups/${seg(name)}`,
  },
  audit: {
    list: (query: { before?: number; limit: number }) =>
      call<AuditEntry[]>(
        "GET",
        `/audit?limit=${query.limit}${query.before === undefined ? "" : `&before=${query.before}`}`,
      ),
  },
};
