import { AlarmRule } from "../../lib/alarms/rule";
import { Broker } from "../../lib/broker";
import type { ConfigFile } from "../../lib/configFile";
import { Dashboard } from "../../lib/dashboard";
import { createListeners } from "../../lib/listeners";
import { Registration } from "../../lib/registration";
import type { Result } from "../../lib/result";
import { createSerial } from "../../lib/serial";
import type { Steps } from "../../lib/steps";
import { isShared, isToBeApplied } from "../pipeline/cluster/appliedFile";
import { CONFIG } from "../pipeline/cluster/leaseNames";
import type { AppliedFile, Cancel, Clock, ClusterTables, ConfigSource, KnownNode, Log, Notice } from "../ports";
import { inTurns } from "../turns";
import { createConfigFileHash } from "./configFileHash";
import type { WantedLease } from "./leaseKeeper";

export interface AppliedFileParts {
  /** This node's telltale.yaml. */
  own: ConfigSource;
  /** For its hash. */
  key: string;
  tables: Pick<ClusterTables, "appliedFile" | "applyFile" | "nodes">;
  sealer: { seal(plain: string, context: string): string; open(sealed: string, context: string): Result<string> };
  /** TELLTALE_NODE. */
  node: string;
  clock: Clock;
  log: Log;
}

export interface SharedFile {
  /** What is applied, on whichever node it was read. */
  source: ConfigSource;
  /** Reads what is applied, before the configuration is read for the first time. */
  start(): Promise<void>;
  stop(): void;
  /** Another node may have applied a file. */
  refresh(): Promise<void>;
  /** From now on this node may become the one that applies its file. */
  lead(want: (name: string) => WantedLease): void;
  /** The hash of this node's file; null: it has none, or nothing is in it. */
  own(): string | null;
  /** Of what is applied; undefined: nothing is yet. */
  applied(): string | null | undefined;
}

const NOTHING: ConfigFile = { brokers: [], topics: [], dashboards: [], alarms: [] };
const CONTEXT = "applied-file";
const LOOK_MS = 1000;
/** As a node is judged by nodeRegistry.ts. */
const SILENT_MS = 3000;
/** A lease is had within this time, or another node has it. */
const EXPECTED_MS = 10_000;
/** So many entries are parsed in one step. */
const PAUSE = 20;

