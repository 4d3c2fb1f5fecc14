import type { Access } from "../../lib/access";
import type { Transition } from "../../lib/alarms/record";
import type { AlarmRule } from "../../lib/alarms/rule";
import type { AlarmCounts, AlarmOut } from "../../lib/api/alarms";
import type { Result } from "../../lib/result";
import type { CatalogError, PutMode, Sourced } from "./catalog";
import type { Unsubscribe } from "./common";

export interface StoredRule {
  item: AlarmRule;
  version: number;
}

export interface JournalRow extends Transition {
  id: number;
  rule: string;
  subject: string;
}

/** Rules, and the alarms that readings raise by them. */
export interface Alarms {
  rules(): readonly Sourced<AlarmRule>[];
  putRule(rule: AlarmRule, mode: PutMode): Promise<Result<null, CatalogError>>;
  /** Those whose ids are free; answers them. */
  addRules(rules: readonly AlarmRule[]): Promise<AlarmRule[]>;
  deleteRule(id: string, ifVersion?: readonly number[]): Promise<Result<null, CatalogError>>;
  /** What this person may see, the worst and newest first. */
  list(access: Access): AlarmOut[];
  counts(access: Access): AlarmCounts;
  /** Undefined: there is no such alarm (any more), or not for this person. */
  find(id: string, access: Access): AlarmOut | undefined;
  /** On disk when it resolves. False: the alarm is over, or acknowledged already. */
  acknowledge(id: string, by: string, note?: string): Promise<boolean>;
  shelve(id: string, until: number, by: string): Promise<boolean>;
  unshelve(id: string, by: string): Promise<boolean>;
  /** Newest first; what this person may not see is left out. `next`: where to go on. */
  journal(
    access: Access,
    ask: { before?: number | undefined; limit: number },
  ): Promise<{ rows: JournalRow[]; next: number | undefined }>;
  /** An alarm or a rule changed. In the turn of the event loop in which it did. */
  onChange(listener: () => void): Unsubscribe;
  counters(): Record<string, number>;
}
