import type { BrokerId } from "../../lib/ids";
import { mergeGaps, type RecordingGap } from "../../lib/recordingGap";
import { LEASE } from "../pipeline/cluster/lease";
import type {
  AppliedFile,
  ChangeListener,
  Clock,
  ClusterTables,
  KnownNode,
  Log,
  RecordedFlush,
  TopicMark,
} from "../ports";
import type { LeaseTable } from "./leaseKeeper";

export const noLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The table of leases in memory, for several keepers, with faults on demand. */
export function createMemoryLeases(clock: Pick<Clock, "monotonic">) {
  const rows = new Map<string, { holder: string; epoch: number; expires: number }>();
  const silent = new Set<string>();
  const waiting: (() => void)[] = [];

  /** As db/postgres/cluster/leases.ts, whose contract says what it promises. */
  function ask(holder: string, name: string, ttl: number): number | null {
    const now = clock.monotonic();
    const row = rows.get(name);
    if (row && row.holder !== holder && row.expires >= now) return null;
    const epoch = !row ? 1 : row.holder === holder && row.expires > now ? row.epoch : row.epoch + 1;
    rows.set(name, { holder, epoch, expires: now + ttl });
    return epoch;
  }

  const waitWhileSilent = async (holder: string): Promise<void> => {
    if (silent.has(holder)) await new Promise<void>((resolve) => waiting.push(resolve));
  };

  return {
    rows,
    waitWhileSilent,
    tableOf: (holder: string): LeaseTable => ({
      async ask(name, ttl = LEASE.ttl) {
        await waitWhileSilent(holder);
        return ask(holder, name, ttl);
      },
      async release(leases) {
        for (const { name, epoch } of leases) {
          const row = rows.get(name);
          if (row?.holder === holder && row.epoch === epoch) row.expires = -1;
        }
      },
    }),
    /** The database does not answer this holder. */
    silence: (holder: string) => silent.add(holder),
    answerAgain(holder: string) {
      silent.delete(holder);
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}

/** All tables in memory, shared by several nodes of one test. */
export function createMemoryTables(clock: Pick<Clock, "monotonic">) {
  const leases = createMemoryLeases(clock);
  const nodes = new Map<string, KnownNode>();
  const recorded = new Map<BrokerId, { until: number; marks: Map<string, TopicMark> }>();
  const gaps: (RecordingGap & { broker: BrokerId })[] = [];
  const commands = new Map<string, string>();
  let applied: AppliedFile | undefined;
  const versions = new Map<string, number>();
  const listeners = new Set<ChangeListener>();
  const holdsEpoch = ({ name, epoch }: { name: string; epoch: number }) => leases.rows.get(name)?.epoch === epoch;
  const announce = (notice: object) => {
    for (const listener of [...listeners]) listener.notice(JSON.stringify(notice));
  };

  function change(kind: string, id: string): void {
    const version = (versions.get(kind) ?? 0) + 1;
    versions.set(kind, version);
    announce({ kind, id, version });
  }

  const tables: ClusterTables = {
    askForLease: ({ name, holder, ttl }) => leases.tableOf(holder).ask(name, ttl),
    async releaseLeases(holder, released) {
      await leases.tableOf(holder).release(released);
      for (const { name } of released) announce({ kind: "lease", id: name });
    },
    heldLeases: async () =>
      [...leases.rows]
        .filter(([, { expires }]) => expires > clock.monotonic())
        .map(([name, { holder, epoch }]) => ({ name, holder, epoch })),
    async beat(node) {
      const seenAt = clock.monotonic();
      nodes.set(node.process, { startedAt: nodes.get(node.process)?.startedAt ?? seenAt, ...node, seenAt });
    },
    nodes: async () => [...nodes.values()],
    deadProcesses: async (silentMs) =>
      [...nodes.values()].filter(({ seenAt }) => seenAt < clock.monotonic() - silentMs).map(({ process }) => process),
    async removeProcess(process, silentMs) {
      const node = nodes.get(process);
      if (node && node.seenAt <= clock.monotonic() - silentMs) nodes.delete(process);
    },
    async leave(process) {
      if (![...commands.values()].includes(process)) nodes.delete(process);
    },
    async recorded(broker) {
      const known = recorded.get(broker);
      return { until: known?.until, marks: [...(known?.marks.values() ?? [])] };
    },
    async addGap(lease, broker, gap) {
      if (!holdsEpoch(lease)) return false;
      gaps.push({ ...gap, broker });
      return true;
    },
    gaps: async (of, from, to) => mergeGaps(gaps.filter((gap) => gap.broker === of && gap.from < to && gap.to > from)),
    commandsOf: async (process) => [...commands].filter(([, by]) => by === process).map(([id]) => id),
    async dropCommandsOf(process, dropped) {
      for (const id of dropped) if (commands.get(id) === process) commands.delete(id);
    },
    appliedFile: async (knownAt) => (applied && applied.at === knownAt ? "known" : applied),
    async applyFile(lease, file) {
      if (!holdsEpoch(lease)) return false;
      applied = { ...file, at: clock.monotonic() };
      change("config", "");
      return true;
    },
    commandsSaying: async (messages) => messages.map(() => []),
    askForBirth: async (broker, topic) => announce({ kind: "birth", id: `${broker} ${topic}` }),
    noteChange: async (kind, id) => change(kind, id),
    versions: async () => new Map(versions),
    listen(listener) {
      listeners.add(listener);
      listener.up();
      return () => void listeners.delete(listener);
    },
  };

  return {
    ...leases,
    tables,
    nodes,
    /** The process that has each command in flight. */
    commands,
    gaps,
    /** The tables as one node sees them that can be cut off from its database. */
    tablesOf(name: string): ClusterTables {
      const answer = async <T>(work: () => Promise<T>): Promise<T> => {
        await leases.waitWhileSilent(name);
        return work();
      };
      return {
        ...tables,
        askForLease: (ask) => answer(() => tables.askForLease(ask)),
        releaseLeases: (holder, released) => answer(() => tables.releaseLeases(holder, released)),
        beat: (node) => answer(() => tables.beat(node)),
        deadProcesses: (silentMs) => answer(() => tables.deadProcesses(silentMs)),
        recorded: (broker) => answer(() => tables.recorded(broker)),
        addGap: (lease, broker, gap) => answer(() => tables.addGap(lease, broker, gap)),
      };
    },
    /** A flush with its fence; false: refused, and nothing was written. */
    flush({ broker, lease, until, marks }: RecordedFlush, write: () => void): boolean {
      if (!holdsEpoch(lease)) return false;
      write();
      const known = recorded.get(broker) ?? { until, marks: new Map<string, TopicMark>() };
      known.until = until;
      for (const mark of marks) known.marks.set(mark.topic, mark);
      recorded.set(broker, known);
      return true;
    },
    change,
  };
}
