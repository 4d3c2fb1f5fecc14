import type { z } from "zod";
import type { Problem } from "@/lib/api";
import type { Contracts } from "@/lib/api/contracts";
import type { AnyContract, Contract, Method, Params } from "@/lib/api/route";
import { t } from "@/lib/texts/t";
import { createServerTime } from "./serverTime";
import { type UploadOptions, upload } from "./upload";

/**
 * The browser's client of /api/v1. Expected failures are values: every call resolves to the body or to a problem that can be shown.
 * Only types are imported from the contracts (lib/api), so that pages do not load their schemas.
 */

export interface ApiProblem {
  /** HTTP status; 0: no response. */
  status: number;
  /** What happened and what to do, for people. */
  message: string;
  /** JSON pointers into the body that was sent. */
  fields: { pointer: string; detail: string }[];
  /** Seconds to wait, where the server said so. */
  retryAfter?: number;
  /** For programs. `changed`: somebody else has changed it meanwhile, and `current` is the stored version. */
  code?: string;
  current?: unknown;
}
export type ApiResult<T> = { ok: true; value: T } | { ok: false; problem: ApiProblem };

/** The stored version, if the problem is that somebody else has changed it meanwhile. */
export const changedMeanwhile = <T>(problem: ApiProblem | undefined): T | undefined =>
  problem?.code === "changed" && problem.current !== null ? (problem.current as T | undefined) : undefined;

const noAnswer = (): string => t("api.noAnswer");

/** A problem from a response: RFC 9457, or anything else that a proxy may have sent. */
export function problemOf(status: number, body: unknown, retryAfter: string | null = null): ApiProblem {
  const problem = (typeof body === "object" && body !== null ? body : {}) as Partial<Problem>;
  const seconds = Number(retryAfter);
  return {
    status,
    message: problem.detail ?? problem.title ?? t("api.serverAnswered", { status }),
    fields: Array.isArray(problem.errors) ? problem.errors : [],
    ...(retryAfter !== null && Number.isFinite(seconds) ? { retryAfter: seconds } : {}),
    ...(problem.code === undefined ? {} : { code: problem.code }),
    ...(problem.current === undefined ? {} : { current: problem.current }),
  };
}

/** The name of a route, as `GET /backups`. */
type Name = keyof Contracts;

/** The body of a route's successful response. */
export type Answer<N extends Name> =
  Contracts[N] extends Contract<infer _M, infer _P, infer _Q, infer _B, infer A, infer _H, infer _O>
    ? z.output<A>
    : never;

/** A query as callers write it: values that the contract converts to numbers may be numbers. */
type Written<Q> = { [K in keyof Q]: unknown extends Q[K] ? string | number : Q[K] };

type ParamsAsk<P extends string> = [keyof Params<P>] extends [never] ? unknown : { params: Params<P> };
type QueryAsk<Q extends z.ZodType> = Q extends z.ZodUndefined
  ? unknown
  : Partial<z.input<Q>> extends z.input<Q>
    ? { query?: Written<z.input<Q>> }
    : { query: Written<z.input<Q>> };
type BodyAsk<B extends z.ZodType> = B extends z.ZodUndefined ? unknown : { body: z.input<B> };
type HeadersAsk<H extends readonly string[]> = ("If-Match" extends H[number]
  ? // The expected version: the server refuses to change another one.
    { version?: number | undefined }
  : unknown) &
  ("Telltale-Expires" extends H[number]
    ? // A gesture: the server refuses it if it arrives seconds late.
      { expires?: true }
    : unknown);

type OptionsOf<C extends AnyContract> =
  C extends Contract<Method, infer P, infer Q, infer B, infer _A, infer H, infer _O>
    ? ParamsAsk<P> & QueryAsk<Q> & BodyAsk<B> & HeadersAsk<H> & { signal?: AbortSignal }
    : never;

/** The arguments of a call beside the route's name; optional where none is required. */
type CallOptions<N extends Name> =
  Partial<OptionsOf<Contracts[N]>> extends OptionsOf<Contracts[N]>
    ? [options?: OptionsOf<Contracts[N]>]
    : [options: OptionsOf<Contracts[N]>];

interface AnyAsk {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  version?: number | undefined;
  expires?: true;
  signal?: AbortSignal;
}

