import { PROTOCOL_VERSION } from "../../lib/protocolLimits";
import { POINTS } from "../../server/cluster/load.harness";
import type { ClusterBed } from "../../server/cluster/processes.harness";
import type { Telltale } from "../../server/faults/telltaleProcess";
import { middle, pause } from "../measure";
import { cpuSeconds, publish, startWorker } from "../processes";
import { report } from "../rows";

const VIEWERS = 240;
const RATE = 500;
const WARM_MS = 5000;
const MEASURE_MS = 10_000;
const ROUNDS = 3;
const NODES = ["one", "two", "three"] as const;

interface Cost {
  /** CPU of all nodes for each message to each viewer, µs. */
  all: number;
  /** Without what the nodes take when nobody looks. */
  viewers: number;
  /** What they take when nobody looks, for each message. */
  message: number;
}

/** What an update costs that reaches a viewer: the same viewers and messages on one node and on three. */
export async function cost(bed: ClusterBed): Promise<void> {
  const one = await costOn(bed, [NODES[0]]);
  await bed.reset();
  const three = await costOn(bed, NODES);
  const of = `${VIEWERS} viewers × ${RATE} msg/s on three nodes`;
  const row = (what: string, pick: (cost: Cost) => number) =>
    report({ what: `${of}: ${what}`, value: pick(three), unit: "µs", bare: pick(one), of: "on one node" });
  row("CPU of all nodes for each delivered update", ({ all }) => all);
  row("of that, what viewers add", ({ viewers }) => viewers);
  row("CPU of all nodes for each message, nobody looks", ({ message }) => message);
}

async function costOn(bed: ClusterBed, names: readonly [string, ...string[]]): Promise<Cost> {
  const nodes = await bed.nodes(names);
  const { port } = await bed.broker();
  const all = names.map(nodes.node);
  const topics = Array.from({ length: POINTS }, (_, i) => `load/p${i}`);
  const stream = await publish({ port, topics, rate: RATE, seconds: 600, base: Date.now() });
  const rounds: Cost[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const idle = await cpuOver(all);
    const workers = await Promise.all(all.map((node) => watch(node, VIEWERS / names.length)));
    const busy = await cpuOver(all);
    for (const worker of workers) await worker.stop();
    const each = (cpu: number) => (cpu / (VIEWERS * RATE)) * 1e6;
    rounds.push({ all: each(busy), viewers: each(busy - idle), message: (idle / RATE) * 1e6 });
  }
  await stream.stop();
  return {
    all: middle(rounds, ({ all }) => all),
    viewers: middle(rounds, ({ viewers }) => viewers),
    message: middle(rounds, ({ message }) => message),
  };
}

async function watch({ url }: Telltale, viewers: number) {
  const worker = await startWorker("viewers");
  await worker.ask({
    start: {
      viewers,
      url: `${url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`,
      origin: url,
      version: { protocol: PROTOCOL_VERSION },
      view: { kind: "everything" },
    },
  });
  return worker;
}

/** CPU seconds of all of them in a second. */
async function cpuOver(nodes: readonly Telltale[]): Promise<number> {
  await pause(WARM_MS);
  const seconds = () => nodes.reduce((sum, node) => sum + cpuSeconds(node.pid()), 0);
  const from = seconds();
  const at = performance.now();
  await pause(MEASURE_MS);
  return (seconds() - from) / ((performance.now() - at) / 1000);
}
