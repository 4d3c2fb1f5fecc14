import { type BrowserContext, errors, expect, type Page } from "@playwright/test";
import mqtt from "mqtt";
import { parse, stringify } from "yaml";
import { startTelltale, type TelltaleServer } from "../e2e/server";
import { connectHouse, houseYaml } from "../scripts/cluster/devices";
import { ROOT } from "../scripts/lib/root.mjs";
import { type Haproxy, startHaproxy } from "../server/testing/haproxy";
import { startMosquitto } from "../server/testing/mosquitto";
import { startPostgres } from "../server/testing/postgres";
import { pause } from "./measure";
import { olderBuild } from "./olderBuild";
import { launchBrowser } from "./page";
import { type PageWatch, watchFaults } from "./pageWatch";
import { report } from "./rows";

/**
 * An upgrade node by node, as docs/operations.md tells it: two nodes with the build of an older commit, over one Postgres and one broker behind
 * HAProxy, are stopped in order and started with this build, one after the other. Meanwhile 100 messages a second come, four pages are open, a
 * person walks from page to page, and another one operates a switch each second. TELLTALE_ROLLING_FROM names the commit, or a checkout of it that
 * is built; absent: the commit before this one.
 */
const FROM = process.env.TELLTALE_ROLLING_FROM ?? "HEAD~1";
const PASSWORD = "a lamp in the hall";
const POINTS = 10;
const EVERY_MS = 100;
const STEP_MS = 1000;
const SETTLE_MS = 10_000;
/** What is on its way when the last message was sent is stored by then. */
const STORED_MS = 3000;
/** The page asks another node what became of a command that it has no answer to. */
const ANSWER_MS = 10_000;
const REFUSED = /not sent|nothing was sent|is stopping|shutting down|was stopped|unknown/i;

const yaml = (): string => {
  const house = parse(houseYaml()) as { topics: object[]; dashboards: object[] };
  const points = Array.from({ length: POINTS }, (_, i) => `p${i}`);
  const topics = points.map((id) => ({ id, name: id, broker: "main", filter: `load/${id}`, type: "number" }));
  const pump = {
    id: "rolled",
    name: "Rolled",
    broker: "main",
    filter: "rolled/state",
    type: "boolean",
    command: { topic: "rolled/set" },
  };
  const tiles = [{ kind: "switch", point: "rolled" }, ...points.map((point) => ({ kind: "value", point }))];
  return stringify({
    topics: [...house.topics, ...topics, pump],
    dashboards: [...house.dashboards, { slug: "rolling", title: "Rolling", tiles }],
  });
};

/** Counts up on each point, every other message with QoS 1. */
async function startLoad(url: string) {
  const client = await mqtt.connectAsync(url);
  let sent = 0;
  const timer = setInterval(() => {
    for (let i = 0; i < POINTS; i++) client.publish(`load/p${i}`, String(sent), { qos: sent % 2 === 0 ? 0 : 1 });
    sent++;
  }, EVERY_MS);
  return {
    /** Of each point. */
    sent: () => sent,
    async stop() {
      clearInterval(timer);
      await client.endAsync();
    },
  };
}

/** Does what it is told, and says so. */
async function startDevice(url: string) {
  const client = await mqtt.connectAsync(url);
  let told = 0;
  client.on("message", (_topic, payload) => {
    told++;
    client.publish("rolled/state", payload, { retain: true, qos: 1 });
  });
  await client.subscribeAsync("rolled/set", { qos: 1 });
  await client.publishAsync("rolled/state", "false", { retain: true, qos: 1 });
  return { told: () => told, stop: () => client.endAsync() };
}

/** Each second, until it is stopped; resolves then. */
function repeatedly(step: () => Promise<void>): () => Promise<void> {
  let stopped = false;
  const run = (async () => {
    while (!stopped) {
      const next = pause(STEP_MS);
      await step();
      await next;
    }
  })();
  return () => {
    stopped = true;
    return run;
  };
}

