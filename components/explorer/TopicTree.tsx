"use client";

import { type CSSProperties, type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icons";
import { mayLeave } from "@/components/ui/useLeaveGuard";
import type { RowSort } from "@/lib/explorer/rows";
import { type PlainKey, t } from "@/lib/texts/t";
import type { ExplorerLink } from "./explorerLink";
import type { ExplorerStore, TreeRow as Row } from "./explorerStore";
import { rowId, TreeRow } from "./TreeRow";
import { treeStep, typeAhead } from "./treeKeys";
import { useWindow } from "./useWindow";

/** Rows requested beyond the visible ones, so that they are there when the person scrolls. */
const MARGIN = 30;
const TYPING_MS = 700;

/** All topics as a tree, of which only the visible rows are rendered. Rules XP-23 and XP-40. */
export function TopicTree({ store, link }: { store: ExplorerStore; link: ExplorerLink }) {
  const rows = useStore(store, (state) => state.rows);
  const from = useStore(store, (state) => state.from);
  const total = useStore(store, (state) => state.total);
  const picked = useStore(store, (state) => state.picked?.topic);
  const scroller = useRef<HTMLDivElement>(null);
  const { height, first, fit, show } = useWindow(scroller);
  const [active, setActive] = useState<{ index: number; path: string | undefined }>({ index: 0, path: undefined });
  const typed = useRef({ text: "", at: 0 });

  useEffect(() => {
    link.look({ from: Math.max(0, first - MARGIN), count: Math.min(300, fit + 2 * MARGIN) });
  }, [link, first, fit]);

  // The active row follows its topic when rows above it are added or removed.
  const moved = active.path === undefined ? -1 : rows.findIndex(({ path }) => path === active.path);
  const at = Math.min(moved < 0 ? active.index : from + moved, Math.max(0, total - 1));

  const goTo = useCallback(
    (index: number) => {
      const state = store.getState();
      setActive({ index, path: state.rows[index - state.from]?.path });
      show(index);
    },
    [store, show],
  );

  const onPress = useCallback(
    (index: number, row: Row, twist: boolean) => {
      setActive({ index, path: row.path });
      if (twist || (row.open !== undefined && !row.own)) {
        link.look(row.open ? { close: [row.path] } : { open: [row.path] });
        if (twist) return;
      }
      if (row.own && (row.path === picked || mayLeave())) link.pick(row.path);
    },
    [link, picked],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at - from];
    const step = treeStep(event.key, { index: at, row, total, page: Math.max(1, fit - 6) });
    if (!step && event.key.length !== 1) return;
    event.preventDefault();
    if (step?.do === "go") goTo(step.index);
    else if (step?.do === "open") link.look({ open: [step.path] });
    else if (step?.do === "close") link.look({ close: [step.path] });
    else if (step?.do === "pick" && row) onPress(at, row, false);
    else if (step?.do === "open-siblings" && row)
      link.look({
        open: rows.filter((one) => one.parent === row.parent && one.open === false).map(({ path }) => path),
      });
    else if (!step) {
      const now = event.timeStamp;
      const text = now - typed.current.at > TYPING_MS ? event.key : typed.current.text + event.key;
      typed.current = { text, at: now };
      const found = typeAhead(rows, from, at, text);
      if (found !== undefined) goTo(found);
    }
  };

  const shown = rows.slice(Math.max(0, first - 8 - from), Math.max(0, first + fit + 8 - from));
  const shownFrom = from + Math.max(0, first - 8 - from);
  return (
    <>
      <SortHead store={store} link={link} />
      <div
        ref={scroller}
        role="tree"
        aria-label={t("explorer.topics")}
        tabIndex={0}
        aria-activedescendant={rows[at - from] ? rowId(at) : undefined}
        onKeyDown={onKeyDown}
        className="ex-scroll"
        style={{ "--ex-row": `${height}px` } as CSSProperties}
      >
        <div role="presentation" style={{ height: total * height }} />
        {shown.map((row, i) => (
          <TreeRow
            key={row.path}
            row={row}
            index={shownFrom + i}
            top={(shownFrom + i) * height}
            picked={row.path === picked}
            active={shownFrom + i === at}
            onPress={onPress}
          />
        ))}
      </div>
    </>
  );
}

const COLUMNS: readonly { sort: RowSort; label: PlainKey; className?: string; title: PlainKey }[] = [
  { sort: "name", label: "explorer.topic", className: "justify-start", title: "explorer.sortByName" },
  { sort: "topics", label: "explorer.topics", className: "ex-topics", title: "explorer.sortByTopics" },
  { sort: "messages", label: "explorer.messages", title: "explorer.sortByMessages" },
  { sort: "rate", label: "explorer.perSecond", title: "explorer.sortByRate" },
];

function SortHead({ store, link }: { store: ExplorerStore; link: ExplorerLink }) {
  const sort = useStore(store, (state) => state.sort);
  return (
    <fieldset className="ex-head border-b border-line pr-3" aria-label={t("explorer.order")}>
      {COLUMNS.map((column) => (
        <button
          key={column.sort}
          type="button"
          title={t(column.title)}
          aria-pressed={sort === column.sort}
          onClick={() => link.look({ sort: column.sort })}
          className={cx(
            "min-h-9 rounded-[6px] px-1 text-xs pointer-coarse:min-h-(--touch) hover:text-ink",
            column.sort === "name" ? "pl-3 text-left" : "text-right",
            sort === column.sort ? "font-semibold text-ink" : "text-ink-2",
            column.className,
          )}
        >
          {t(column.label)}
          {sort === column.sort && column.sort !== "name" && <Icon name="down" className="inline size-3" />}
        </button>
      ))}
    </fieldset>
  );
}
