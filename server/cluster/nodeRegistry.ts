import type { NodeOut } from "../../lib/api";
import { asWording, type Said } from "../../lib/texts/said";
import { roleOf } from "../pipeline/cluster/leaseNames";
import type { Cancel, Clock, ClusterTables, Log, ThisNode } from "../ports";

export interface NodeRegistryParts {
  tables: Pick<
    ClusterTables,
    "beat" | "nodes" | "deadProcesses" | "removeProcess" | "leave" | "heldLeases" | "commandsOf" | "dropCommandsOf"
  >;
  node: Omit<ThisNode, "configFile">;
  /** The hash of this node's telltale.yaml, as it is now, and of the one that is applied; undefined: none is. */
  configFile(): string | null;
  appliedFile(): string | null | undefined;
  /** Makes these commands of a dead process `unknown`; may be called on several nodes at once, and again after a failure. */
  settle(commands: readonly string[]): Promise<void>;
  /** The database does not take this node's signs of life, and takes them again. */
  onFault?: (isLost: boolean) => void;
  clock: Clock;
  log: Log;
}

const BEAT_MS = 1000;
/** With the beat and the look that finds it, a dead node's commands are settled within 5 s. */
const DEAD_AFTER_MS = 3000;

/** Says that this node lives, finds those that do not, and settles what they left. */
export function createNodeRegistry(parts: NodeRegistryParts) {
  const { tables, node, configFile, settle, onFault = () => {}, clock, log } = parts;
  let timer: Cancel = () => {};
  let running: Promise<void> | undefined;
  let fault: Said | undefined;
  /** When this node's last sign of life was taken, and since when they are without a break; on the monotonic clock. */
  let lastBeat: number | undefined;
  let beatingSince = 0;

  async function turn(): Promise<void> {
    try {
      await tables.beat({ ...node, configFile: configFile() });
      if (mayJudge()) await settleDead();
      if (fault !== undefined) onFault(false);
      fault = undefined;
    } catch (error) {
      if (fault === undefined) {
        log.warn({ error: String(error) }, "the database does not take this node's sign of life");
        onFault(true);
      }
      fault = asWording(String(error));
    }
  }

  /** While the database was away nobody was seen: whoever reaches it first must not take the others for dead. */
  function mayJudge(): boolean {
    const now = clock.monotonic();
    if (lastBeat === undefined || now - lastBeat > DEAD_AFTER_MS) beatingSince = now;
    lastBeat = now;
    return now - beatingSince >= DEAD_AFTER_MS;
  }

  async function settleDead(): Promise<void> {
    for (const process of await tables.deadProcesses(DEAD_AFTER_MS)) {
      if (process === node.process) continue;
      const left = await tables.commandsOf(process);
      await settle(left);
      await tables.dropCommandsOf(process, left);
      await tables.removeProcess(process, DEAD_AFTER_MS);
      log.info({ process }, "a node is gone; its open commands are settled");
    }
  }

  const next = (): Promise<void> => {
    running ??= turn().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    async start(): Promise<void> {
      timer = clock.every(BEAT_MS, () => void next());
      await next();
    },
    /** Why the last sign of life was not taken. */
    fault: () => fault,
    async list(): Promise<NodeOut[]> {
      const [nodes, leases] = await Promise.all([tables.nodes(), tables.heldLeases()]);
      const applied = parts.appliedFile();
      return nodes.map(({ process, id, version, startedAt, seenAt, configFile: file }) => {
        const roles = leases.filter(({ holder }) => holder === process).flatMap(({ name }) => roleOf(name) ?? []);
        const brokersAs = (role: "recorder" | "standby") => roles.filter((r) => r.role === role).map((r) => r.broker);
        return {
          id,
          version,
          startedAt,
          lastSeenAt: seenAt,
          recorderOf: brokersAs("recorder"),
          standbyOf: brokersAs("standby"),
          ...(process === node.process && { self: true as const }),
          ...(applied !== undefined && file !== null && file !== applied && { otherConfigFile: true as const }),
        };
      });
    },
    /** As the last of all, when what this node had open is settled. */
    async stop(): Promise<void> {
      timer();
      await running;
      await tables.leave(node.process);
    },
  };
}
