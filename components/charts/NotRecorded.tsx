"use client";

import { useReader } from "@/components/kit/reader";
import type { GapReason } from "@/lib/recordingGap";
import { t } from "@/lib/texts/t";
import type { Feed } from "./feed";
import type { Line } from "./lines";
import { notRecordedIn } from "./picture";
import { momentText } from "./ticks";
import { useFeedState } from "./useFeed";

const REASONS = {
  "no-recorder": "charts.gapNoRecorder",
  "ring-full": "charts.gapRingFull",
  "broker-lost": "charts.gapBrokerLost",
  "database-lost": "charts.gapDatabaseLost",
} as const satisfies Record<GapReason, string>;

const MOST = 3;

/** Says in words when readings may be missing and why, the newest first: the plot only shows that they are. */
export function NotRecorded({
  feed,
  lines,
  width,
  zone,
}: {
  feed: Feed;
  lines: readonly Line[];
  width: number;
  zone: string;
}) {
  const { columns } = useFeedState(feed);
  const { locale } = useReader();
  const gaps = notRecordedIn(lines, columns).reverse();
  if (gaps.length === 0) return null;
  const more = gaps.length - MOST;
  return (
    <ul className="chart-not-recorded">
      {gaps.slice(0, MOST).map(({ from, to, why }) => (
        <li key={`${from} ${why}`}>
          {t("charts.notRecorded", {
            from: momentText(from, width, locale, zone),
            to: momentText(to, width, locale, zone),
            why: t(REASONS[why]),
          })}
        </li>
      ))}
      {more > 0 && <li>{t("charts.moreNotRecorded", { more })}</li>}
    </ul>
  );
}
