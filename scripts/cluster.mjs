/**
 * `npm run cluster [-- --broker nats|mosquitto --nodes 3 --port 3000]`: several nodes of Telltale over one Postgres and one broker, behind a
 * balancer, with the demo house's devices; all of it private, on 127.0.0.1, in temporary folders. Ctrl-C ends it.
 */
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { tsImport } from "tsx/esm/api";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { buildIsFresh } from "./lib/freshness.mjs";
import { requireNode } from "./lib/nodeVersion.mjs";
import { ensureClusterPrograms } from "./lib/programs.mjs";
import { ROOT } from "./lib/root.mjs";
import { run } from "./lib/run.mjs";

const ADMIN_PASSWORD = "telltale";
const LOOK_MS = 500;

requireNode();
process.chdir(ROOT);

const leave = (message) => {
  if (message) console.error(message);
  process.exit(1);
};

const asked = readOptions();
if (typeof asked === "string") leave(asked);
if (!(await ensureDependencies())) leave();
const missing = await ensureClusterPrograms(asked.broker);
if (missing.length > 0) leave(missing.join("\n"));
if (!buildIsFresh() && (await run(process.execPath, ["scripts/build.mjs"])).code !== 0)
  leave("The build failed: see above.");
// run.mjs ends its own programs on a signal; from here on this file does.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(signal);

const { connectHouse, houseYaml, startHaproxy, startMosquitto, startNats, startPostgres, startTelltale } =
  await tsImport("./cluster/parts.ts", import.meta.url);

/** What runs: `{ name, pid(), url?, start?() }`, and how to end all of it, in the order in which it was started. */
const parts = [];
const ends = [];
let ending = false;

process.once("exit", () => {
  for (const { pid } of parts) if (pid()) process.kill(pid(), "SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end(0));

const starting = start();
starting.catch((error) => {
  // What is being started ends by the same Ctrl-C.
  if (ending) return;
  console.error(error);
  void end(1);
});

async function start() {
  const postgres = await startPostgres();
  ends.push(() => postgres.stop());
  const databaseUrl = await postgres.database();
  console.log(`Postgres: ${databaseUrl}`);
  if (ending) return;

  const members = await startBrokers();
  const urls = members.map(({ url }) => url);
  for (const [i, member] of members.entries())
    parts.push({ name: `${asked.broker}-${i + 1}`, pid: member.pid, url: member.url, start: member.restart });
  if (ending) return;
  console.log(`Connecting the demo house to ${urls.join(", ")}…`);
  ends.push(await connectHouse(urls));

  const nodes = await startNodes({ DATABASE_URL: databaseUrl, MQTT_URL: urls.join(",") });
  if (ending) return;
  const balancer = await startHaproxy({ nodes: nodes.map(({ url }) => url), port: asked.port });
  ends.push(balancer.stop);
  parts.push({ name: "balancer", pid: balancer.pid, url: balancer.url, start: balancer.start });
  tell(balancer.url);
  watch();
}

async function startNodes(stores) {
  const nodes = [];
  ends.push(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await Promise.all(nodes.map((node) => node.dispose()));
  });
  for (let i = 1; i <= asked.nodes && !ending; i++) {
    console.log(`Starting node ${i} of ${asked.nodes}…`);
    const env = {
      ...stores,
      TELLTALE_NODE: `node-${i}`,
      TELLTALE_SECRET: "for this cluster, which is gone in a moment",
      TELLTALE_ADMIN_PASSWORD: ADMIN_PASSWORD,
      TELLTALE_ANONYMOUS: "viewer",
      TELLTALE_TRUSTED_PROXY: "127.0.0.1",
    };
    const node = await startTelltale({ yaml: houseYaml(), env });
    nodes.push(node);
    parts.push({ name: `node-${i}`, pid: node.pid, url: node.url, start: node.start });
  }
  return nodes;
}

async function startBrokers() {
  if (asked.broker === "mosquitto") {
    const broker = await startMosquitto();
    ends.push(() => broker.stop());
    return [broker];
  }
  const cluster = await startNats(3);
  ends.push(() => cluster.stop());
  return cluster.members;
}

function tell(url) {
  console.log(`\nTelltale: ${url} (the user admin has the password "${ADMIN_PASSWORD}")\n`);
  for (const { name, pid, url: at } of parts) console.log(`  ${name.padEnd(12)} ${String(pid()).padStart(8)}  ${at}`);
  console.log(
    "\nkill -9 any of these numbers, and look at a page meanwhile. Enter starts again what has ended; Ctrl-C ends all.",
  );
}

/** Says what has ended without being asked to. */
function watch() {
  const dead = new Set();
  setInterval(() => {
    if (ending) return;
    for (const part of parts) {
      if (part.pid() || dead.has(part)) continue;
      dead.add(part);
      console.log(`${part.name} has ended.`);
    }
  }, LOOK_MS);
  createInterface({ input: process.stdin }).on("line", async () => {
    for (const part of dead) {
      dead.delete(part);
      await part.start().then(
        () => console.log(`${part.name} runs again, ${part.pid()}.`),
        (error) => console.error(`${part.name} does not start: ${error.message}`),
      );
    }
  });
}

async function end(code) {
  if (ending) return;
  ending = true;
  console.log("\nEnding…");
  // What is half started cannot be ended yet.
  await starting.catch(() => undefined);
  for (const stop of ends.reverse()) {
    try {
      await stop();
    } catch (error) {
      // The others are to be ended all the same.
      console.error(error.message);
    }
  }
  process.exit(code);
}

function readOptions() {
  const usage = "npm run cluster -- --broker nats|mosquitto --nodes 1 to 9 --port 3000";
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        broker: { type: "string", default: "nats" },
        nodes: { type: "string", default: "3" },
        port: { type: "string", default: "3000" },
      },
    }));
  } catch (error) {
    return `${error.message}\n${usage}`;
  }
  const { broker } = values;
  const [nodes, port] = [Number(values.nodes), Number(values.port)];
  const isGood = ["nats", "mosquitto"].includes(broker) && /^[1-9]$/.test(values.nodes) && port > 0 && port < 65_536;
  return isGood ? { broker, nodes, port } : usage;
}
