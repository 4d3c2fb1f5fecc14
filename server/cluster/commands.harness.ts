import { Client } from "pg";
import type { Command } from "../../lib/command";
import type { TestDevices } from "../faults/devices";
import type { Telltale } from "../faults/telltaleProcess";
import type { Viewer } from "../faults/viewer";
import type { Recorder } from "../testing/recorder";
import type { ClusterBed, Nodes } from "./processes.harness";
import { untilAnswer } from "./untilAnswer.harness";

/** What two people on two nodes do at once, and what a node leaves that dies of a command. */

export const commandOf = (viewer: Viewer, point: string): Command | undefined => viewer.points.get(point)?.command;

export const sentOn = (heard: readonly { topic: string }[], point: string): number =>
  heard.filter(({ topic }) => topic === `${point}/set`).length;

type Pair = readonly [Viewer, Viewer];

/** A node that has just started refuses commands until it has reached the broker. */
const untilReady = ({ url }: Telltale): Promise<true> =>
  untilAnswer(`${url} is ready`, async () => (await fetch(`${url}/readyz`)).ok);

/** So many pairs of operators, of whom each looks at its own node. */
export async function openPairs(
  bed: ClusterBed,
  nodes: Nodes,
  names: readonly [string, string],
  count: number,
): Promise<Pair[]> {
  for (const name of names) await untilReady(nodes.node(name));
  const open = async (name: string, i: number) => {
    const { cookies } = await nodes.person(`${name}${i}`, "operator", [name]);
    return bed.viewer(nodes.node(name).url, cookies[0]);
  };
  const pairs: Pair[] = [];
  for (let i = 0; i < count; i++) pairs.push([await open(names[0], i), await open(names[1], i)]);
  return pairs;
}

interface RaceParts {
  pairs: readonly Pair[];
  points: readonly string[];
  heard: Recorder;
  devices: TestDevices;
}

/** So often two people operate a point in the same moment; only when both have a reply does its device report. */
export async function race({ pairs, points, heard, devices }: RaceParts, races: number) {
  const found = {
    races: 0,
    oneCommand: 0,
    sent: 0,
    heard: 0,
    repeated: 0,
    others: [] as string[],
    doneMs: [] as number[],
  };
  const before = heard.heard.length;
  const toldOf = () => heard.heard.slice(before).filter(({ topic }) => topic.endsWith("/set"));
  while (found.races < races) {
    const point = points[found.races % points.length] as string;
    const pair = pairs[found.races % pairs.length] as Pair;
    const value = pair[0].points.get(point)?.value !== true;
    // Each of them is the first to press in every other race.
    const order = (found.races + found.repeated) % 2 === 0 ? pair : [pair[1], pair[0]];
    const began = Date.now();
    const both = await Promise.all(order.map((viewer) => viewer.command(point, value)));
    found.doneMs.push(Date.now() - began);
    const sent = both.filter((command) => command?.state === "sent");
    found.sent += sent.length;
    const waits = both.map((command) => (command?.state === "refused" && command.retryAfter) || 0);
    if (sent.length > 0) {
      await heard.until(() => toldOf().length >= found.sent);
      await devices.say(`${point}/state`, toldOf().at(-1)?.payload ?? "");
      // In the pair's order a second command of a race would be the one that is shown.
      for (const viewer of pair)
        await viewer.until(`${point} is confirmed`, () => {
          const shown = commandOf(viewer, point);
          return shown?.state === "confirmed" && sent.some((one) => one?.id === shown.id);
        });
    }
    if (Math.max(...waits) > 0) {
      // One person was too fast for the limit of a point: that was no race.
      found.repeated++;
      await new Promise((resolve) => setTimeout(resolve, Math.max(...waits)));
      continue;
    }
    found.races++;
    const states = both.map((command) =>
      command?.state === "refused" ? command.code : (command?.state ?? "no reply"),
    );
    if (states.toSorted().join() === "busy,sent") found.oneCommand++;
    else found.others.push(`${point}: ${states.join(" and ")}`);
  }
  found.heard = toldOf().length;
  return found;
}

/** A key of Postgres's advisory locks that nothing else uses here. */
const HELD = 7141;
/** A node refuses a command whose audit row took a second. */
const IN_TIME_MS = 900;

interface KillParts {
  databaseUrl: string;
  node: Telltale;
  /** Signed in on that node. */
  viewer: Viewer;
  points: readonly string[];
}

/**
 * Kills a node in the moment in which a command's audit row is stored and nothing is published. A trigger of the database holds the commit back until
 * the process is stopped; then the row becomes visible, and the process, which has not heard of it, is killed. On a busy machine the node may
 * have given the command up before it is stopped: then the next point is tried.
 */
export async function killBetweenAuditAndPublish({ databaseUrl, node, viewer, points }: KillParts) {
  const database = new Client({ connectionString: databaseUrl });
  await untilReady(node);
  await database.connect();
  try {
    await database.query(`
      CREATE OR REPLACE FUNCTION hold_command() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock(${HELD}); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER hold_command AFTER INSERT ON commands
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.in_flight = 1) EXECUTE FUNCTION hold_command()`);
    for (const point of points) {
      await database.query("SELECT pg_advisory_lock($1)", [HELD]);
      const began = Date.now();
      // The node that would reply is killed.
      const reply = viewer.command(point, true).catch(() => undefined);
      await untilAnswer("the commit is held back", () => isHeld(database), { everyMs: 5 });
      process.kill(node.pid(), "SIGSTOP");
      const inTime = Date.now() - began < IN_TIME_MS;
      await database.query("SELECT pg_advisory_unlock($1)", [HELD]);
      const id = await untilAnswer("the row is stored", () => storedCommand(database, point), { everyMs: 5 });
      if (inTime) {
        await database.query("DROP TRIGGER hold_command ON commands");
        const killedAt = await node.kill();
        await reply;
        return { point, id, killedAt };
      }
      process.kill(node.pid(), "SIGCONT");
      await reply;
    }
    throw new Error("the machine is too busy: no command was stored in time");
  } finally {
    await database.end();
  }
}

async function isHeld(database: Client): Promise<boolean> {
  const waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted";
  return (await database.query(waiting, [HELD])).rows.length > 0;
}

/** With its row in the audit trail: both are of one transaction. */
async function storedCommand(database: Client, point: string): Promise<string | undefined> {
  const stored = `SELECT c.id FROM commands c JOIN audit a ON a.action = 'command' AND a.target = c.point
    WHERE c.point = $1 AND a.detail::json->>'id' = c.id ORDER BY c.rowid DESC LIMIT 1`;
  return (await database.query(stored, [point])).rows[0]?.id;
}
