import { type Generated, sql as raw } from "kysely";
import { AuditEntry } from "../../../../lib/api/audit";
import type { NewAudit } from "../../../ports/stores";
import type { Flow } from "../../flow";
import { type ConfigTable, type Statements, sqlOver } from "../access";
import { readRow } from "../rows";
import { type AuditHead, type AuditLink, type AuditRow, contentOf, linkHash } from "./chain";
import { auditChain } from "./migrations";

export interface AuditTable {
  audit(query: { before?: number; limit: number; target?: string }): Promise<AuditEntry[]>;
  appendAudit(entry: NewAudit): Promise<void>;
}

/** Rows of versions before the chain have none. */
type Unchained = { [Column in keyof AuditLink]: AuditLink[Column] | null };

const sql = sqlOver<{ audit: AuditRow & Unchained & { id: Generated<number> }; audit_heads: AuditHead }>();

const COLUMNS = ["at", "actor", "action", "target", "detail", "address"] as const;
const LINK = ["node", "seq", "prev", "hash"] as const;
const Detail = AuditEntry.shape.detail;

export const audit: ConfigTable<AuditTable> = {
  migrations: auditChain,
  open: (access) => ({
    async audit({ before, limit, target }) {
      let query = sql
        .selectFrom("audit")
        .select(["id", ...COLUMNS])
        .orderBy("id", "desc")
        .limit(limit);
      if (before !== undefined) query = query.where("id", "<", before);
      if (target !== undefined) query = query.where("target", "=", target);
      return (await access.all(query)).map((row) => ({
        ...row,
        detail: readRow(Detail, "audit entry", String(row.id), row.detail),
      }));
    },
    appendAudit: (entry) => access.write((statements) => insertAudit(statements, entry)),
  }),
};

/** Inside a transaction. The row goes behind the last one of this node: other nodes have chains of their own and are not waited for. */
export function* insertAudit(statements: Statements, entry: NewAudit): Flow {
  const { at, action, detail, address } = entry;
  const [actor, target] = [storable(entry.actor), storable(entry.target)];
  const row = { at, actor, action, target, detail: JSON.stringify(detail), address };
  yield* statements.dialect === "postgres" ? insertOnPostgres(statements, row) : insertOnSqlite(statements, row);
}

/**
 * Neither database stores half of a surrogate pair, and Postgres no NUL: what is read back, or moved from one to the other, would have another
 * hash.
 */
const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "\u2400");

function* insertOnSqlite({ all, run, node }: Statements, row: AuditRow): Flow {
  const [head] = yield* all(sql.selectFrom("audit_heads").select(["seq", "hash"]).where("node", "=", node));
  const seq = (head?.seq ?? 0) + 1;
  const prev = head?.hash ?? "";
  const link = { node, seq, prev, hash: linkHash(prev, seq, contentOf(node, row)) };
  yield* run(sql.insertInto("audit").values({ ...row, ...link }));
  const first = sql.insertInto("audit_heads").values(link);
  yield* run(first.onConflict((c) => c.column("node").doUpdateSet({ seq, prev, hash: link.hash })));
}

/** One statement, since each costs a way to the server and back. The head's row is locked until the transaction ends: those of one node wait in line. */
function* insertOnPostgres({ run, node }: Statements, row: AuditRow): Flow {
  const content = contentOf(node, row);
  const hash = (before: ReturnType<typeof raw>) =>
    raw<string>`encode(sha256(convert_to(${before} || ';' || ${content}::text, 'UTF8')), 'hex')`;
  const head = sql
    .insertInto("audit_heads")
    .values({ node, seq: 1, prev: "", hash: hash(raw`'1'`) })
    .onConflict((c) =>
      c.column("node").doUpdateSet({
        seq: raw<number>`audit_heads.seq + 1`,
        prev: raw<string>`audit_heads.hash`,
        hash: hash(raw`audit_heads.hash || (audit_heads.seq + 1)::text`),
      }),
    )
    .returning(LINK);
  const insert = sql
    .with("link", () => head)
    .insertInto("audit")
    .columns([...COLUMNS, ...LINK])
    .expression((e) =>
      e
        .selectFrom("link")
        .select([
          raw<number>`${row.at}::bigint`.as("at"),
          ...(["actor", "action", "target", "detail", "address"] as const).map((name) =>
            raw<string>`${row[name]}::text`.as(name),
          ),
          ...LINK,
        ]),
    );
  yield* run(insert);
}