const serverTime = createServerTime();

/** The server's clock, epoch ms; the browser's until the first response. */
export const serverNow = (): number => serverTime.now() ?? Date.now();

/** Calls a route, typed by its contract. */
export async function call<N extends Name>(name: N, ...[options]: CallOptions<N>): Promise<ApiResult<Answer<N>>> {
  const [method = "", path = ""] = name.split(" ");
  return (await fetchJson(method, addressOf(path, options), options)).result as ApiResult<Answer<N>>;
}

/** The routes that return a list in pages. */
type PagedName = {
  [N in Name]: Contracts[N] extends Contract<infer _M, infer _P, infer Q, infer _B, infer _A, infer _H, infer _O>
    ? "cursor" extends keyof z.input<Q>
      ? N
      : never
    : never;
}[Name];

type Item<N extends Name> = Answer<N> extends readonly (infer I)[] ? I : never;

/** Loads a whole list, page by page, by the Link headers. An entry that is on two pages counts once. */
export async function callPages<N extends PagedName>(
  name: N,
  idOf: (item: Item<N>) => string,
  ...[options]: CallOptions<N>
): Promise<ApiResult<Item<N>[]>> {
  const all = new Map<string, Item<N>>();
  let next: string | undefined = addressOf(name.slice("GET ".length), options);
  while (next !== undefined) {
    const { result, link }: Fetched = await fetchJson("GET", next, options);
    if (!result.ok) return result;
    for (const item of result.value as Item<N>[]) all.set(idOf(item), item);
    next = nextOf(link);
  }
  return { ok: true, value: [...all.values()] };
}

/** The address of a resource that the browser loads itself: a picture, or a file to download. */
export const addressFor = <N extends Name>(name: N, ...[options]: CallOptions<N>): string =>
  addressOf(name.slice(name.indexOf(" ") + 1), options);

/** Sends a file as the body. */
export async function callUpload<N extends Name>(
  name: N,
  file: Blob,
  type: string,
  { signal, onSent, ...options }: UploadOptions & OptionsOf<Contracts[N]>,
): Promise<ApiResult<Answer<N>>> {
  const answer = await upload(addressOf(name.slice("POST ".length), options), file, type, { signal, onSent });
  if (!answer) return { ok: false, problem: { status: 0, message: noAnswer(), fields: [] } };
  const body = parseJson(answer.text);
  if (answer.status >= 200 && answer.status < 300) return { ok: true, value: body as Answer<N> };
  return { ok: false, problem: problemOf(answer.status, body) };
}

/** The address for a path such as `/points/{id}`, with its params and query. */
function addressOf(path: string, { params = {}, query = {} }: AnyAsk = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of [value].flat()) if (one !== undefined) written.append(name, String(one));
  const search = written.toString();
  return `/api/v1${filled}${search === "" ? "" : `?${search}`}`;
}

interface Fetched {
  result: ApiResult<unknown>;
  link: string | null;
}

async function fetchJson(
  method: string,
  address: string,
  { body, version, expires, signal }: AnyAsk = {},
): Promise<Fetched> {
  let response: Response;
  let text: string;
  const expiry = expires && serverTime.expiry();
  try {
    response = await fetch(address, {
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
  } catch {
    // fetch rejects only if there was no complete response, or the call was aborted; the browser's message is the same for every cause.
    return { result: { ok: false, problem: { status: 0, message: noAnswer(), fields: [] } }, link: null };
  }
  const { headers } = response;
  const answer = parseJson(text);
  return {
    result: response.ok
      ? { ok: true, value: answer }
      : { ok: false, problem: problemOf(response.status, answer, headers.get("retry-after")) },
    link: headers.get("link"),
  };
}

/** The address in a header such as `</api/v1/points?cursor=…>; rel="next"`. */
const nextOf = (link: string | null): string | undefined => /<(\/api\/v1[^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];

/** Null for a body that is not JSON, such as a proxy's error page. */
function parseJson(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whole lists of the routes that return pages. */
export const listPoints = (registration?: string) =>
  callPages("GET /points", ({ id }) => id, { query: { registration } });
export const listRegistrations = () => callPages("GET /registrations", ({ registration }) => registration.id);
export const listFound = () => callPages("GET /found", ({ id }) => id);