/** From link to link. */
function walk(page: Page): { stop(): Promise<void>; steps(): number; missed: string[] } {
  const names = ["House", "Everything", "Audit"];
  const missed: string[] = [];
  let steps = 0;
  const stop = repeatedly(async () => {
    const name = names[steps++ % names.length] as string;
    try {
      await page
        .getByRole("link", { name: new RegExp(`^${name}`) })
        .first()
        .click({ timeout: 15_000 });
      await expect(page.getByRole("heading", { name, exact: true, level: 1 })).toBeVisible({ timeout: 15_000 });
    } catch (error) {
      missed.push(`${name}: ${String(error).split("\n")[0]}`);
    }
  });
  return { stop, steps: () => steps, missed };
}

/** The device has it, or the page says why not. */
async function isAnswered(page: Page, came: () => boolean): Promise<"came" | "refused" | "lost"> {
  const tile = page.getByRole("group", { name: "Rolled", exact: true });
  for (const until = Date.now() + ANSWER_MS; Date.now() < until; await pause(50)) {
    if (came()) return "came";
    if (REFUSED.test(await tile.innerText())) return "refused";
  }
  console.log(
    `    operator: nobody heard of it, and its tile says "${(await tile.innerText()).replaceAll("\n", " ")}"`,
  );
  return "lost";
}

function operate(page: Page, told: () => number) {
  const counts = { came: 0, refused: 0, lost: 0, disabled: 0 };
  const control = page.getByRole("group", { name: "Rolled", exact: true }).getByRole("switch");
  const stop = repeatedly(async () => {
    const before = told();
    try {
      await control.click({ timeout: STEP_MS });
      counts[await isAnswered(page, () => told() > before)]++;
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
      counts.disabled++;
    }
  });
  return { stop, counts };
}

async function startCluster(root: string) {
  const postgres = await startPostgres();
  const mosquitto = await startMosquitto();
  const env = {
    DATABASE_URL: await postgres.database(),
    MQTT_URL: mosquitto.url,
    TELLTALE_SECRET: "the same for both nodes, and for both of their builds",
    TELLTALE_ADMIN_PASSWORD: PASSWORD,
    TELLTALE_TRUSTED_PROXY: "127.0.0.1",
  };
  const nodes: TelltaleServer[] = [];
  for (const name of ["a", "b"])
    nodes.push(await startTelltale({ root, yaml: yaml(), env: { ...env, TELLTALE_NODE: name } }));
  const balancer = await startHaproxy({ nodes: nodes.map(({ url }) => url) });
  return {
    nodes,
    balancer,
    broker: mosquitto.url,
    async stop() {
      await balancer.stop();
      await Promise.all(nodes.map((node) => node.dispose()));
      await mosquitto.stop();
      await postgres.stop();
    },
  };
}

type Cluster = Awaited<ReturnType<typeof startCluster>>;

async function signIn(context: BrowserContext, { url }: Haproxy): Promise<void> {
  const data = { username: "admin", password: PASSWORD };
  const answer = await context.request.post(`${url}/api/v1/session`, { data, headers: { origin: url } });
  if (!answer.ok()) throw new Error(`signing in was answered with ${answer.status()}`);
}

/** Pages whose values change ten times a second. */
const SHOWS_LOAD = { Everything: true, point: true, operator: true };
const PAGES = { House: "/d/house", Everything: "/everything", point: "/p/p0", Audit: "/admin/audit" };

/** Since when this node records the broker; undefined: it does not. */
function recordsSince(node: TelltaleServer): number | undefined {
  const line = node
    .log()
    .split("\n")
    .findLast((one) => one.includes("this node records the broker"));
  return line === undefined ? undefined : (JSON.parse(line) as { time: number }).time;
}

/** Stops the node in order, and starts it with this build. Answers after how many ms the other one recorded, where it had to follow. */
async function upgrade({ nodes, balancer }: Cluster, i: 0 | 1): Promise<number | undefined> {
  const [node, other] = [nodes[i] as TelltaleServer, nodes[1 - i] as TelltaleServer];
  const told = Date.now();
  const code = await node.stop();
  if (code !== 0) throw new Error(`node ${i + 1} ended with ${code}:\n${node.log()}`);
  await pause(SETTLE_MS / 2);
  const since = recordsSince(other);
  await node.start(ROOT);
  while (!balancer.sendsTo(i + 1)) await pause(100);
  await pause(SETTLE_MS);
  return since !== undefined && since >= told ? since - told : undefined;
}

