import { createHash } from "node:crypto";

/** A row of the audit trail as it is stored. */
export interface AuditRow {
  at: number;
  actor: string;
  action: string;
  target: string;
  /** JSON. */
  detail: string;
  address: string | null;
}

/** A row's place in the chain of its node. */
export interface AuditLink {
  node: string;
  /** Counts from 1. */
  seq: number;
  /** The hash of the node's row before; empty for its first. */
  prev: string;
  hash: string;
}

/** The last row of a node's chain, kept in a table of its own: without it nobody could see that the newest rows are missing. */
export type AuditHead = AuditLink;

/**
 * What a row's hash covers beside its place: each field with its length before it, so that no two rows have the same content. NUL is its symbol, as
 * Postgres stores it (`server/db/postgres/configAccess.ts`): a trail that is moved there keeps its hashes.
 */
export function contentOf(node: string, { at, actor, action, target, detail, address }: AuditRow): string {
  const fields = [node, String(at), actor, action, target, detail, address];
  return fields.map((field) => (field === null ? "-" : `${field.length}:${field.replaceAll("\0", "\u2400")}`)).join("");
}

/** SHA-256 in hexadecimal. Postgres computes the same in the statement that writes the row (`index.ts`). */
export const linkHash = (prev: string, seq: number, content: string): string =>
  createHash("sha256").update(`${prev}${seq};${content}`).digest("hex");

/** Why a chain is not whole, at the first of its rows where that shows. */
export interface ChainFault {
  node: string;
  seq: number;
  /** `changed`: its hash is another's. `missing`: it is not there, though rows behind it or the chain's head are. `head`: the head names another row. */
  fault: "changed" | "missing" | "head";
}

/** Looks through whole chains, whose rows come in any order, those before the first chain (with null in `hash`) left out. */
export function findChainFaults(rows: readonly (AuditRow & AuditLink)[], heads: readonly AuditHead[]): ChainFault[] {
  const chains = new Map<string, (AuditRow & AuditLink)[]>(heads.map(({ node }) => [node, []]));
  for (const row of rows) {
    const chain = chains.get(row.node) ?? [];
    chain.push(row);
    chains.set(row.node, chain);
  }
  return [...chains].flatMap(([node, chain]) => {
    const head = heads.find((one) => one.node === node);
    const found = chainFault(
      chain.sort((a, b) => a.seq - b.seq),
      head,
    );
    return found ? [{ node, ...found }] : [];
  });
}

function chainFault(
  chain: readonly (AuditRow & AuditLink)[],
  head: AuditHead | undefined,
): Omit<ChainFault, "node"> | undefined {
  let prev = "";
  for (const [i, row] of chain.entries()) {
    if (row.seq > i + 1) return { seq: i + 1, fault: "missing" };
    if (row.seq < i + 1 || row.prev !== prev) return { seq: row.seq, fault: "changed" };
    if (row.hash !== linkHash(prev, row.seq, contentOf(row.node, row))) return { seq: row.seq, fault: "changed" };
    prev = row.hash;
  }
  const length = chain.length;
  if (head !== undefined && head.seq > length) return { seq: length + 1, fault: "missing" };
  const last = chain.at(-1);
  if (last && (head?.seq !== last.seq || head.hash !== last.hash)) return { seq: last.seq, fault: "head" };
  return undefined;
}
