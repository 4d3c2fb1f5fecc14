import mqtt from "mqtt";
import { afterEach, expect, vi } from "vitest";
import type { NodeOut, ReadingsOut } from "../../lib/api";
import { systemClock } from "../clock";
import { startDevices, type TestDevices } from "../faults/devices";
import { startProxy } from "../faults/proxy";
import { startTelltale, type Telltale } from "../faults/telltale";
import { openViewer, type Viewer } from "../faults/viewer";
import { createLifecycle } from "../lifecycle";
import { openStores } from "../openStores";
import type { CommandRecord, Log } from "../ports";
import { startMosquitto } from "../testing/mosquitto";
import { startNats } from "../testing/nats";
import { postgresOfThisFile } from "../testing/postgresOfThisFile";
import { startRecorder } from "../testing/recorder";

/** Several nodes as processes of their own, over one Postgres and one broker. */

const NO_LOG: Log = { debug() {}, info() {}, warn() {}, error() {} };
const SECRET = "a secret of the tests, longer than 32 characters";

interface NodesOptions {
  databaseUrl: string;
  /** The broker's addresses, as this node knows them. */
  urlsOf(name: string): readonly string[];
  names: readonly string[];
}

/** One Postgres for the file, and what each test makes of it; undone when the test ends. */
export function nodesOfATest(kind: "mosquitto" | "nats" = "mosquitto") {
  const postgres = postgresOfThisFile();
  let broker: { host: string; port: number; urls: readonly [string, ...string[]]; kill(): Promise<void> } | undefined;
  const undo: (() => unknown)[] = [];
  const used = <T>(thing: T, end: (thing: T) => unknown): T => {
    undo.push(() => end(thing));
    return thing;
  };
  async function startBroker(): Promise<NonNullable<typeof broker>> {
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
  // Each test starts several servers, which takes its time on a machine that is busy with other things.
  vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
  afterEach(async () => {
    for (const end of undo.splice(0).reverse()) await end();
    broker = undefined;
  });
  return {
    broker: brokerUsed,
    postgres: () => postgres,
    /** The first name's node is the recorder, the second's stands by. */
    async nodes(names: readonly [string, string], urls?: NodesOptions["urlsOf"]): Promise<Nodes> {
      const { urls: all } = await brokerUsed();
      const options = { databaseUrl: await postgres.database(), urlsOf: urls ?? (() => all), names };
      const nodes = used(await startNodes(options), (started) => started.dispose());
      await nodes.untilRoles(names[0], { recorder: names[0], standby: names[1] });
      return nodes;
    },
    /** To the last member of a cluster; nodes use the first that they reach. `behind`: goes on counting where this one has stopped. */
    load: async (perSecond: number, behind?: Load): Promise<Load> =>
      used(await startLoad((await brokerUsed()).urls.at(-1) ?? "", perSecond, behind), (load) => load.stop()),
    viewer: async (url: string, cookie?: string): Promise<Viewer> =>
      used(await openViewer(url, cookie), (viewer) => viewer.close()),
    devices: async (): Promise<TestDevices> =>
      used(await startDevices((await brokerUsed()).urls[0]), (devices) => devices.stop()),
    recorder: async () => used(await startRecorder((await brokerUsed()).urls[0]), (recorder) => recorder.stop()),
    /** A wire, to a node or to the broker: it leads elsewhere when its `target` is changed. */
    async wire(target: { host: string; port: number }) {
      return used(await startProxy(target), (proxy) => proxy.stop());
    },
  };
}

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
    /** What a process leaves in the database that is killed after a command's audit row was written, and before anything was published. */
    async killedBeforePublishing(record: CommandRecord): Promise<void> {
      const run = createLifecycle(NO_LOG);
      const config = { databaseUrl, secret: SECRET, dataDir: "unused", node: "dead" };
      const { store, shared } = await openStores({ config, clock: systemClock, log: NO_LOG }, run);
      if (!shared) throw new Error("Postgres is what several nodes share");
      await shared.tables.beat({ process: shared.process, id: "dead", version: "1.2.3", configFile: null });
      expect(await store.openCommand(record)).toBe("opened");
      await run.stop();
    },
    list,
    /** Makes a person with this role, who signs in on each node; answers the cookies. */
    async person(username: string, role: string, on: readonly string[]) {
      const password = "a lamp in the cellar";
      const by = node(on[0] as string);
      const made = await by.api("POST", "/users", { username, name: username, password, role });
      expect(made.status).toBe(201);
      const cookies = [];
      for (const name of on) cookies.push(await signIn(node(name).url, username, password));
      return { id: made.body.id as string, cookies };
    },
    /** Waits until `by` says that these record and stand by for the broker. */
    async untilRoles(by: string, roles: { recorder: string; standby?: string }): Promise<void> {
      const now = async () => {
        const known = await list(node(by));
        const holder = (of: "recorderOf" | "standbyOf") => known.find((one) => one[of].length > 0)?.id;
        return { recorder: holder("recorderOf"), ...(roles.standby && { standby: holder("standbyOf") }) };
      };
      await expect.poll(now, { interval: 100 }).toEqual(roles);
    },
    async dispose() {
      await Promise.all([...nodes.values()].map((one) => one.dispose()));
    },
  };
}
export type Nodes = Awaited<ReturnType<typeof startNodes>>;

