"use client";

import { cx } from "@/components/ui/cx";
import type { PointId } from "@/lib/ids";
import type { Counts, StateKey } from "@/lib/pointState";
import { type PlainKey, t } from "@/lib/texts/t";
import { Favicon } from "./Favicon";
import { shownKeys } from "./summary";
import { useCounts } from "./useStateFilter";

const LABELS: Record<StateKey, PlainKey> = {
  live: "kit.live",
  warning: "kit.warning",
  critical: "kit.critical",
  stale: "kit.stale",
  offline: "kit.offline",
  unknown: "dashboard.unknown",
  "without state": "dashboard.withoutState",
};

interface Filter {
  only: ReadonlySet<StateKey>;
  onToggle: (key: StateKey) => void;
}

/** The summary of a page that knows all of its points. It counts them itself, so a change renders nothing around it. */
export function PointsSummary({ points, ...filter }: Filter & { points: readonly PointId[] }) {
  return <SummaryLine counts={useCounts(points)} {...filter} />;
}

/** "46 live · 1 warning": each is a toggle that filters the page's tiles by that state. */
export function SummaryLine({ counts, only, onToggle }: Filter & { counts: Counts }) {
  return (
    <ul className="summary" aria-label={t("dashboard.statesLabel")}>
      <Favicon counts={counts} />
      {[...new Set([...shownKeys(counts), ...only])].map((key) => (
        <li key={key}>
          <button
            type="button"
            className={cx("summary-item", only.has(key) && "is-on")}
            data-key={key}
            aria-pressed={only.has(key)}
            onClick={() => onToggle(key)}
          >
            {counts[key]} {t(LABELS[key])}
          </button>
        </li>
      ))}
    </ul>
  );
}
