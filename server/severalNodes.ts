import type { BrokerId, PointId } from "../lib/ids";
import { createCluster, type RunningCluster } from "./cluster/cluster";
import { createFollower, withOtherNodes } from "./cluster/follower";
import { readingHash } from "./cluster/readingMessage";
import { createRecordedHistory } from "./cluster/recordedHistory";
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
  /** TELLTALE_NODE. */
  node: string;
  version: string;
  /** The hash of this node's telltale.yaml; null: it has none. */
  configFile(): string | null;
  history: HistoryStore & FencedHistory;
  people: P;
  brokers: Brokers;
  clock: Clock;
  log: Log;
}

/** The parts that are made with what this one gives, and that hear of other nodes. */
export interface JoinedParts {
  live: Pick<LiveState, "get">;
  commands: Pick<CommandService, "others">;
  catalog: Pick<Catalog, "brokers" | "onChange"> & { refresh(): Promise<void> };
}

export interface SeveralNodes<P extends People> {
  cluster: RunningCluster;
  /** The history that the live state writes: only the recorder's readings are stored. */
  history: HistoryStore;
  /** The accounts, with the changes that other nodes make. */
  people: P;
  /** The last of all parts to start, so that it is the first to stop: what it hands over must still run elsewhere. */
  start(joined: JoinedParts): Promise<void>;
  stop(): Promise<void>;
}

/** Joins the parts of several nodes over one Postgres. app.ts imports this file only where there is one. */
export function createSeveralNodes<P extends People>(parts: SeveralNodesParts<P>): SeveralNodes<P> {
  const { tables, node, version, configFile, brokers, people, clock, log } = parts;
  let joined: JoinedParts | undefined;
  let end: Unsubscribe = () => {};
  const others = () => joined?.commands.others;

  const recorded = createRecordedHistory({
    store: parts.history,
    brokers,
    brokerOf: (point: PointId): BrokerId | undefined => joined?.live.get(point)?.info.broker,
    clock,
    log,
  });
  const cluster = createCluster({
    tables,
    node,
    version,
    configFile,
    feed: recorded.feed,
    recorder: recorded.recorder,
    hash: readingHash,
    async settle(ids) {
      await others()?.settle(ids);
    },
    clock,
    log,
  });
  const follower = createFollower({
    on: cluster.on,
    async refreshConfig() {
      await joined?.catalog.refresh();
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
    async start(made) {
      joined = made;
      const { catalog } = made;
      const apply = () => cluster.apply(catalog.brokers().map(({ item }) => item.id));
      follower.start();
      await cluster.start();
      // What was changed between the reading of the stores and this moment.
      await catalog.refresh();
      apply();
      const ends = [
        catalog.onChange(({ brokers: changed }) => {
          if (changed) apply();
        }),
        // better-auth writes what changes sessions and rights: it is told behind its commit.
        people.onChange(({ userId }) => void notePerson(userId)),
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
