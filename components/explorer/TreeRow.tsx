"use client";

import { type CSSProperties, type MouseEvent, memo } from "react";
import { Icon } from "@/components/ui/icons";
import { visibleText } from "@/lib/explorer/payload";
import { t } from "@/lib/texts/t";
import type { TreeRow as Row } from "./explorerStore";

const counts = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const rates = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const countText = (n: number): string => (n < 10_000 ? String(n) : counts.format(n));
export const rateText = (rate: number): string =>
  rate === 0 ? "" : rate < 10_000 ? rates.format(rate) : counts.format(rate);

/** One row of the tree. Topic and payload come from outside: they are rendered as text, with invisible characters made visible. */
export const TreeRow = memo(function TreeRow({
  row,
  index,
  top,
  picked,
  active,
  onPress,
}: {
  row: Row;
  index: number;
  top: number;
  picked: boolean;
  active: boolean;
  onPress: (index: number, row: Row, twist: boolean) => void;
}) {
  const { own, open } = row;
  const style = { transform: `translateY(${top}px)`, "--depth": Math.min(row.depth, 20) } as CSSProperties;
  const press = (event: MouseEvent<HTMLElement>) =>
    onPress(index, row, event.target instanceof Element && event.target.closest("[data-twist]") !== null);
  return (
    // The tree handles the keyboard for all rows (aria-activedescendant), since most of them are not rendered.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={rowId(index)}
      role="treeitem"
      aria-level={row.depth}
      aria-posinset={row.pos}
      aria-setsize={row.size}
      aria-expanded={open}
      aria-selected={picked}
      data-active={active || undefined}
      className="ex-row"
      style={style}
      onClick={press}
    >
      <span className="ex-name">
        <span className="ex-twist" data-twist={open === undefined ? undefined : ""}>
          {open !== undefined && <Icon name="chevron" />}
        </span>
        <span className="ex-light" data-beat={row.beat} aria-hidden="true" />
        <span className="ex-level font-medium" title={visibleText(row.path).slice(0, 300)}>
          {row.level === "" ? (
            <i className="font-normal text-ink-3">{t("explorer.empty")}</i>
          ) : (
            visibleText(row.level).slice(0, 200)
          )}
        </span>
        {own && (
          <span className="ex-value" data-value>
            {own.bytes === 0 ? <i className="text-ink-3">{t("explorer.empty")}</i> : own.text}
          </span>
        )}
        {own?.retained && (
          <span className="ex-kept" title={t("explorer.retainedBroker")}>
            {t("explorer.retained").slice(0, 1)}
            <span className="ex-kept-rest">{t("explorer.retained").slice(1)}</span>
          </span>
        )}
      </span>
      <span className="ex-number ex-topics">{open === undefined ? "" : countText(row.topics)}</span>
      <span className="ex-number">{countText(row.messages)}</span>
      <span className="ex-number">{rateText(row.rate)}</span>
    </div>
  );
});

export const rowId = (index: number): string => `ex-row-${index}`;
