import { recorderOf } from "../../../pipeline/cluster/leaseNames";
import type { ClusterTables } from "../../../ports";
import { inTurns } from "../../../turns";
import type { Database } from "../database";
import { putApplied, readApplied } from "./appliedFile";
import { commandsSaying } from "./commandMessages";
import { commandsOf, dropCommandsOf } from "./commandsInFlight";
import { fenced } from "./fence";
import { askForLease, heldLeases, releaseLeases } from "./leases";
import { allNodes, beat, deadProcesses, leave, removeProcess } from "./nodes";
import { gapsOf, lastMarks, putGap, readRecorded } from "./recordings";
import { askForBirth, CHANNEL, noteChange, readVersions } from "./versions";

/** The tables of several nodes on Postgres. `process`: this one, in what it tells the others. */
export const createClusterTables = (database: Database, process: string): ClusterTables => ({
  listen: (listener) => database.listen(CHANNEL, listener),
  askForLease: (ask) => askForLease(database, ask),
  releaseLeases: (holder, leases) => releaseLeases(database, holder, leases),
  heldLeases: () => heldLeases(database),
  beat: (node) => beat(database, node),
  nodes: () => allNodes(database),
  deadProcesses: (silentMs) => deadProcesses(database, silentMs),
  removeProcess: (process, silentMs) => removeProcess(database, process, silentMs),
  leave: (process) => leave(database, process),
  async recorded(broker) {
    const rows = await database.transaction(async (sql) => {
      // A write of before whose end nobody heard of may still be under way: it holds the lease's row until then.
      await sql.query("SELECT 1 FROM leases WHERE name = $1 FOR UPDATE", [recorderOf(broker)]);
      return readRecorded(sql, broker);
    });
    return rows === undefined ? { marks: [], until: undefined } : inTurns(lastMarks(rows));
  },
  addGap: async (lease, broker, gap) => (await fenced(database, lease, (sql) => putGap(sql, broker, gap))).ok,
  gaps: (broker, from, to) => gapsOf(database, broker, from, to),
  commandsOf: (process) => commandsOf(database, process),
  dropCommandsOf: (process, commands) => dropCommandsOf(database, process, commands),
  commandsSaying: (messages, withinMs) => commandsSaying(database, messages, { process, withinMs }),
  appliedFile: (knownAt) => readApplied(database, knownAt),
  applyFile: async (lease, file) => {
    const written = await fenced(database, lease, async (sql) => {
      await putApplied(sql, file);
      await noteChange(sql, { kind: "config", id: "", by: process });
    });
    return written.ok;
  },
  noteChange: (kind, id) => database.transaction((sql) => noteChange(sql, { kind, id, by: process })),
  askForBirth: (broker, topic) => askForBirth(database, broker, topic),
  versions: () => readVersions(database),
});
