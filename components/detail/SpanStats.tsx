"use client";

import { useReader } from "@/components/kit/reader";
import { t } from "@/lib/texts/t";
import { extentOf, tidyMean } from "../charts/envelope";
import type { Feed } from "../charts/feed";
import { sayLine } from "../charts/Legend";
import type { Line } from "../charts/lines";
import { type Span, timeRangeOf } from "../charts/span";
import { serverNow, useFeedState } from "../charts/useFeed";
import { useLive } from "../live/LiveProvider";

/** Minimum, average and maximum of the shown span, for each number on the chart. */
export function SpanStats({ feed, lines, span }: { feed: Feed; lines: readonly Line[]; span: Span }) {
  const { columns, shown } = useFeedState(feed);
  const live = useLive();
  const { locale } = useReader();
  const numbers = lines.filter((line) => line.kind === "number");
  if (numbers.length === 0) return null;
  const { from, to } = timeRangeOf(span, serverNow(live));
  return (
    <div className="point-table">
      <table className="span-stats">
        <caption className="sr-only">{t("point.thisRange")}</caption>
        <thead>
          <tr>
            {numbers.length > 1 && <th>{t("point.point")}</th>}
            <th>{t("point.min")}</th>
            <th>{t("point.average")}</th>
            <th>{t("point.max")}</th>
            <th>{t("point.readings")}</th>
          </tr>
        </thead>
        <tbody>
          {numbers.map((line) => {
            const known = columns.get(line.point.id);
            const extent = shown && known && extentOf(known, from, to);
            const say = (value: number | undefined) => (value === undefined ? "–" : sayLine(line, value, locale));
            return (
              <tr key={line.point.id}>
                {numbers.length > 1 && <th scope="row">{line.label}</th>}
                <td data-stat="min">{say(extent?.min)}</td>
                <td data-stat="mean">{say(extent && tidyMean(extent))}</td>
                <td data-stat="max">{say(extent?.max)}</td>
                <td data-stat="count">{extent ? extent.count.toLocaleString(locale) : "–"}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
