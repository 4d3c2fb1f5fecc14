import type { IncomingMessage } from "node:http";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { type Access, mayAdminister, type Role, roleAtLeast } from "../../lib/access";
import { Problem } from "../../lib/api";
import { err, ok, type Result } from "../../lib/result";
import type { Session } from "../ports";
import { parseBody, readBody } from "./body";
import type { HttpParts } from "./parts";
import { type Fault, problemResponse, schemaFault } from "./problem";

/** Who may call. `anyone`: also without a session; `signed-in`: any account, but not the anonymous viewer. */
type Level = "anyone" | "signed-in" | Role;

interface Call<Q, B> {
  params: Record<string, string>;
  query: Q;
  body: B;
  /** For endpoints that read the body themselves, as it comes. */
  request: Request;
  headers: Headers;
  address: string;
  /** Absent on endpoints for anyone. */
  session: Session | null;
  /** Rights as of now. On endpoints for anyone it may do nothing. */
  access: Access;
  /** Adds to the answer's headers, as Set-Cookie. */
  answerHeaders: Headers;
  /** One line in the trail. Never put a secret into `detail`. */
  audit(action: string, target: string, detail?: Record<string, unknown>, actor?: string): Promise<void>;
}

interface Endpoint<Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** Under /api/v1, as `/points/{id}`. */
  path: string;
  level: Level;
  summary: string;
  query?: Q;
  body?: B;
  /** Absent: 204. */
  answer?: A;
  status?: 200 | 201;
  /** The answer is a list in pages: `query` has PageQuery in it, and a Link header says where the next one is. */
  paged?: true;
  /** The media type of a body that `run` reads itself; no schema looks at it. */
  consumes?: string;
  /** The media types of an answer that `run` gives as a Response of its own, as a stream. */
  produces?: readonly string[];
  run(call: Call<z.output<Q>, z.output<B>>): Promise<Result<z.input<A> | Response | null, Fault>>;
}

export type ApiEnv = { Bindings: { incoming: IncomingMessage } };
export type Api = OpenAPIHono<ApiEnv>;
/** An endpoint, ready to be mounted. Its schemas read what comes from outside: whoever tries them with hostile input finds them here. */
export interface Mount {
  (api: Api, parts: HttpParts): void;
  /** As `post /points/{id}/commands`. */
  readonly route: string;
  readonly query: z.ZodType | undefined;
  readonly body: z.ZodType | undefined;
}

const ProblemOut = Problem.meta({ id: "Problem" });
const NOBODY: Access = { user: "anonymous", role: "viewer", grants: [] };

/**
 * Describes an endpoint once: for OpenAPI, for the check of rights and for the handler. The order is the same everywhere:
 * Origin (in http.ts), session, role, then the query and the body, so that who may not act learns nothing of what would fit.
 */
export function endpoint<
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  A extends z.ZodType = z.ZodNull,
>(e: Endpoint<Q, B, A>): Mount {
  const mount = (api: Api, parts: HttpParts): void => {
    api.openAPIRegistry.registerPath(openApiRoute(e));
    api.on([e.method], [`/api/v1${e.path.replaceAll(/\{(\w+)\}/g, ":$1")}`], async (c) => {
      const headers = c.req.raw.headers;
      const session = e.level === "anyone" ? null : await parts.people.session(headers);
      const denied = e.level === "anyone" ? undefined : deny(e.level, session);
      const address = addressOf(parts, c.env.incoming);
      const actor = actorOf(session?.access ?? NOBODY);
      if (denied) {
        parts.denials.note({ kind: denied.code, actor, address, target: `${e.method.toUpperCase()} ${e.path}` });
        return problemResponse(denied);
      }

      const query = e.query && judgeQuery(e.query, c.req.queries());
      if (query && !query.ok) return problemResponse(query.error);
      const bytes = e.body && (await readBody(c.req.raw));
      if (bytes && !bytes.ok) return problemResponse(bytes.error);
      const body = e.body && bytes && judgeBody(e.body, bytes.value);
      if (body && !body.ok) return problemResponse(body.error);

      const access = session?.access ?? NOBODY;
      const answerHeaders = new Headers();
      const result = await e.run({
        params: c.req.param(),
        query: query?.value as z.output<Q>,
        body: body?.value as z.output<B>,
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
      if (!e.answer) return new Response(null, { status: 204, headers: answerHeaders });
      answerHeaders.set("Content-Type", "application/json");
      return new Response(JSON.stringify(result.value), { status: e.status ?? 200, headers: answerHeaders });
    });
  };
  return Object.assign(mount, { route: `${e.method} ${e.path}`, query: e.query, body: e.body });
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

const actorOf = (access: Access): string => (access.user === "anonymous" ? "anonymous" : access.user.name);

/** Who is at the other end of the request. */
export const addressOf = ({ clientAddress }: Pick<HttpParts, "clientAddress">, incoming: IncomingMessage): string =>
  clientAddress(incoming.socket.remoteAddress, incoming.headers["x-forwarded-for"]);

type Denied = Fault & { code: "not-signed-in" | "not-allowed" };

function deny(level: Exclude<Level, "anyone">, session: Session | null): Denied | undefined {
  if (level === "viewer" && session) return undefined;
  if (!session || session.access.user === "anonymous")
    return { status: 401, code: "not-signed-in", detail: "Sign in first." };
  const { access } = session;
  const allowed = {
    "signed-in": () => true,
    viewer: () => true,
    // Which points a grant reaches is looked at with the point; a grant at all opens the door.
    operator: () => roleAtLeast(access.role, "operator") || access.grants.some((g) => roleAtLeast(g.role, "operator")),
    admin: () => mayAdminister(access),
  }[level]();
  if (allowed) return undefined;
  return { status: 403, code: "not-allowed", detail: `This needs the role ${level}; yours is ${access.role}.` };
}

const LINK = 'Absent on the last page, else `<address of the next page>; rel="next"` (RFC 8288)';

function openApiRoute<Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(e: Endpoint<Q, B, A>) {
  const names = [...e.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  const streamed = Object.fromEntries((e.produces ?? []).map((type) => [type, { schema: z.string() }]));
  const status = e.produces ? 200 : e.answer ? (e.status ?? 200) : 204;
  return createRoute({
    method: e.method,
    path: `/api/v1${e.path}`,
    summary: e.summary,
    tags: [e.path.split("/")[1] ?? ""],
    "x-level": e.level,
    request: {
      ...(names.length > 0 && { params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
      ...(e.query instanceof z.ZodObject && { query: e.query }),
      ...(e.consumes && { body: { required: true, content: { [e.consumes]: { schema: z.string() } } } }),
      ...(e.body && { body: { required: true, content: { "application/json": { schema: e.body } } } }),
    },
    responses: {
      [status]: {
        description: "Done",
        ...(e.produces && { content: streamed }),
        ...(e.paged && { headers: z.object({ Link: z.string().optional().describe(LINK) }) }),
        ...(e.answer && { content: { "application/json": { schema: e.answer } } }),
      },
      default: {
        description: "What went wrong",
        content: { "application/problem+json": { schema: ProblemOut } },
      },
    },
  });
}
