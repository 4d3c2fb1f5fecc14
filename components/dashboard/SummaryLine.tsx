"use client";

import { cx } from "@/components/ui/cx";
import { type Counts, type StateKey, shownKeys } from "./summary";

/** "46 live · 1 warning": each a toggle that leaves only those tiles on the page. */
export function SummaryLine({
  counts,
  only,
  onToggle,
}: {
  counts: Counts;
  only: ReadonlySet<StateKey>;
  onToggle: (key: StateKey) => void;
}) {
  return (
    <ul className="summary" aria-label="States, each filters the page">
      {[...new Set([...shownKeys(counts), ...only])].map((key) => (
        <li key={key}>
          <button
            type="button"
            className={cx("summary-item", only.has(key) && "is-on")}
            data-key={key}
            aria-pressed={only.has(key)}
            onClick={() => onToggle(key)}
          >
            {counts[key]} {key}
          </button>
        </li>
      ))}
    </ul>
  );
}
