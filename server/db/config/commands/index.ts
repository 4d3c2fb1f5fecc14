import type { Generated } from "kysely";
import { Command, isInFlight, isUnsettled } from "../../../../lib/command";
import type { PointId } from "../../../../lib/ids";
import type { CommandRecord, NewAudit } from "../../../ports/stores";
import { done, type Flow } from "../../flow";
import { type ConfigTable, type Statements, sqlOver } from "../access";
import { insertAudit } from "../audit";
import { readRow } from "../rows";

export interface CommandsTable {
  /**
   * The command and its audit row, in one transaction, on disk before the promise resolves. Rejects when that cannot be had. `duplicate`:
   * there is a command with this id already, and nothing was written. `openedBy`: another node has a command of the one named here in flight for
   * the point, and nothing was written; SQLite has one node, whose service looks itself. `supersedes`: commands of this process to the
   * same point, which give it up.
   */
  openCommand(
    record: CommandRecord & { supersedes?: readonly string[] },
  ): Promise<"opened" | "duplicate" | { openedBy: string }>;
  /** A refusal that everyone is shown, and its audit row. A command with this id that is there already stays as it is. */
  addRefusal(record: CommandRecord, audit: NewAudit): Promise<void>;
  /** The command as it is now, no longer to be shown, and its audit row. */
  dismissCommand(command: Command, audit: NewAudit): Promise<void>;
  command(id: string): Promise<{ command: Command; userId: string } | undefined>;
  /** The newest of each point, where it was not confirmed and not dismissed (isUnsettled). */
  unsettledCommands(): Promise<Command[]>;
  /** What became of it. Where several nodes write, one that has ended stays ended when another node calls it unknown, and one that is unknown stays so. */
  updateCommand(command: Command): Promise<void>;
  /** Sent or acked and never ended: what a restart makes unknown. */
  openCommands(): Promise<Command[]>;
  commandsOf(point: PointId, limit: number): Promise<Command[]>;
}

const sql = sqlOver<{
  commands: {
    /** Grows with each row: SQLite's own, a column on Postgres. */
    rowid: Generated<number>;
    id: string;
    point: string;
    at: number;
    in_flight: 0 | 1;
    /** Not confirmed and not dismissed, and the newest of its point: shown until then. */
    unsettled: 0 | 1;
    user_id: string;
    address: string | null;
    body: string;
  };
}>();

const bit = (set: boolean): 0 | 1 => (set ? 1 : 0);
const columnsOf = (command: Command) => ({ in_flight: bit(isInFlight(command)), body: JSON.stringify(command) });
/** A broker that refuses a message hands it on to nobody. */
const didNotGoOut = ({ state }: Command): boolean => state === "refused" || state === "failed";
/** Thrown to undo what was written of a command whose point is taken. */
class PointTaken extends Error {
  constructor(readonly by: string) {
    super("another node has a command in flight for the point");
  }
}

const parse = ({ id, body }: { id: string; body: string }): Command => readRow(Command, "command", id, body);

export const commands: ConfigTable<CommandsTable> = {
  open(access) {
    const { all, write } = access;

    /** False: there is one with this id. The point's earlier ones have had their place taken. */
    function* insert({ run, changed }: Statements, { command, userId, address }: CommandRecord): Flow<boolean> {
      const { id, point, at } = command;
      const row = {
        id,
        point,
        at,
        user_id: userId,
        address,
        unsettled: bit(isUnsettled(command)),
        ...columnsOf(command),
      };
      const inserting = sql
        .insertInto("commands")
        .values(row)
        .onConflict((c) => c.column("id").doNothing());
      if ((yield* run(inserting)) === 0) return false;
      const earlier = sql
        .updateTable("commands")
        .set({ unsettled: 0 })
        .where("point", "=", point)
        .where("unsettled", "=", 1);
      yield* run(earlier.where("id", "!=", id));
      changed("commands", id);
      return true;
    }

    /** Whether one came to the point after it: then its outcome is no longer shown. */
    function* isOvertaken(statements: Statements, { id, point }: Command): Flow<boolean> {
      const later = sql
        .selectFrom("commands")
        .select("id")
        .where("point", "=", point)
        .where("rowid", ">", (e) => e.selectFrom("commands").select("rowid").where("id", "=", id))
        .limit(1);
      return (yield* statements.all(later)).length > 0;
    }

    /** Another node has called it unknown, or would call it so although it has ended. */
    function* isEnded({ all, run }: Statements, { id, state }: Command): Flow<boolean> {
      // Locks the row: the other node may be writing it just now.
      yield* run(
        sql
          .updateTable("commands")
          .set((e) => ({ in_flight: e.ref("in_flight") }))
          .where("id", "=", id),
      );
      const [row] = yield* all(sql.selectFrom("commands").select(["id", "body"]).where("id", "=", id));
      const stored = row && parse(row);
      if (!stored || isInFlight(stored)) return false;
      return stored.state === "unknown" || state === "unknown";
    }

    return {
      async openCommand({ supersedes = [], ...record }) {
        const { command, userId, address, message } = record;
        const { id, point, at, by, value, state } = command;
        try {
          return await write(function* (statements) {
            if (!(yield* insert(statements, record))) return "duplicate";
            const taken = yield* statements.claims?.take({ point, command: id, by, supersedes, message }) ??
              done(undefined);
            if (taken) throw new PointTaken(taken.heldBy);
            const detail = { id, value, state, userId };
            yield* insertAudit(statements, { at, actor: by, action: "command", target: point, detail, address });
            return "opened";
          });
        } catch (error) {
          if (error instanceof PointTaken) return { openedBy: error.by };
          throw error;
        }
      },
      addRefusal: (record, entry) =>
        write(function* (statements) {
          yield* insert(statements, record);
          yield* insertAudit(statements, entry);
        }),
      dismissCommand: (command, entry) =>
        write(function* (statements) {
          const row = { ...columnsOf(command), unsettled: 0 as const };
          yield* statements.run(sql.updateTable("commands").set(row).where("id", "=", command.id));
          statements.changed("commands", command.id);
          yield* insertAudit(statements, entry);
        }),
      updateCommand: (command) =>
        write(function* (statements) {
          if (statements.claims && (yield* isEnded(statements, command))) return;
          if (statements.claims && !isInFlight(command)) yield* statements.claims.free(command.id);
          if (statements.claims && didNotGoOut(command)) yield* statements.claims.unsay(command.id);
          const unsettled = bit(isUnsettled(command) && !(yield* isOvertaken(statements, command)));
          const row = { ...columnsOf(command), unsettled };
          const changed = yield* statements.run(sql.updateTable("commands").set(row).where("id", "=", command.id));
          statements.changed("commands", command.id);
          if (changed === 0) throw new Error(`there is no command ${command.id} to update`);
        }),
      async command(id) {
        const found = sql.selectFrom("commands").select(["id", "user_id", "body"]).where("id", "=", id);
        const [row] = await all(found);
        return row && { command: parse(row), userId: row.user_id };
      },
      async unsettledCommands() {
        const unsettled = sql.selectFrom("commands").select(["id", "body"]).where("unsettled", "=", 1).orderBy("at");
        return (await all(unsettled)).map(parse);
      },
      async openCommands() {
        const open = sql.selectFrom("commands").select(["id", "body"]).where("in_flight", "=", 1).orderBy("at");
        return (await all(open)).map(parse);
      },
      async commandsOf(point, limit) {
        const newest = sql
          .selectFrom("commands")
          .select(["id", "body"])
          .where("point", "=", point)
          .orderBy("at", "desc")
          .limit(limit);
        return (await all(newest)).map(parse);
      },
    };
  },
};
