import { afterEach, expect, test } from "vitest";
import type { BrokerId } from "../../lib/ids";
import type { Cluster } from "../ports";
import { type ApiServer, PASSWORD, startApiServer } from "../testing/apiServer";
import { connectedState } from "../testing/fakeBrokers";

const MAIN = "main" as BrokerId;
const NODE = {
  id: "left",
  version: "1.2.3",
  startedAt: 1000,
  lastSeenAt: 2000,
  recorderOf: [MAIN],
  standbyOf: [],
  self: true as const,
};

let server: ApiServer;
afterEach(() => server.stop());

async function start(more?: Partial<Cluster>) {
  const cluster: Cluster = {
    nodes: async () => [NODE],
    draining: () => false,
    roles: () => [
      { broker: MAIN, role: "recorder" },
      { broker: "garage" as BrokerId, role: "standby" },
    ],
    gaps: async (broker) => [
      { from: 0, to: 50, why: "no-recorder" },
      ...(broker === MAIN ? [{ from: 90, to: 500, why: "ring-full" as const }] : []),
    ],
    counters: () => ({ ringBytes: 77 }),
    ...more,
  };
  server = await startApiServer({
    cluster: more && cluster,
    topics: [{ id: "temp", filter: "t", type: "number" }],
  });
  server.brokers.state = [connectedState()];
}

test("CL-30: an admin sees the nodes, and nobody else", async () => {
  await start({});
  await server.people.create({ username: "op", password: PASSWORD, role: "operator" });
  const [admin, operator] = [await server.signIn(), await server.signIn("op")];
  expect((await server.ask("/api/v1/nodes", { cookie: admin })).json).toEqual([NODE]);
  expect((await server.ask("/api/v1/nodes", { cookie: operator })).status).toBe(403);
});

test("CL-33: with SQLite there is no list of nodes, and nothing is said of gaps", async () => {
  await start();
  const cookie = await server.signIn();
  const answer = await server.ask("/api/v1/nodes", { cookie });
  expect(answer.status).toBe(404);
  expect(answer.json.detail).toMatch(/one process over SQLite/);
  const history = await server.ask("/api/v1/points/temp/history?from=0&to=100", { cookie });
  expect(history.json).toEqual({ tier: "raw", t: [], value: [], before: null });
});

test("CL-24: the history of a point comes with the gaps of its broker, as far as they lie within its time", async () => {
  await start({});
  const cookie = await server.signIn();
  const one = await server.ask("/api/v1/points/temp/history?from=10&to=100", { cookie });
  const gaps = [
    { from: 10, to: 50, why: "no-recorder" },
    { from: 90, to: 100, why: "ring-full" },
  ];
  expect(one.json).toMatchObject({ tier: "raw", gaps });
  const several = await server.ask("/api/v1/history?points=temp&from=10&to=100", { cookie });
  expect(several.json.series[0].history.gaps).toEqual(gaps);
});

test("CL-101: with SQLite the history comes with the gaps that were moved there", async () => {
  await start();
  const cookie = await server.signIn();
  server.database
    .prepare("INSERT INTO recording_gaps (broker, t0, t1, why) VALUES ('main', 5, 50, 'no-recorder')")
    .run();
  const gapsOf = async (query: string) =>
    (await server.ask(`/api/v1/points/temp/history?${query}`, { cookie })).json.gaps;
  expect(await gapsOf("from=10&to=100")).toEqual([{ from: 10, to: 50, why: "no-recorder" }]);
  expect(await gapsOf("from=50&to=100")).toBeUndefined();
});

test("CL-31: a node that is told to stop is not ready", async () => {
  let draining = false;
  await start({ draining: () => draining });
  expect((await server.ask("/readyz")).status).toBe(200);
  draining = true;
  const answer = await server.ask("/readyz");
  expect([answer.status, answer.json.status]).toEqual([503, "draining"]);
});

test("CL-30: the metrics tell what the node is for each broker", async () => {
  await start({});
  const { text } = await server.ask("/metrics");
  expect(text).toContain('telltale_node_recorder{broker="main"} 1');
  expect(text).toContain('telltale_node_standby{broker="garage"} 1');
  expect(text).toContain("telltale_cluster_ring_bytes 77");
});
