import type { Command, CommandRequest } from "../../lib/command";
import type { BrokerId } from "../../lib/ids";
import type { Result } from "../../lib/result";
import type { PublishOutcome } from "./brokers";
import type { Session } from "./people";

/** What an admin publishes by hand, in the explorer. */
export interface PublishDesk {
  /** design.md §3: admin as of now, guarded topic, audited before it goes out, never queued nor repeated. Never rejects. */
  publish(
    request: { broker?: BrokerId | undefined; topic: string; payload: string; qos: 0 | 1 | 2; retain: boolean },
    who: { session: Session; address: string | null },
  ): Promise<Result<Exclude<PublishOutcome, { outcome: "not-sent" }>, PublishRefusal>>;
}

export interface PublishRefusal {
  code: "bad-request" | "not-allowed" | "not-found" | "too-many" | "unavailable";
  message: string;
  field?: string;
}

export interface CommandDesk {
  /** design.md §3. Resolves when the command was sent or refused; never rejects. */
  send(request: CommandRequest, who: { session: Session; address: string | null }): Promise<Command>;
  counters(): Record<string, number>;
  /** Refuses from now on; what is open becomes unknown. */
  stop(): Promise<void>;
}
