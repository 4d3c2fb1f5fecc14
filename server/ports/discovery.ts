import type { DiscoveryMode, DiscoveryOut, FoundEntityOut, FoundOut } from "../../lib/api";
import type { BrokerId } from "../../lib/ids";
import type { Result } from "../../lib/result";
import type { Said } from "../../lib/texts/said";
import type { TopicFilter } from "../../lib/topics/parse";
import type { Notice } from "./catalog";
import type { ProgramExpiry } from "./commands";
import type { Unsubscribe } from "./common";

/** How many announcements were cleared, and which were not and why. */
export interface Cleared {
  cleared: number;
  failed: { topic: string; reason: Said }[];
}

/** What discovery needs beside what is registered. The live state subscribes to these filters too. */
export interface DiscoveryFeed {
  filters(): Iterable<{ broker: BrokerId; filter: TopicFilter }>;
  onFilters(listener: () => void): Unsubscribe;
}

type WithReason<T> = Omit<T, "withdrawn"> & { withdrawn?: Said };
/** A found device with all that it says right now. Why it is gone becomes words in the answer. */
export type FoundShown = Omit<WithReason<FoundOut>, "entities"> & { entities: WithReason<FoundEntityOut>[] };

export interface FoundRow {
  readonly id: string;
  readonly name: string;
  show(): FoundShown;
}

export interface DiscoveryService {
  state(): Promise<DiscoveryOut>;
  /** `off` forgets what was found; what is kept stays. */
  setMode(mode: DiscoveryMode): Promise<void>;
  /** For admins: what of its settings could not be read. */
  notices(): Notice[];
  /** All found devices in a steady order; what each says right now is put together when it is shown. */
  found(): Promise<readonly FoundRow[]>;
  /** What people call the device. Undefined: there is no such device. */
  name(key: string): Promise<string | undefined>;
  /** Registers what the device offers: all that it does not hide itself, or the named entities. Undefined: there is no such device. */
  keep(key: string, entities?: readonly string[]): Promise<{ kept: number } | undefined>;
  keepAll(): Promise<{ kept: number }>;
  /** Never proposed again, until it is taken back. Undefined: there is no such device. */
  ignore(key: string, ignored: boolean): Promise<null | undefined>;
  /**
   * Clears the retained topics that announce the device. `first` is told them before anything is sent: where it throws, nothing is.
   * Undefined: there is no such device. An error: it had expired. What was registered of it stays.
   */
  clear(
    key: string,
    first: (topics: readonly string[]) => Promise<void>,
    expiry: ProgramExpiry,
  ): Promise<Result<Cleared, Said> | undefined>;
  counters(): Record<string, number>;
}
