import { afterEach, beforeEach, expect, test } from "vitest";
import type { BrokerState } from "../../lib/broker";
import type { BrokerId } from "../../lib/ids";
import { asWording } from "../../lib/texts/said";
import { type ApiServer, PASSWORD, startApiServer } from "../testing/apiServer";
import { connectedState } from "../testing/fakeBrokers";

let server: ApiServer;
beforeEach(async () => {
  server = await startApiServer({
    counters: () => ({ sockets: { open: 3, slowReaders: 1 } }),
    topics: [{ id: "temp", filter: "t", type: "number" }],
  });
});
afterEach(() => server.stop());

const offline: BrokerState = {
  id: "attic" as BrokerId,
  name: "attic",
  since: 0,
  state: "offline",
  fault: "refused",
  reason: asWording("10.0.0.7 refused"),
};

test("healthz is alive; readyz names what is missing, and no hosts", async () => {
  expect((await server.ask("/healthz")).json).toEqual({ status: "ok" });
  server.brokers.state = [connectedState()];
  const ready = await server.ask("/readyz");
  expect([ready.status, ready.json]).toEqual([
    200,
    { status: "ok", brokers: { main: { state: "connected" } }, stores: { config: "ok", history: "ok" } },
  ]);
  server.brokers.state = [connectedState(), offline];
  const missing = await server.ask("/readyz");
  expect(missing.status).toBe(503);
  expect(missing.json.brokers).toEqual({
    main: { state: "connected" },
    attic: { state: "offline", fault: "refused" },
  });
});

test("readyz says which store cannot be written", async () => {
  // As another process would, that holds the database for long.
  server.database.exec("BEGIN IMMEDIATE");
  const answer = await server.ask("/readyz");
  server.database.exec("ROLLBACK");
  expect([answer.status, answer.json.stores]).toEqual([503, { config: "unavailable", history: "ok" }]);

  // The stores are asked once a second at most.
  await server.history.close();
  const ask = async () => (await server.ask("/readyz")).json.stores;
  expect(await ask()).toEqual({ config: "unavailable", history: "ok" });
  server.clock.advance(1000);
  expect(await ask()).toEqual({ config: "ok", history: "unavailable" });
});

test("FA-109: readyz asks the stores again after a second also where the clock was set back", async () => {
  expect((await server.ask("/readyz")).json.stores.history).toBe("ok");
  await server.history.close();
  server.clock.setBack(3_600_000);
  server.clock.advance(1000);
  expect((await server.ask("/readyz")).json.stores.history).toBe("unavailable");
});

test("AC-16: this machine may scrape the metrics of all parts", async () => {
  server.brokers.state = [connectedState()];
  for (const payload of ["20", "21", "warm"]) server.say("t", payload);
  await server.history.flush();
  await server.ask("/api/v1/session");
  const answer = await server.ask("/metrics");
  expect(answer.headers["content-type"]).toMatch(/^text\/plain/);
  for (const line of [
    'telltale_broker_received{broker="main"} 40',
    'telltale_broker_connected{broker="main"} 1',
    'telltale_ingest_dropped_total{broker="main"} 6',
    "telltale_live_readings 2",
    "telltale_live_rejected 1",
    "telltale_commands_sent 0",
    "telltale_history_stored 2",
    "telltale_sockets_open 3",
    "telltale_sockets_slow_readers 1",
    'telltale_http_requests_total{method="GET",status="200"} 1',
  ])
    expect(answer.text.split("\n")).toContain(line);
  expect(answer.text).toMatch(/nodejs_eventloop_lag_seconds|process_resident_memory_bytes/);
  server.brokers.state = [];
  expect((await server.ask("/metrics")).text).not.toContain("telltale_broker_connected{");
});

test("AC-16: through a proxy the metrics are for admins only", async () => {
  await server.people.create({ username: "bea", password: PASSWORD, role: "operator" });
  const headers = { "x-forwarded-for": "203.0.113.9" };
  expect((await server.ask("/metrics", { headers })).status).toBe(401);
  expect((await server.ask("/metrics", { headers, cookie: await server.signIn("bea") })).status).toBe(403);
  expect((await server.ask("/metrics", { headers, cookie: await server.signIn() })).status).toBe(200);
});

test("the documentation is one page, and needs nothing from elsewhere", async () => {
  const { json } = await server.ask("/api/v1/openapi.json");
  expect(json.openapi).toBe("3.1.0");
  expect(json.components.schemas.Registration.properties.filter).toBeDefined();
  const page = await server.ask("/api/docs");
  expect(page.headers["content-type"]).toMatch(/^text\/html/);
  for (const path of Object.keys(json.paths)) expect(page.text).toContain(path);
  expect(page.text).not.toMatch(/<script|https?:\/\//);
});

test("RG-103: editors get the JSON Schema of telltale.yaml without a login", async () => {
  const answer = await server.ask("/schemas/telltale.json");
  expect([answer.status, answer.headers["content-type"]]).toEqual([200, "application/schema+json"]);
  expect(answer.json).toMatchObject({ $schema: "http://json-schema.org/draft-07/schema#", title: "telltale.yaml" });
  expect(Object.keys(answer.json.properties)).toEqual(["brokers", "topics", "dashboards", "alarms"]);
  expect((await server.ask("/schemas/other.json")).status).not.toBe(200);
});
