"use client";

import { useReader } from "@/components/kit/reader";
import { t } from "@/lib/texts/t";
import { useLive } from "../live/LiveProvider";
import { tidyMean } from "./envelope";
import type { Feed } from "./feed";
import { sayLine } from "./Legend";
import type { Line } from "./lines";
import { type Row, rowsOf } from "./rows";
import { type Span, timeRangeOf } from "./span";
import { momentText } from "./ticks";
import { serverNow, useFeedState } from "./useFeed";
import { localZone } from "./zone";

const MOST = 300;

/** Rounds the mean of a bucket. */
const shownValue = ({ value, min, max }: NonNullable<Row["cells"][number]>) =>
  typeof value === "number" && min !== undefined && max !== undefined ? tidyMean({ min, mean: value, max }) : value;

/** The chart as a table, to read or copy. */
export function ChartTable({ feed, lines, span }: { feed: Feed; lines: readonly Line[]; span: Span }) {
  const { columns } = useFeedState(feed);
  const live = useLive();
  const { locale } = useReader();
  const zone = localZone();
  const view = timeRangeOf(span, serverNow(live));
  const { rows, more } = rowsOf(
    lines.map((line) => columns.get(line.point.id)),
    view,
    MOST,
  );
  return (
    <div className="point-table">
      <table>
        <caption className="sr-only">{t("charts.tableCaption")}</caption>
        <thead>
          <tr>
            <th>{t("charts.when")}</th>
            {lines.map((line) => (
              <th key={line.point.id}>{line.label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, cells }) => (
            <tr key={at}>
              <td>{momentText(at, view.to - view.from, locale, zone)}</td>
              {cells.map((cell, i) => {
                const line = lines[i] as Line;
                return (
                  <td key={line.point.id}>
                    {cell && sayLine(line, shownValue(cell), locale)}
                    {cell?.min !== undefined && cell.min !== cell.max && (
                      <span className="text-ink-2">
                        {" "}
                        ({sayLine(line, cell.min, locale)} … {sayLine(line, cell.max ?? null, locale)})
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="pt-2 text-sm text-ink-2">{t("charts.earlierLeftOut", { more })}</p>}
    </div>
  );
}
