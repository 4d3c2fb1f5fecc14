import {
  type CompiledQuery,
  createQueryId,
  InsertQueryNode,
  PostgresQueryCompiler,
  PrimitiveValueListNode,
  type RootOperationNode,
  ValuesNode,
} from "kysely";
import type { Pool, PoolClient, QueryResultRow } from "pg";
import type { BodyRow, ChangeKind, ConfigAccess, Query, Statements } from "../config/access";
import { type Flow, runWaiting, waitFor } from "../flow";
import type { Sealer } from "../sealer";
import { forgetMessage, noteMessage } from "./cluster/commandMessages";
import { claimPoint, endCommand } from "./cluster/commandsInFlight";
import { type Announce, runnerOn } from "./database";
import { BEGIN, type Queryable, transact } from "./pool";

/** Rows of one INSERT: Postgres takes 65,535 parameters in a statement. */
const ROWS_AT_ONCE = 1000;

export interface PostgresAccessParts {
  pool: Pool;
  sealer: Sealer;
  now(): number;
  announce: Announce;
  /** How this process is called in the audit trail. */
  node: string;
  /** Random: this process among several, in what it claims. */
  process: string;
}

/** The configuration's tables on Postgres. */
export function createPostgresAccess(parts: PostgresAccessParts): ConfigAccess {
  const { pool, sealer, now, announce } = parts;
  return {
    sealer,
    now,
    all: async (query) => (await send(pool, query)).rows,
    write: <T>(work: (statements: Statements) => Flow<T>) =>
      transact(pool, BEGIN.write, async (client) => {
        const changes: Change[] = [];
        const value = await runWaiting(work(statementsOn(client, parts, changes)));
        // Last, since the rows that it locks are the same for all changes of a kind.
        for (const { kind, id } of inOrder(changes)) await announce(runnerOn(client), kind, id);
        return value;
      }),
    async bodies({ table, id }) {
      // One statement, so one state of the table: other nodes write meanwhile.
      const { rows } = await pool.query<BodyRow>(`SELECT ${id} AS id, body, position FROM ${table}`);
      return rows;
    },
  };
}

interface Change {
  kind: ChangeKind;
  id: string;
}

/** One for each kind, in one order for all transactions: two that lock the same rows in different orders would wait for each other. */
function inOrder(changes: readonly Change[]): Change[] {
  const kinds = [...new Set(changes.map(({ kind }) => kind))].sort();
  return kinds.map((kind) => {
    const ids = new Set(changes.filter((change) => change.kind === kind).map(({ id }) => id));
    return { kind, id: ids.size === 1 ? ([...ids][0] ?? "") : "" };
  });
}

function statementsOn(
  client: PoolClient,
  { node, process }: Pick<PostgresAccessParts, "node" | "process">,
  changes: Change[],
): Statements {
  return {
    dialect: "postgres",
    node,
    changed: (kind, id) => void changes.push({ kind, id }),
    claims: {
      *take(claim) {
        const { message, command } = claim;
        const taken = yield* waitFor(claimPoint(runnerOn(client), { ...claim, process }));
        if (!taken.claimed) return { heldBy: taken.by };
        if (message) yield* waitFor(noteMessage(runnerOn(client), { command, process, message }));
        return undefined;
      },
      free: (command) => waitFor(endCommand(runnerOn(client), command, process)),
      unsay: (command) => waitFor(forgetMessage(runnerOn(client), command)),
    },
    *all<Row>(query: Query<Row>) {
      return (yield* waitFor(send(client, query))).rows;
    },
    *run(query) {
      return (yield* waitFor(send(client, query))).rowCount ?? 0;
    },
    *insertEach(query, rows) {
      const node = query.toOperationNode();
      if (!InsertQueryNode.is(node)) throw new Error("insertEach takes an insert");
      const lists = Array.from(rows, (row) => PrimitiveValueListNode.create(row));
      for (let i = 0; i < lists.length; i += ROWS_AT_ONCE) {
        const values = ValuesNode.create(lists.slice(i, i + ROWS_AT_ONCE));
        yield* waitFor(sendCompiled(client, compile(InsertQueryNode.cloneWith(node, { values }))));
      }
    },
  };
}

const compiler = new PostgresQueryCompiler();

const compile = (node: RootOperationNode): CompiledQuery => compiler.compileQuery(node, createQueryId());

// A query of sqlOver is one statement, and so the root of its tree.
const send = <Row>(to: Queryable, query: Query<Row>) =>
  sendCompiled<Row>(to, compile(query.toOperationNode() as RootOperationNode));

function sendCompiled<Row>(to: Queryable, { sql, parameters }: CompiledQuery) {
  return to.query<Row & QueryResultRow>(sql, parameters.map(storable));
}

/** Postgres refuses NUL in a text (22021). Bodies are JSON, which escapes it; elsewhere only its symbol can be kept. */
const storable = (parameter: unknown): unknown =>
  typeof parameter === "string" && parameter.includes("\0") ? parameter.replaceAll("\0", "\u2400") : parameter;
