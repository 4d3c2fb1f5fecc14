import type { NodeOut } from "@/lib/api";

/** A node's row. `silent`: the others were seen since, and it was not. */
export type NodeView = NodeOut & { silent: boolean };

export interface NodesView {
  /** By name, and by their start where two have one. */
  nodes: NodeView[];
  /** Nobody would go on when this node died. */
  alone: boolean;
  /** Nodes of several versions run, as during an upgrade. */
  versions: boolean;
}

/** Each node is seen once a second. */
const SILENT_MS = 3000;

/** All times are by the database's clock, so they are compared with each other and not with the browser's. */
export function nodesView(found: readonly NodeOut[]): NodesView {
  const newest = Math.max(...found.map(({ lastSeenAt }) => lastSeenAt));
  const nodes = found
    .map((node) => ({ ...node, silent: newest - node.lastSeenAt > SILENT_MS }))
    .sort((a, b) => a.id.localeCompare(b.id) || a.startedAt - b.startedAt);
  const alive = nodes.filter(({ silent }) => !silent);
  return { nodes, alone: alive.length === 1, versions: new Set(alive.map(({ version }) => version)).size > 1 };
}
