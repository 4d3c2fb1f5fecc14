"use client";

import { useState } from "react";
import type { PointId } from "@/lib/ids";
import { t } from "@/lib/texts/t";
import { exportPath } from "../charts/exportPath";
import { type Span, timeRangeOf } from "../charts/span";
import { serverNow } from "../charts/useFeed";
import { useLive } from "../live/LiveProvider";

const FORMATS = [
  // not a text: the name of a format
  { format: "csv", label: "CSV" },
  // not a text: the name of a format
  { format: "jsonl", label: "JSON Lines" },
] as const;

/** Links to export the shown readings. A moving span ends at the moment when the link is pressed. */
export function ExportLinks({ points, span }: { points: readonly PointId[]; span: Span }) {
  const live = useLive();
  const [now, setNow] = useState(() => serverNow(live));
  const refresh = () => setNow(serverNow(live));
  return (
    <p className="export-links">
      <span>{t("point.exportRange")}</span>
      {FORMATS.map(({ format, label }) => (
        <a
          key={format}
          href={exportPath(points, timeRangeOf(span, now), format)}
          download
          onPointerDown={refresh}
          onFocus={refresh}
        >
          {label}
        </a>
      ))}
    </p>
  );
}
