import type { IncomingMessage } from "node:http";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { z } from "zod";
import { type Access, lacking, type Needs, ROLE_OF } from "../../lib/access";
import type { AnyContract, Contract, ContractGroup, Method, Params } from "../../lib/api/route";
import { err, ok, type Result } from "../../lib/result";
import { say } from "../../lib/texts/said";
import type { LivePoint, LiveState, Session } from "../ports";
import { parseBody, readBody } from "./body";
import { openApiRoute } from "./openApi";
import type { HttpParts } from "./parts";
import { type Fault, problemResponse, schemaFault } from "./problem";
import { visiblePoint } from "./visiblePoint";

interface Call<P extends string, Q, B, O extends readonly string[]> {
  params: Params<P>;
  query: Q;
  body: B;
  /** Those of the contract's `of`, in its order; the caller may see them. */
  points: { readonly [I in keyof O]: LivePoint };
  /** For handlers that read the body themselves, as it comes. */
  request: Request;
  headers: Headers;
  address: string;
  /** Absent on routes for anyone. */
  session: Session | null;
  /** Rights as of now. On routes for anyone it may do nothing. */
  access: Access;
  /** Adds to the answer's headers, as Set-Cookie. */
  answerHeaders: Headers;
  /** One line in the trail. Never put a secret into `detail`. */
  audit(action: string, target: string, detail?: Record<string, unknown>, actor?: string): Promise<void>;
}

/** Does what a contract says. An expected failure is a value; a Response is for a stream. */
type Handler<C extends AnyContract> =
  C extends Contract<Method, infer P, infer Q, infer B, infer A, infer _H, infer O>
    ? (call: Call<P, z.output<Q>, z.output<B>, O>) => Promise<Result<z.input<A> | Response, Fault>>
    : never;
type Handlers<G extends ContractGroup> = { readonly [Name in keyof G]: Handler<G[Name]> };

type AnyHandler = (call: Call<string, unknown, unknown, readonly string[]>) => Promise<Result<unknown, Fault>>;

export type ApiEnv = { Bindings: { incoming: IncomingMessage } };
export type Api = OpenAPIHono<ApiEnv>;
/** A route, ready to be mounted. */
export type Mount = (api: Api, parts: HttpParts) => void;

const NOBODY: Access = { user: "anonymous", role: "viewer", grants: [] };

/** Joins the contracts of a resource with what does them: a handler that is missing does not fit. */
export const implement = <G extends ContractGroup>(contracts: G, handlers: Handlers<G>): Mount[] =>
  Object.entries(contracts).map(([name, contract]) => mountOf(contract, handlers[name] as AnyHandler));

/**
 * The order is the same everywhere: Origin (in http.ts), session, right, then the query and the body, then the points, so that who may
 * not act learns nothing of what would fit.
 */
function mountOf(contract: AnyContract, run: AnyHandler): Mount {
  const { method, path, needs, answer } = contract;
  return (api, parts) => {
    api.openAPIRegistry.registerPath(openApiRoute(contract));
    api.on([method], [`/api/v1${path.replaceAll(/\{(\w+)\}/g, ":$1")}`], async (c) => {
      const headers = c.req.raw.headers;
      const session = needs === "anyone" ? null : await parts.people.session(headers);
      const denied = denial(needs, session);
      const address = addressOf(parts, c.env.incoming);
      const access = session?.access ?? NOBODY;
      if (denied) {
        parts.denials.note({ kind: denied.code, actor: actorOf(access), address, target: `${method} ${path}` });
        return problemResponse(denied);
      }

      const params = c.req.param();
      const asked = await judge(contract, c.req.raw, c.req.queries());
      if (!asked.ok) return problemResponse(asked.error);
      const { query, body } = asked.value;
      const points = pointsOf(parts.live, access, contract.of?.({ params, query }) ?? []);
      if (!points.ok) return problemResponse(points.error);

      const answerHeaders = new Headers();
      const result = await run({
        params,
        query,
        body,
        points: points.value,
        request: c.req.raw,
        headers,
        address,
        session,
        access,
        answerHeaders,
        audit: (action, target, detail = {}, actor = actorOf(access)) =>
          parts.store.appendAudit({ at: parts.clock.now(), actor, action, target, detail, address }),
      });
      if (!result.ok) return problemResponse(result.error);
      if (result.value instanceof Response) return result.value;
      if (!answer) return new Response(null, { status: 204, headers: answerHeaders });
      answerHeaders.set("Content-Type", "application/json");
      return new Response(JSON.stringify(result.value), { status: contract.status ?? 200, headers: answerHeaders });
    });
  };
}

/** The query and the body as the contract has them, or what is wrong with the first of them. */
async function judge(
  contract: AnyContract,
  request: Request,
  queries: Record<string, string[]>,
): Promise<Result<{ query: unknown; body: unknown }, Fault>> {
  const query = contract.query ? judgeQuery(contract.query, queries) : ok(undefined);
  if (!query.ok) return query;
  if (!contract.body) return ok({ query: query.value, body: undefined });
  const bytes = await readBody(request);
  if (!bytes.ok) return bytes;
  const body = judgeBody(contract.body, bytes.value);
  return body.ok ? ok({ query: query.value, body: body.value }) : body;
}

/** A query as its schema has it, or what is wrong with it. */
export function judgeQuery<S extends z.ZodType>(
  schema: S,
  given: Record<string, string[]>,
): Result<z.output<S>, Fault> {
  const parsed = schema.safeParse(queryOf(given));
  return parsed.success ? ok(parsed.data) : err(schemaFault(parsed.error.issues, "?"));
}

/** The same of a body, as it came. */
export function judgeBody<S extends z.ZodType>(schema: S, bytes: Uint8Array): Result<z.output<S>, Fault> {
  const json = parseBody(bytes);
  if (!json.ok) return json;
  const parsed = schema.safeParse(json.value);
  return parsed.success ? ok(parsed.data) : err(schemaFault(parsed.error.issues));
}

/** What is given once is a text, what is given several times a list. */
const queryOf = (given: Record<string, string[]>): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(given).map(([name, [first = "", ...more]]) => [name, more.length > 0 ? [first, ...more] : first]),
  );

/** The points that a route concerns, if the caller may see every one. */
function pointsOf(live: LiveState, access: Access, ids: readonly string[]): Result<LivePoint[], Fault> {
  const points: LivePoint[] = [];
  for (const id of ids) {
    const found = visiblePoint(live, access, id);
    if (!found.ok) return found;
    points.push(found.value);
  }
  return ok(points);
}

const actorOf = (access: Access): string => (access.user === "anonymous" ? "anonymous" : access.user.name);

/** Who is at the other end of the request. */
export const addressOf = ({ clientAddress }: Pick<HttpParts, "clientAddress">, incoming: IncomingMessage): string =>
  clientAddress(incoming.socket.remoteAddress, incoming.headers["x-forwarded-for"]);

type Denied = Fault & { code: "not-signed-in" | "not-allowed" };

/** Why this caller may not; undefined: they may. */
function denial(needs: Needs, session: Session | null): Denied | undefined {
  const lacked = lacking(needs, session?.access ?? null);
  if (lacked === undefined) return undefined;
  if (lacked === "session" || !session || needs === "anyone" || needs === "account")
    return { status: 401, code: "not-signed-in", detail: say("problem.signInFirst") };
  return {
    status: 403,
    code: "not-allowed",
    detail: say("problem.needsRole", { needed: ROLE_OF[needs], role: session.access.role }),
  };
}
