import "../lib/texts/all";
import { parseArgs } from "node:util";
import { type BrokerKind, type ClusterBed, createClusterBed } from "../server/cluster/processes.harness";
import { endTelltales } from "../server/faults/telltaleProcess";
import { killedSending, races } from "./cluster/commands";
import { cost } from "./cluster/cost";
import { kills } from "./cluster/kills";
import { allNodes, natsMember, postgresAway } from "./cluster/parts";
import { zombie } from "./cluster/zombie";

/**
 * `npm run bench -- cluster [--only kills,races]`: several nodes as processes over a private Postgres and a private broker, whose parts die. What
 * the suite in server/cluster tries in short is done here at 1,000 messages a second, and the figures are written down. About a quarter of an hour.
 */
const PARTS: Record<string, { kind: BrokerKind; run(bed: ClusterBed): Promise<void> }> = {
  "kills-mosquitto": { kind: "mosquitto", run: kills },
  "kills-nats": { kind: "nats", run: kills },
  "zombie-mosquitto": { kind: "mosquitto", run: zombie },
  "zombie-nats": { kind: "nats", run: zombie },
  "member-nats": { kind: "nats", run: natsMember },
  postgres: { kind: "mosquitto", run: postgresAway },
  "all-nodes": { kind: "mosquitto", run: allNodes },
  races: { kind: "mosquitto", run: races },
  sending: { kind: "mosquitto", run: killedSending },
  cost: { kind: "mosquitto", run: cost },
};

const { values } = parseArgs({ options: { only: { type: "string", default: "" } }, strict: false });
const only = String(values.only).split(",").filter(Boolean);
const names = Object.keys(PARTS).filter((name) => only.length === 0 || only.some((one) => name.startsWith(one)));
if (names.length === 0) {
  console.error(`No part is called ${only.join(" or ")}; there are ${Object.keys(PARTS).join(", ")}.`);
  process.exit(1);
}

// What was started ends with this process (its exit handlers), also when that is told to end.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

for (const name of names) {
  const { kind, run } = PARTS[name] as (typeof PARTS)[string];
  const bed = createClusterBed(kind);
  await bed.start();
  try {
    await run(bed);
  } catch (error) {
    // The other parts are measured all the same.
    console.error(`${name}:`, error);
    process.exitCode = 1;
  } finally {
    await bed.reset();
    await bed.stop();
  }
}
await endTelltales();