/** How many readings of the load are missing from the history or there twice. */
async function wrongReadings(api: (path: string) => Promise<unknown>, sent: number): Promise<number> {
  let wrong = 0;
  for (let i = 0; i < POINTS; i++) {
    const { value } = (await api(`/points/p${i}/readings?limit=10000`)) as { value: number[] };
    const there = new Set(value);
    wrong += value.length - there.size;
    for (let n = value[0] ?? 0; n < sent; n++) if (!there.has(n)) wrong++;
  }
  return wrong;
}

/** What an upgrade may cost at most; a row beyond it ends the benchmark with a fault. */
const beyond: string[] = [];
function judge(what: string, value: number, most: number, unit: string): void {
  report({ what, value, unit });
  if (!(value <= most)) beyond.push(`${what}: ${value}, at most ${most}`);
}

async function judgePage(watch: PageWatch): Promise<void> {
  for (const fault of watch.faults) console.log(`    ${watch.name}: ${fault}`);
  const { name } = watch;
  judge(`${name}: errors, failed requests and empty screens`, watch.faults.length + watch.blank(), 0, "");
  // Whoever goes from page to page loads those of the other version anew each time.
  if (name === "walker") return;
  judge(`${name}: loaded anew`, watch.loads() - 1, 1, "times");
  if (name in SHOWS_LOAD) judge(`${name}: longest pause of its values`, await watch.longestPause(), 5000, "ms");
}

async function rolling(root: string): Promise<void> {
  const cluster = await startCluster(root);
  const { url } = cluster.balancer;
  const load = await startLoad(cluster.broker);
  const device = await startDevice(cluster.broker);
  const stopHouse = await connectHouse([cluster.broker]);
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await signIn(context, cluster.balancer);
    const watches: PageWatch[] = [];
    const open = async (name: string, path: string): Promise<Page> => {
      const page = await context.newPage();
      watches.push(await watchFaults(page, name));
      await page.goto(url + path);
      return page;
    };
    for (const [name, path] of Object.entries(PAGES)) await open(name, path);
    const walker = walk(await open("walker", "/d/house"));
    const operator = operate(await open("operator", "/d/rolling"), device.told);
    await pause(SETTLE_MS);
    const handOvers = [await upgrade(cluster, 0), await upgrade(cluster, 1)];
    await Promise.all([walker.stop(), operator.stop()]);
    await load.stop();
    await pause(STORED_MS);

    for (const watch of watches) {
      watch.stop();
      await judgePage(watch);
    }
    for (const miss of walker.missed) console.log(`    walker: ${miss}`);
    judge(`Of ${walker.steps()} links of the walker led nowhere`, walker.missed.length, 0, "");
    const { came, refused, lost, disabled } = operator.counts;
    judge(`Of ${came + refused + lost} commands nobody heard, and nothing was said`, lost, 0, "");
    report({ what: "Commands of which the page said that they were not sent", value: refused, unit: "" });
    report({ what: "Seconds in which the switch could not be pressed", value: disabled, unit: "" });
    const api = async (path: string): Promise<unknown> => (await context.request.get(`${url}/api/v1${path}`)).json();
    judge(`Of ${load.sent() * POINTS} readings missing or stored twice`, await wrongReadings(api, load.sent()), 0, "");
    for (const ms of handOvers)
      if (ms !== undefined) report({ what: "SIGTERM until the other node records", value: ms, unit: "ms" });
  } finally {
    await browser.close();
    stopHouse();
    await load.stop();
    await device.stop();
    await cluster.stop();
  }
}

const older = await olderBuild(FROM);
try {
  await rolling(older.root);
} finally {
  await older.dispose();
}
if (beyond.length > 0) throw new Error(beyond.join("\n"));
