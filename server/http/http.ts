import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { mayAdminister } from "../../lib/access";
import { configFileSchema } from "../../lib/configFileSchema";
import { originFault } from "../../lib/origin";
import { say } from "../../lib/texts/said";
import { routesOf } from "./apiRoutes";
import { docsPage } from "./docs";
import { createReadiness } from "./health";
import { createIcons } from "./icons";
import { type Api, type ApiEnv, addressOf } from "./implement";
import { createMetrics, type Metrics } from "./metrics";
import type { HttpParts } from "./parts";
import { canonicalPointPath } from "./pointPath";
import { type Fault, problemResponse } from "./problem";
import { isStoreHeldUp } from "./storeHeldUp";

export interface Http {
  /** Answers the request if it is the API's, a probe's or the metrics'; false: it is another's and was not touched. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
}

const OWN = /^\/(api(\/.*)?|icons\/[^/]+\/.*|schemas\/telltale\.json|healthz|readyz|metrics)$/;

/** The HTTP API under /api/v1, its documentation, the schema of telltale.yaml, the probes and the metrics. */
export function createHttp(parts: HttpParts): Http {
  const metrics = createMetrics(parts);
  const api: Api = new OpenAPIHono();
  api.use("*", answerHeaders(metrics, parts));
  api.use("/api/*", originFence(parts));
  api.use("/schemas/*", originFence(parts));
  api.use("/metrics", originFence(parts));
  for (const mount of routesOf(parts)) mount(api, parts);
  mountDocs(api, parts);
  mountIcons(api, parts);
  mountProbes(api, parts, metrics);
  api.notFound(({ req: { method, path } }) =>
    problemResponse({ status: 404, detail: say("problem.noRoute", { method, path: clip(path) }) }),
  );
  api.onError((error, c) => problemResponse(unexpected(parts, error, c.req.method, c.req.path)));

  const listen = getRequestListener(api.fetch, {
    // Next lives in this process and brings its own.
    overrideGlobalObjects: false,
    // For requests without a Host, as a load balancer's HTTP/1.0 probe is; the fence judges the header, and refuses none at all.
    hostname: "localhost",
    errorHandler: (error) => {
      parts.log.debug({ error: String(error) }, "a request that is not HTTP as it should be");
      return problemResponse({ status: 400, detail: say("problem.unreadableRequest") });
    },
  });
  return {
    async handle(req, res) {
      const url = req.url ?? "";
      if (!OWN.test(url.split("?", 1)[0] as string)) return false;
      const canonical = canonicalPointPath(url);
      // Broken escapes in a point's id fit no point; the router answers 404 to this.
      req.url = canonical ?? "/api/v1/points//";
      await listen(req, res);
      return true;
    },
  };
}

/** Foreign pages may not act, and rebound names may not even read. Before the session: a cookie makes no difference. */
function originFence(parts: HttpParts): MiddlewareHandler<ApiEnv> {
  const { config, log, denials } = parts;
  return async (c, next) => {
    const mutation = !["GET", "HEAD", "OPTIONS"].includes(c.req.method);
    const fault = originFault({
      kind: mutation ? "mutation" : "read",
      origin: c.req.header("origin"),
      host: c.req.header("host"),
      publicUrl: config.publicUrl,
    });
    if (!fault) return next();
    log.warn({ method: c.req.method, path: c.req.path, code: fault.code }, "refused by the origin fence");
    const address = addressOf(parts, c.env.incoming);
    denials.note({ kind: fault.code, actor: "anonymous", address, target: `${c.req.method} ${clip(c.req.path)}` });
    return problemResponse({ status: 403, code: fault.code, detail: fault.message });
  };
}

function answerHeaders(metrics: Metrics, { clock }: Pick<HttpParts, "clock">): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const headers = c.res.headers;
    // By this clock a command's Telltale-Expires is judged.
    headers.set("Telltale-Time", String(clock.now()));
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
    if (!headers.has("Content-Security-Policy"))
      headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    metrics.request(c.req.method, c.res.status);
  };
}

