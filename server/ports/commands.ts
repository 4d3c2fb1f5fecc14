import type { Command, CommandDismiss, CommandFate, CommandRequest, ViewAge } from "../../lib/command";
import type { ExplorerPublished } from "../../lib/explorer/wire";
import type { BrokerId } from "../../lib/ids";
import type { Qos } from "../../lib/qos";
import type { Result } from "../../lib/result";
import type { Said } from "../../lib/texts/said";
import type { Session } from "./people";

/**
 * When a person's gesture expires. `page`: 3 s after it was made, which the age of the page's view tells (null: the page cannot say).
 * `at`: at a time of this server's clock, as a program asked. `never`: a program that did not ask.
 */
export type Expiry = { by: "page"; age: ViewAge | null } | ProgramExpiry;
export type ProgramExpiry = { by: "time"; at: number } | { by: "never" };

/** A command as the command service takes it, from a page or from a program. A program has looked at no revision. */
export type CommandAsked = Omit<CommandRequest, "age" | "rev"> & { rev?: number; expiry: Expiry };

interface Who {
  session: Session;
  address: string | null;
}

/** What an admin publishes by hand, in the explorer. */
export interface PublishService {
  /** Rules XP-30 to XP-33: admin as of now, guarded topic, audited before it goes out, never queued nor repeated. Never rejects. */
  publish(
    request: {
      broker?: BrokerId | undefined;
      topic: string;
      payload: string;
      qos: Qos;
      retain: boolean;
      expiry: Expiry;
    },
    who: Who,
  ): Promise<Result<ExplorerPublished, PublishRefusal>>;
}

export interface PublishRefusal {
  code: "bad-request" | "not-allowed" | "not-found" | "too-late" | "too-many" | "unavailable";
  message: Said;
  field?: string;
}

/** Where several nodes run over one database. */
export interface OtherCommands {
  /** Another node has changed this command; undefined: any of them. */
  changed(id: string | undefined): Promise<void>;
  /** Makes those that are still open `unknown`. Rejects where one could not be written: it is safe to call it again. */
  settle(ids: readonly string[]): Promise<void>;
}

export interface CommandService {
  /** Rules CM-1 to CM-17. Resolves when the command was sent or refused; never rejects. */
  send(request: CommandAsked, who: Who): Promise<Command>;
  /** What became of a gesture that was never answered; one that is not known by now is refused for good. Never rejects. */
  fate(gesture: CommandFate, who: Who): Promise<Command>;
  /** A person has read that the point's last command was not confirmed. */
  dismiss(request: CommandDismiss, who: Who): Promise<Result<Command, PublishRefusal>>;
  readonly others: OtherCommands;
  counters(): Record<string, number>;
  /** Refuses from now on; what is open becomes unknown. */
  stop(): Promise<void>;
}
