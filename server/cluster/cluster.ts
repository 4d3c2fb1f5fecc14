import type { BrokerId } from "../../lib/ids";
import type { Said } from "../../lib/texts/said";
import { createStandbyRing } from "../pipeline/cluster/ring";
import type { Cancel, Clock, Cluster, ClusterTables, Log, Unsubscribe } from "../ports";
import { type BrokerRole, createBrokerRole, type Recorder } from "./brokerRole";
import { type ChangeEvents, createChanges } from "./changes";
import { createLeaseKeeper, type LeaseEvents, type LeaseTable, type WantedLease } from "./leaseKeeper";
import { createNodeRegistry } from "./nodeRegistry";
import type { RecordingFeed } from "./recordingListener";

export interface ClusterParts {
  tables: ClusterTables;
  /** Random, one for each process: in rows that name who holds or does something. */
  process: string;
  /** TELLTALE_NODE. */
  node: string;
  version: string;
  configFile(): string | null;
  appliedFile(): string | null | undefined;
  feed: RecordingFeed;
  hash?: (payload: Uint8Array) => string;
  recorder(broker: BrokerId): Recorder;
  /** This node has become the one that records a broker and acts on it. */
  onRecorder?: (broker: BrokerId) => void;
  /** Makes these open commands of a dead process `unknown`. */
  settle(commands: readonly string[]): Promise<void>;
  clock: Clock;
  log: Log;
}

export interface RunningCluster extends Cluster {
  readonly process: string;
  start(): Promise<void>;
  /** Hands over: nothing is recorded or done here without a person from then on. */
  stop(): Promise<void>;
  /** This node is gone, when its last command is settled. */
  leave(): Promise<void>;
  /** The brokers of the configuration, each time that they change. */
  apply(brokers: readonly BrokerId[]): void;
  /** A lease of no broker: `house`, `config`. */
  want(name: string, on?: LeaseEvents): WantedLease;
  on(listener: ChangeEvents): Unsubscribe;
  /** Why the database cannot be reached; undefined: it can. */
  fault(): Said | undefined;
  /** Whether this node acts on the broker without a person, as of now. */
  records(broker: BrokerId): boolean;
}

/** At 10,000 short messages a second 30 s of them are about 60 MB; what does not fit is a gap with its reason. */
const RING = { keepMs: 30_000, maxBytes: 64 * 1024 * 1024 };

/** What makes several processes over one database one Telltale. */
export function createCluster(parts: ClusterParts): RunningCluster {
  const { tables, process, clock, log } = parts;
  const base = { tables, process, clock, log };
  const changes = createChanges(base);
  const registry = createNodeRegistry({
    ...base,
    node: { process, id: parts.node, version: parts.version },
    configFile: parts.configFile,
    appliedFile: parts.appliedFile,
    settle: parts.settle,
    onFault,
  });
  const table: LeaseTable = {
    ask: (name, ttl) => tables.askForLease({ name, holder: process, ttl }),
    release: (released) => tables.releaseLeases(process, released),
  };
  const leases = createLeaseKeeper({ table, clock, log });
  const roles = new Map<BrokerId, { role: BrokerRole; ring: ReturnType<typeof createStandbyRing> }>();
  let draining = false;
  let isLost = false;
  let cancelRelease: Cancel = () => {};
  let forget: Unsubscribe = () => {};

  /** While nobody can store anything, what was heard is kept however old it is, and until those who have it record again. */
  function onFault(isLostNow: boolean): void {
    isLost = isLostNow;
    cancelRelease();
    for (const { ring, role } of roles.values()) {
      if (isLost) {
        ring.hold(clock.now());
        role.databaseLost();
      } else role.databaseBack();
    }
    if (!isLost)
      cancelRelease = clock.after(RING.keepMs, () => {
        for (const { ring } of roles.values()) ring.release();
      });
  }

  function open(broker: BrokerId) {
    const ring = createStandbyRing(RING);
    if (isLost) ring.hold(clock.now());
    const role = createBrokerRole({
      broker,
      leases,
      feed: parts.feed,
      hash: parts.hash,
      recorder: parts.recorder(broker),
      onRecorder: () => parts.onRecorder?.(broker),
      tables,
      ring,
      clock,
      log,
    });
    role.start();
    return { role, ring };
  }

  return {
    process,
    on: changes.on,
    want: leases.want,
    async start() {
      forget = changes.on({
        changed(kind, id) {
          if (kind === "lease" && id !== undefined) leases.released(id);
        },
        deaf: () => {},
      });
      await changes.start();
      await registry.start();
    },
    apply(brokers) {
      if (draining) return;
      for (const [broker, { role }] of roles)
        if (!brokers.includes(broker)) {
          roles.delete(broker);
          void role.stop();
        }
      for (const broker of brokers) if (!roles.has(broker)) roles.set(broker, open(broker));
    },
    async stop() {
      draining = true;
      cancelRelease();
      await Promise.all([...roles.values()].map(({ role }) => role.stop()));
      await leases.stop();
      forget();
      changes.stop();
    },
    leave: registry.stop,
    records: (broker) => roles.get(broker)?.role.role() === "recorder",
    fault: registry.fault,
    nodes: registry.list,
    draining: () => draining,
    roles: () => [...roles].map(([broker, { role }]) => ({ broker, role: role.role() })),
    gaps: tables.gaps,
    counters() {
      const rings = [...roles.values()].map(({ ring }) => ring.counters());
      const sum = (of: "messages" | "bytes" | "leftOut") => rings.reduce((total, ring) => total + ring[of], 0);
      return { ringMessages: sum("messages"), ringBytes: sum("bytes"), ringLeftOut: sum("leftOut") };
    },
  };
}