function mountDocs(api: Api, { config }: HttpParts): void {
  // not a text: for programs and their authors
  const info = { title: "Telltale", version: config.version, description: "The API of this Telltale." };
  // Made at start, since it takes longer than the event loop may be held; kept as texts, which are a fraction of the document.
  const document = api.getOpenAPI31Document({ openapi: "3.1.0", info });
  const [json, page] = [JSON.stringify(document), docsPage(document)];
  // Made when an editor first asks: 25 ms, since the document has made zod evaluate most of the same schemas.
  let schema: string | undefined;
  api.get("/api/v1/openapi.json", (c) => c.body(json, 200, { "Content-Type": "application/json" }));
  // For editors of telltale.yaml, which cannot sign in.
  api.get("/schemas/telltale.json", (c) => {
    schema ??= JSON.stringify(configFileSchema());
    return c.body(schema, 200, { "Content-Type": "application/schema+json" });
  });
  api.get("/api/docs", (c) =>
    c.html(page, 200, {
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    }),
  );
}

/** For everybody, as the scripts of the pages are: they say nothing of this installation. */
function mountIcons(api: Api, { log }: HttpParts): void {
  const icons = createIcons(log);
  api.get("/icons/:instead{[a-z0-9-]{1,60}}/:name{[a-z0-9-]{1,60}[.]svg}", async (c) => {
    const { name, instead } = c.req.param();
    const glyph = await icons.one(name.slice(0, -".svg".length), instead);
    if (glyph === undefined) return c.notFound();
    return c.body(glyph, 200, {
      "Content-Type": "image/svg+xml",
      "Cache-Control": "public, max-age=31536000, stale-while-revalidate=604800",
    });
  });
}

function mountProbes(api: Api, parts: HttpParts, metrics: Metrics): void {
  const readiness = createReadiness(parts);
  api.get("/healthz", (c) => c.json({ status: "ok" }));
  api.get("/readyz", async (c) => {
    const ready = await readiness();
    return c.json(ready, ready.status === "ok" ? 200 : 503);
  });
  api.get("/metrics", async (c) => {
    const { headers, socket } = c.env.incoming;
    // Prometheus brings no cookie: it may scrape from this very machine. What a proxy on this machine passes on is not from here.
    const forwarded = ["x-forwarded-for", "x-real-ip", "forwarded", "via"].some((name) => headers[name] !== undefined);
    const local = !forwarded && isLoopback(socket.remoteAddress);
    const session = local ? null : await parts.people.session(c.req.raw.headers);
    const denied = (kind: string) =>
      parts.denials.note({
        kind,
        actor: session && session.access.user !== "anonymous" ? session.access.user.name : "anonymous",
        address: addressOf(parts, c.env.incoming),
        target: "GET /metrics",
      });
    if (!local && !session) denied("not-signed-in");
    if (session && !mayAdminister(session.access)) denied("not-allowed");
    if (!local && !session)
      return problemResponse({ status: 401, code: "not-signed-in", detail: say("problem.metricsSignIn") });
    if (session && !mayAdminister(session.access))
      return problemResponse({ status: 403, code: "not-allowed", detail: say("problem.metricsNotAllowed") });
    return c.body(await metrics.text(), 200, { "Content-Type": metrics.contentType });
  });
}

const isLoopback = (address: string | undefined): boolean =>
  address === "::1" || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address ?? "");

/** The one place where what nobody expected ends: the caller gets a number, the log gets the cause. */
function unexpected({ log }: HttpParts, error: Error, method: string, path: string): Fault {
  const id = randomUUID();
  log.error({ id, method, path, error: error.message, stack: error.stack }, "a request failed unexpectedly");
  if (isStoreHeldUp(error))
    return { status: 503, id, code: "store-unavailable", detail: say("problem.storeUnavailable") };
  return { status: 500, id, detail: say("problem.internal", { id }) };
}

const clip = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