export const POINTS = 10;
export const PUMPS = ["pump0", "pump1", "pump2", "pump3", "pump4"];

async function signIn(url: string, username: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { origin: url, "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  expect(answer.status).toBe(200);
  const cookies = answer.headers.getSetCookie().map((one) => one.split(";")[0]);
  return cookies.join("; ");
}

/**
 * Counts up on every point in turn, every other message with QoS 1, and remembers when each number was sent. A broker that is killed loses nothing
 * that is counted here only where its publisher waits for it.
 */
async function startLoad(url: string, perSecond: number, behind?: { sentAt: number[][] }) {
  const client = await mqtt.connectAsync(url, { protocolVersion: 4, reconnectPeriod: 100 });
  const sentAt = behind?.sentAt ?? Array.from({ length: POINTS }, (): number[] => []);
  let n = sentAt.reduce((sum, { length }) => sum + length, 0);
  const every = 20;
  const timer = setInterval(() => {
    for (let i = 0; i < (perSecond * every) / 1000; i++) {
      const point = n++ % POINTS;
      const times = sentAt[point] as number[];
      client.publish(`load/p${point}`, String(times.length), { qos: times.length % 2 === 0 ? 0 : 1 });
      times.push(Date.now());
    }
  }, every);
  let ending: Promise<void> | undefined;
  return {
    sentAt,
    /** How many messages were sent. */
    count: () => n,
    /** Resolves when all that were sent have left for the broker. */
    stop() {
      clearInterval(timer);
      ending ??= client.endAsync();
      return ending;
    },
  };
}
export type Load = Awaited<ReturnType<typeof startLoad>>;

/** What the history of a point holds, all of it. */
async function readingsOf(by: Telltale, point: string): Promise<ReadingsOut> {
  const { status, body } = await by.api("GET", `/points/${point}/readings?limit=10000`);
  if (status !== 200) throw new Error(`readings of ${point}: ${status}`);
  return body;
}

/** How far what is stored is from what was sent: from the first number that is there on. */
export async function compare(by: Telltale, load: Load) {
  const found = { stored: 0, missing: [] as string[], doubled: 0, outOfOrder: 0, wrongTime: 0 };
  for (const [i, sentAt] of load.sentAt.entries()) {
    const { t, value } = await readingsOf(by, `p${i}`);
    const numbers = value as number[];
    const there = new Set(numbers);
    found.stored += numbers.length;
    found.doubled += numbers.length - there.size;
    for (let n = numbers[0] ?? 0; n < sentAt.length; n++) if (!there.has(n)) found.missing.push(`p${i} ${n}`);
    for (let j = 1; j < numbers.length; j++)
      if ((numbers[j] as number) < (numbers[j - 1] as number)) found.outOfOrder++;
    for (const [j, n] of numbers.entries())
      if (Math.abs((t[j] as number) - (sentAt[n] as number)) > TRUE_WITHIN_MS) found.wrongTime++;
  }
  return found;
}

/** A take-over comes three seconds after a death: what is stored with its time is further off. */
const TRUE_WITHIN_MS = 1000;
