import type { Generated } from "kysely";
import { AuditEntry } from "../../../../lib/api/audit";
import type { NewAudit } from "../../../ports/stores";
import type { Flow } from "../../flow";
import { type ConfigTable, type Statements, sqlOver } from "../access";
import { readRow } from "../rows";

export interface AuditTable {
  audit(query: { before?: number; limit: number; target?: string }): Promise<AuditEntry[]>;
  appendAudit(entry: NewAudit): Promise<void>;
}

const sql = sqlOver<{
  audit: {
    id: Generated<number>;
    at: number;
    actor: string;
    action: string;
    target: string;
    detail: string;
    address: string | null;
  };
}>();

const Detail = AuditEntry.shape.detail;

export const audit: ConfigTable<AuditTable> = {
  open: (access) => ({
    async audit({ before, limit, target }) {
      let query = sql.selectFrom("audit").selectAll().orderBy("id", "desc").limit(limit);
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

/** Inside a transaction. */
export function* insertAudit({ run }: Statements, entry: NewAudit): Flow {
  yield* run(sql.insertInto("audit").values({ ...entry, detail: JSON.stringify(entry.detail) }));
}
