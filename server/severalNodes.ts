import type { BrokerId, PointId } from "../lib/ids";
import type { SharedFile } from "./cluster/appliedFile";
import { createCluster, type RunningCluster } from "./cluster/cluster";
import { withCommandEchoes } from "./cluster/commandEchoes";
import { createCommandTopics } from "./cluster/commandTopics";
import { createFollower, withOtherNodes } from "./cluster/follower";
import type { WantedLease } from "./cluster/leaseKeeper";
import { readingHash } from "./cluster/readingMessage";
import { createRecordedHistory } from "./cluster/recordedHistory";
import { HOUSE } from "./pipeline/cluster/leaseNames";
import type {
  Brokers,
  Catalog,
  Clock,
  ClusterTables,
  CommandService,
  FencedHistory,
  HistoryStore,
  LiveState,
  Log,
  People,
  Unsubscribe,
} from "./ports";

export interface SeveralNodesParts<P extends People> {
  tables: ClusterTables;
  process: string;
  /** TELLTALE_NODE. */
  node: string;
  version: string;
  /** telltale.yaml, of this node and of all. */
  file: SharedFile;
  history: HistoryStore & FencedHistory;
  people: P;
  brokers: Brokers;
  /** What is registered, by which topics of commands are known. */
  catalog: Pick<Catalog, "registrations" | "defaultBroker" | "onChange">;
  clock: Clock;
  log: Log;
}

/** The parts that are made with what this one gives, and that hear of other nodes. */
export interface JoinedParts {
  live: Pick<LiveState, "get">;
  commands: Pick<CommandService, "others">;
  sparkplug: { rebirth(broker: BrokerId, topic: string): void };
  discovery: { refresh(): Promise<void>; reviewSoon(): void };
  catalog: Pick<Catalog, "brokers" | "onChange"> & { refresh(): Promise<void> };
}

export interface SeveralNodes<P extends People> {
  cluster: RunningCluster;
  /** The history that the live state writes: only the recorder's readings are stored. */
  history: HistoryStore;
  /** The accounts, with the changes that other nodes make. */
  people: P;
  /** The brokers, where commands of other nodes count as echoes too. */
  brokers: Brokers;
  /** For a node of Sparkplug whose birth this one has not heard. */
  askForBirth(broker: BrokerId, topic: string): void;
  /** Whether this node may act on the broker without a person, as of now. */
  acts(broker: BrokerId): boolean;
  /** Whether it is the one that does what belongs to no broker. */
  keepsHouse(): boolean;
  /** The last of all parts to start, so that it is the first to stop: what it hands over must still run elsewhere. */
  start(joined: JoinedParts): Promise<void>;
  stop(): Promise<void>;
  /** The last of all parts to stop but the database, when this node's last command is settled. */
  leave(): Promise<void>;
}

/** Joins the parts of several nodes over one Postgres. app.ts imports this file only where there is one. */
export function createSeveralNodes<P extends People>(parts: SeveralNodesParts<P>): SeveralNodes<P> {
  const { tables, process, node, version, file, brokers, people, clock, log } = parts;
  let joined: JoinedParts | undefined;
  let end: Unsubscribe = () => {};
  const others = () => joined?.commands.others;

  const recorded = createRecordedHistory({
    store: parts.history,
    brokers,
    brokerOf: (point: PointId): BrokerId | undefined => joined?.live.get(point)?.info.broker,
    fault: () => cluster.fault(),
    clock,
    log,
  });
  const cluster: RunningCluster = createCluster({
    tables,
    process,
    node,
    version,
    configFile: file.own,
    appliedFile: file.applied,
    feed: recorded.feed,
    recorder: recorded.recorder,
    hash: readingHash,
    onRecorder: () => joined?.discovery.reviewSoon(),
    async settle(ids) {
      await others()?.settle(ids);
    },
    clock,
    log,
  });
  const follower = createFollower({
    on: cluster.on,
    async refreshConfig() {
      await file.refresh();
      await joined?.catalog.refresh();
    },
    async refreshSettings() {
      await joined?.discovery.refresh();
    },
    commands: {
      async changed(id) {
        await others()?.changed(id);
      },
    },
    people,
    clock,
    log,
  });

  const heard = withCommandEchoes(brokers, { tables, isCommandTopic: createCommandTopics(parts.catalog), clock, log });
  let house: WantedLease | undefined;
  const keepsHouse = (): boolean => house?.epoch() !== undefined;

  async function notePerson(userId: string): Promise<void> {
    try {
      await tables.noteChange("people", userId);
    } catch (error) {
      log.error({ error: String(error) }, "other nodes could not be told of changed rights; they look within a minute");
    }
  }

  return {
    cluster,
    history: recorded.history,
    people: withOtherNodes(people, follower.onRights),
    brokers: heard,
    askForBirth(broker, topic) {
      tables.askForBirth(broker, topic).catch((error: unknown) => {
        log.warn({ broker, topic, error: String(error) }, "the recorder could not be told of a birth that is missing");
      });
    },
    acts: cluster.records,
    keepsHouse,
    leave() {
      heard.stop();
      return cluster.leave();
    },
    async start(made) {
      joined = made;
      const { catalog, discovery, sparkplug } = made;
      const apply = () => cluster.apply(catalog.brokers().map(({ item }) => item.id));
      follower.start();
      await cluster.start();
      // What was changed between the reading of the stores and this moment.
      await file.refresh();
      await Promise.all([catalog.refresh(), discovery.refresh()]);
      apply();
      house = cluster.want(HOUSE);
      file.lead(cluster.want);
      const ends = [
        catalog.onChange(({ brokers: changed }) => {
          if (changed) apply();
        }),
        // better-auth writes what changes sessions and rights: it is told behind its commit.
        people.onChange(({ userId }) => void notePerson(userId)),
        cluster.on({
          changed(kind, id = "") {
            const at = id.indexOf(" ");
            if (kind === "birth") sparkplug.rebirth(id.slice(0, at) as BrokerId, id.slice(at + 1));
          },
          deaf: () => {},
        }),
      ];
      end = () => {
        for (const one of ends) one();
      };
    },
    async stop() {
      end();
      follower.stop();
      await cluster.stop();
    },
  };
}
