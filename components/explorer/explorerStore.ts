import { createStore, type StoreApi } from "zustand/vanilla";
import type { RowSort } from "@/lib/explorer/rows";
import { applyChanges } from "@/lib/explorer/window";
import type {
  ExplorerMessage,
  ExplorerMessages,
  ExplorerRow,
  ExplorerRows,
  ExplorerStatus,
  ExplorerTotals,
} from "@/lib/explorer/wire";

export interface TreeRow extends ExplorerRow {
  /** Changes with every message, so that the row's light is lit again. */
  beat: 0 | 1 | undefined;
}

export interface Picked {
  topic: string;
  /** Oldest first. */
  messages: readonly ExplorerMessage[];
  missed: number;
}

export interface ExplorerState {
  status: ExplorerStatus | { state: "asleep" };
  /** The broker whose topics are shown; undefined until the server has named it. */
  broker: string | undefined;
  total: number;
  from: number;
  rows: readonly TreeRow[];
  totals: ExplorerTotals | undefined;
  sort: RowSort;
  search: string;
  paused: boolean;
  picked: Picked | undefined;
}

export type ExplorerStore = StoreApi<ExplorerState>;

export const createExplorerStore = (): ExplorerStore =>
  createStore<ExplorerState>(() => ({
    status: { state: "connecting" },
    broker: undefined,
    total: 0,
    from: 0,
    rows: [],
    totals: undefined,
    sort: "name",
    search: "",
    paused: false,
    picked: undefined,
  }));

/** The state after a batch of rows; unchanged rows keep their reference. */
export function withRows(state: ExplorerState, batch: ExplorerRows): Partial<ExplorerState> {
  const { total, from, totals } = batch;
  if (batch.changes) {
    const next = applyChanges(state.rows, batch.changes) as readonly TreeRow[];
    const rows = next.map((row, i) => (row === state.rows[i] ? row : beaten(row, state.rows[i])));
    return { total, from, totals, ...(batch.changes.length > 0 && { rows }) };
  }
  const before = new Map(state.rows.map((row) => [row.path, row]));
  return { total, from, totals, rows: (batch.rows ?? []).map((row) => beaten(row, before.get(row.path))) };
}

/** The row to render: the previous object if nothing has changed, so that scrolling renders only new rows. */
function beaten(row: ExplorerRow, before: TreeRow | undefined): TreeRow {
  if (before && same(row, before)) return before;
  return { ...row, beat: !before || before.messages === row.messages ? before?.beat : before.beat === 1 ? 0 : 1 };
}

const FIELDS = ["open", "parent", "pos", "size", "topics", "messages", "rate"] as const;

/** Compares two rows of the same path. The last value need not be compared: it changes only with the message count. */
const same = (a: ExplorerRow, b: ExplorerRow): boolean =>
  FIELDS.every((field) => a[field] === b[field]) && a.own?.retained === b.own?.retained;

const MAX_MESSAGES = 100;

/** The state after a batch of messages; a batch of a topic that is no longer picked is ignored. */
export function withMessages(state: ExplorerState, batch: ExplorerMessages): Partial<ExplorerState> {
  if (state.picked?.topic !== batch.topic) return {};
  return {
    picked: {
      topic: batch.topic,
      messages: [...state.picked.messages, ...batch.messages].slice(-MAX_MESSAGES),
      missed: state.picked.missed + batch.missed,
    },
  };
}
