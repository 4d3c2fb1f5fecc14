import type { NodeOut } from "../../lib/api";
import { startDevices, type TestDevices } from "../faults/devices";
import { startProxy } from "../faults/proxy";
import { startTelltale, type Telltale } from "../faults/telltaleProcess";
import { openViewer, type Viewer } from "../faults/viewer";
import { type Haproxy, startHaproxy } from "../testing/haproxy";
import { startMosquitto } from "../testing/mosquitto";
import { startNats } from "../testing/nats";
import { type PrivatePostgres, startPostgres } from "../testing/postgres";
import { startRecorder } from "../testing/recorder";
import { hearLoad, type Load, POINTS, startLoad } from "./load.harness";
import { untilAnswer } from "./untilAnswer.harness";

/**
 * Several nodes as processes of their own, over one Postgres and one broker. Tests reach it by nodesOfATest (testNodes.harness.ts), benchmarks
 * directly: nothing here belongs to a test runner.
 */

const SECRET = "a secret of the tests, longer than 32 characters";

interface NodesOptions {
  databaseUrl: string;
  /** The broker's addresses, as this node knows them. */
  urlsOf(name: string): readonly string[];
  names: readonly string[];
}

export type BrokerKind = "mosquitto" | "nats";

interface BrokerUsed {
  host: string;
  port: number;
  urls: readonly [string, ...string[]];
  /** Of a cluster, the member that nodes use first. */
  kill(): Promise<void>;
}

/** What is made with it lasts until `reset`, and Postgres until `stop`. */
export function createClusterBed(kind: BrokerKind = "mosquitto") {
  let postgres: PrivatePostgres | undefined;
  let broker: BrokerUsed | undefined;
  let databaseUrl = "";
  const undo: (() => unknown)[] = [];
  const used = <T>(thing: T, end: (thing: T) => unknown): T => {
    undo.push(() => end(thing));
    return thing;
  };
  async function startBroker(): Promise<BrokerUsed> {
    if (kind === "mosquitto") {
      const { host, port, url, kill } = used(await startMosquitto(), (one) => one.stop());
      return { host, port, urls: [url], kill };
    }
    const { members } = used(await startNats(3), (cluster) => cluster.stop());
    const kill = async () => members[0]?.kill();
    const [first = "", ...others] = members.map(({ url }) => url);
    return { host: "127.0.0.1", port: Number(new URL(first).port), urls: [first, ...others], kill };
  }
  const brokerUsed = async () => {
    broker ??= await startBroker();
    return broker;
  };
  const postgresUsed = (): PrivatePostgres => {
    if (!postgres) throw new Error("Postgres has not been started");
    return postgres;
  };
  return {
    kind,
    async start(): Promise<void> {
      postgres = await startPostgres();
    },
    async reset(): Promise<void> {
      for (const end of undo.splice(0).reverse()) await end();
      broker = undefined;
    },
    async stop(): Promise<void> {
      await postgres?.stop();
    },
    broker: brokerUsed,
    postgres: postgresUsed,
    /** Of the nodes that were started last. */
    databaseUrl: () => databaseUrl,
    /** The first name's node is the recorder, the second's stands by. */
    async nodes(names: readonly [string, ...string[]], urls?: NodesOptions["urlsOf"]): Promise<Nodes> {
      const { urls: all } = await brokerUsed();
      databaseUrl = await postgresUsed().database();
      const options = { databaseUrl, urlsOf: urls ?? (() => all), names };
      const nodes = used(await startNodes(options), (started) => started.dispose());
      await nodes.untilRoles(names[0], { recorder: names[0], standby: names[1] });
      return nodes;
    },
    /** To the last member of a cluster; nodes use the first that they reach. `behind`: goes on counting where this one has stopped. */
    load: async (perSecond: number, behind?: Load): Promise<Load> =>
      used(await startLoad((await brokerUsed()).urls.at(-1) ?? "", perSecond, behind), (load) => load.stop()),
    /** Beside the publisher of a load. */
    hear: async () => used(await hearLoad((await brokerUsed()).urls.slice(-1)), (heard) => heard.stop()),
    /** Where the nodes are, and elsewhere when they are. */
    hearBesideNodes: async () => used(await hearLoad((await brokerUsed()).urls), (heard) => heard.stop()),
    viewer: async (url: string, cookie?: string): Promise<Viewer> =>
      used(await openViewer(url, cookie), (viewer) => viewer.close()),
    devices: async (): Promise<TestDevices> =>
      used(await startDevices((await brokerUsed()).urls[0]), (devices) => devices.stop()),
    recorder: async () => used(await startRecorder((await brokerUsed()).urls[0]), (recorder) => recorder.stop()),
    /** A wire, to a node or to the broker: it leads elsewhere when its `target` is changed. */
    async wire(target: { host: string; port: number }) {
      return used(await startProxy(target), (proxy) => proxy.stop());
    },
    balancer: async (nodes: readonly Telltale[]): Promise<Haproxy> =>
      used(await startHaproxy({ nodes: nodes.map(({ url }) => url) }), (haproxy) => haproxy.stop()),
  };
}
export type ClusterBed = ReturnType<typeof createClusterBed>;