/** telltale.yaml over several nodes: the holder of the lease `config` applies its own, and all of them use what is applied. */
export function createAppliedFile(parts: AppliedFileParts): SharedFile {
  const { own, tables, sealer, node, clock, log } = parts;
  const ownHash = createConfigFileHash(own.current, parts.key);
  const listeners = createListeners<[]>();
  let applied: AppliedFile | undefined;
  /** Nothing is stored yet, so that this node's own will be. */
  let current = NOTHING;
  let lease: WantedLease | undefined;
  let want: ((name: string) => WantedLease) | undefined;
  let changed = false;
  let sharedAt = clock.monotonic();
  /** Used since the start in place of what is applied, which it will replace unless another node is quicker; until then. */
  let expectedUntil: number | undefined;
  let toldOf: string | null | undefined;
  let cancel: Cancel = () => {};
  let looking = false;
  let failing = false;

  async function take(next: AppliedFile | undefined): Promise<void> {
    const before = current;
    expectedUntil = undefined;
    applied = next;
    if (!next || next.hash === ownHash()) current = own.current();
    else
      try {
        current = await inTurns(parsing(next.body));
      } catch (error) {
        // A newer version may have written it. What this node has used so far, or else its own file, is better than nothing.
        if (current === NOTHING) current = own.current();
        log.error(
          { appliedBy: next.node, error: String(error) },
          "the applied telltale.yaml cannot be read by this node",
        );
      }
    sharedAt = clock.monotonic();
    if (current !== before) listeners.tell();
  }

  function* parsing(body: string): Steps<ConfigFile> {
    const opened = sealer.open(body, CONTEXT);
    if (!opened.ok) throw new Error(opened.error);
    // A version before alarms wrote none.
    const file = {
      alarms: [],
      ...(JSON.parse(opened.value) as Record<Exclude<keyof ConfigFile, "alarms">, unknown[]>),
    };
    return {
      brokers: yield* each(file.brokers, (one) => Broker.parse(one)),
      topics: yield* each(file.topics, (one) => Registration.parse(one)),
      dashboards: yield* each(file.dashboards, (one) => Dashboard.parse(one)),
      alarms: yield* each(file.alarms, (one) => AlarmRule.parse(one)),
    };
  }

  /** One after the other: what was read first must not be taken last. */
  const serial = createSerial();
  const refresh = () =>
    serial(async () => {
      const next = await tables.appliedFile(applied?.at);
      // Others' changes of the configuration are told in the same way.
      if (next !== "known") await take(next);
    });

  /** A node that was stopped, and is started with another file, has it from the start. */
  async function start(): Promise<void> {
    const [stored, nodes] = [await tables.appliedFile(), await tables.nodes()];
    const facts = { own: ownHash(), changed: false, node, nodes, goneFor: 0 };
    if (stored === "known") return;
    if (!stored || !isToBeApplied({ ...facts, applied: stored })) return take(stored);
    applied = stored;
    current = own.current();
    expectedUntil = Number.POSITIVE_INFINITY;
  }

  async function livingNodes(): Promise<KnownNode[]> {
    const all = await tables.nodes();
    const now = Math.max(...all.map(({ seenAt }) => seenAt));
    return all.filter(({ seenAt }) => now - seenAt <= SILENT_MS);
  }

  /** Whoever has no file leaves the lease to those who have one. */
  async function leadOrLeave(nodes: readonly KnownNode[]): Promise<void> {
    if (ownHash() !== null || changed || nodes.every(({ configFile }) => configFile === null)) lease ??= want?.(CONFIG);
    else {
      const held = lease;
      lease = undefined;
      await held?.release();
    }
  }

  async function consider(): Promise<void> {
    const hash = ownHash();
    const isSame = applied !== undefined && hash === applied.hash;
    if (isSame) {
      toldOf = undefined;
      changed = false;
    }
    // Asked for only where something may be to do.
    const nodes = isSame && hash !== null ? [] : await livingNodes();
    await leadOrLeave(nodes);
    if (isSame) return;
    if (isShared({ applied, nodes })) sharedAt = clock.monotonic();
    const goneFor = clock.monotonic() - sharedAt;
    const epoch = lease?.epoch();
    if (epoch !== undefined && isToBeApplied({ own: hash, changed, node, applied, nodes, goneFor }))
      return apply(epoch, hash);
    if (expectedUntil !== undefined && (isShared({ applied, nodes }) || clock.monotonic() > expectedUntil))
      await serial(() => take(applied));
    if (expectedUntil === undefined) tellDifference(hash);
  }

  async function apply(epoch: number, hash: string | null): Promise<void> {
    const body = sealer.seal(JSON.stringify(own.current()), CONTEXT);
    if (!(await tables.applyFile({ name: CONFIG, epoch }, { hash, node, body }))) return;
    log.info({ node }, "telltale.yaml is applied on all nodes");
    await refresh();
  }

  function tellDifference(hash: string | null): void {
    if (hash === null || applied === undefined || toldOf === hash) return;
    toldOf = hash;
    log.warn(
      { appliedBy: applied.node },
      "this node's telltale.yaml is not the one that is applied, and changes nothing: give all nodes the same",
    );
  }

  function look(): void {
    if (looking || !want) return;
    looking = true;
    consider()
      .then(() => {
        failing = false;
      })
      .catch((error: unknown) => {
        if (!failing)
          log.warn({ error: String(error) }, "the applied telltale.yaml cannot be compared with this node's");
        failing = true;
      })
      .finally(() => {
        looking = false;
      });
  }

  /** A file that is faulty at the start of its node takes nothing away from what is applied. */
  function notice(): Notice | undefined {
    const said = own.notice();
    if (
      said === undefined ||
      typeof said.text === "string" ||
      said.text.code !== "notice.fileRefusedAtStart" ||
      !applied
    )
      return said;
    return { ...said, level: "warning", text: { ...said.text, code: "notice.fileRefused" } };
  }

  const unlisten = own.onChange(() => {
    changed ||= lease?.epoch() !== undefined || failing;
    if (!applied || expectedUntil !== undefined || ownHash() === applied.hash) current = own.current();
    listeners.tell();
    look();
  });

  return {
    source: {
      origin: "file",
      current: () => current,
      onChange: listeners.add,
      notice,
      stop: () => {},
    },
    start,
    stop() {
      unlisten();
      cancel();
    },
    refresh,
    lead(given) {
      want = given;
      if (expectedUntil !== undefined) expectedUntil = clock.monotonic() + EXPECTED_MS;
      cancel = clock.every(LOOK_MS, look);
      look();
    },
    own: ownHash,
    applied: () => applied?.hash,
  };
}

function* each<T>(list: readonly unknown[], parse: (one: unknown) => T): Steps<T[]> {
  const made: T[] = [];
  for (const [i, one] of list.entries()) {
    made.push(parse(one));
    if (i % PAUSE === 0) yield;
  }
  return made;
}
