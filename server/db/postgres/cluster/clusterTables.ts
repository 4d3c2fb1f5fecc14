import type { ChangeListener, ClusterTables, Unsubscribe } from "../../../ports";
import { commandsOf, dropCommandsOf } from "./commandsInFlight";
import type { Database } from "./database";
import { fenced } from "./fence";
import { askForLease, heldLeases, releaseLeases } from "./leases";
import { allNodes, beat, deadProcesses, removeProcess } from "./nodes";
import { gapsOf, pruneGaps, putGap, readRecorded } from "./recordings";
import { announceReleased, noteChange, readVersions } from "./versions";

/** The tables of several nodes on Postgres. `listen` is that of changeListener.ts. */
export const createClusterTables = (
  database: Database,
  listen: (listener: ChangeListener) => Unsubscribe,
): ClusterTables => ({
  listen,
  askForLease: (ask) => askForLease(database, ask),
  async releaseLeases(holder, leases) {
    await releaseLeases(database, holder, leases);
    await announceReleased(
      database,
      leases.map(({ name }) => name),
    );
  },
  heldLeases: () => heldLeases(database),
  beat: (node) => beat(database, node),
  nodes: () => allNodes(database),
  deadProcesses: (silentMs) => deadProcesses(database, silentMs),
  removeProcess: (process, silentMs) => removeProcess(database, process, silentMs),
  recorded: (broker) => readRecorded(database, broker),
  addGap: async (lease, broker, gap) => (await fenced(database, lease, (sql) => putGap(sql, broker, gap))).ok,
  gaps: (broker, from, to) => gapsOf(database, broker, from, to),
  pruneGaps: (before) => pruneGaps(database, before),
  commandsOf: (process) => commandsOf(database, process),
  dropCommandsOf: (process, commands) => dropCommandsOf(database, process, commands),
  noteChange: (kind, id) => database.transaction((sql) => noteChange(sql, kind, id)),
  versions: () => readVersions(database),
});