/** All of them have the same telltale.yaml: `p0` to `p9` count, and the pumps take commands. The broker is in the environment, so that each may reach it by a way of its own. */
async function startNodes({ databaseUrl, urlsOf, names }: NodesOptions) {
  const yaml = `
topics:
${Array.from({ length: POINTS }, (_, i) => `  - {id: p${i}, filter: load/p${i}, type: number}`).join("\n")}
${PUMPS.map((id) => `  - {id: ${id}, filter: ${id}/state, type: boolean, command: {topic: ${id}/set, confirm: 60s}}`).join("\n")}
  - {id: lamp, filter: lamp, type: boolean, command: {topic: lamp, confirm: 60s}}
`;
  const start = (name: string) =>
    startTelltale({
      yaml,
      env: {
        DATABASE_URL: databaseUrl,
        TELLTALE_SECRET: SECRET,
        TELLTALE_NODE: name,
        MQTT_URL: urlsOf(name).join(","),
      },
    });
  const nodes = new Map<string, Telltale>();
  for (const name of names) nodes.set(name, await start(name));
  const [first] = nodes.values();
  await first?.login();

  const node = (name: string): Telltale => {
    const found = nodes.get(name);
    if (!found) throw new Error(`there is no node ${name}`);
    return found;
  };
  const list = async (by: Telltale): Promise<NodeOut[]> => (await by.api("GET", "/nodes")).body;

  return {
    node,
    list,
    /** Makes a person with this role, who signs in on each node; answers the cookies. */
    async person(username: string, role: string, on: readonly string[]) {
      const password = "a lamp in the cellar";
      const by = node(on[0] as string);
      const made = await by.api("POST", "/users", { username, name: username, password, role });
      if (made.status !== 201) throw new Error(`${username} was not made: ${made.status}`);
      const cookies = [];
      for (const name of on) cookies.push(await signIn(node(name).url, username, password));
      return { id: made.body.id as string, cookies };
    },
    /** Waits until `by` says that these record and stand by for the broker. */
    async untilRoles(by: string, roles: { recorder: string; standby?: string }): Promise<void> {
      await untilAnswer(`roles ${JSON.stringify(roles)}`, async () => {
        const known = await list(node(by));
        const holder = (of: "recorderOf" | "standbyOf") => known.find((one) => one[of].length > 0)?.id;
        return holder("recorderOf") === roles.recorder && (!roles.standby || holder("standbyOf") === roles.standby);
      });
    },
    async dispose() {
      await Promise.all([...nodes.values()].map((one) => one.dispose()));
    },
  };
}
export type Nodes = Awaited<ReturnType<typeof startNodes>>;

export const PUMPS = ["pump0", "pump1", "pump2", "pump3", "pump4"];

async function signIn(url: string, username: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { origin: url, "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  if (answer.status !== 200) throw new Error(`${username} could not sign in: ${answer.status}`);
  const cookies = answer.headers.getSetCookie().map((one) => one.split(";")[0]);
  return cookies.join("; ");
}
