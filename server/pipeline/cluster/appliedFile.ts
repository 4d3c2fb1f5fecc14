/** What decides whether the node that holds the lease `config` applies its telltale.yaml. A file without entries is none: null. */
export interface FileFacts {
  /** The hash of this node's file. */
  own: string | null;
  /** It was changed while this node ran and held the lease. */
  changed: boolean;
  /** TELLTALE_NODE. */
  node: string;
  applied: { hash: string | null; node: string; at: number } | undefined;
  /** Those that live, this one among them. */
  nodes: readonly { id: string; configFile: string | null; startedAt: number }[];
  /** For how long no node that lives has had the applied one. */
  goneFor: number;
}

/** A node that is started again is back by then. */
export const GONE_MS = 60_000;

/** Whether a node that lives still stands for what is applied. */
export const isShared = ({ applied, nodes }: Pick<FileFacts, "applied" | "nodes">): boolean =>
  nodes.some(({ id, configFile }) => configFile === applied?.hash && (configFile !== null || id === applied.node));

/**
 * That another node holds the lease is no reason: files may differ while they are renewed one after the other, and the next holder may have the
 * older one. What is applied is replaced by a change of the holder's file, by the node that applied it when it is started with another, and when
 * all nodes were started with another and the applied one has not been seen for a minute.
 */
export function isToBeApplied(facts: FileFacts): boolean {
  const { own, changed, node, applied, nodes, goneFor } = facts;
  if (!applied) return own !== null;
  if (own === applied.hash) return false;
  if (changed) return true;
  if (isShared(facts)) return false;
  const isGone = goneFor >= GONE_MS;
  if (own === null) return isGone && applied.node === node && nodes.every(({ configFile }) => configFile === null);
  if (applied.node === node) return true;
  return (
    isGone &&
    nodes.every(({ configFile, startedAt }) => startedAt > applied.at && (configFile === own || configFile === null))
  );
}
