"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { useListedPoints } from "@/components/kit/useListedPoints";
import { cx } from "@/components/ui/cx";
import { Dialog } from "@/components/ui/Dialog";
import { mayLeave } from "@/components/ui/useLeaveGuard";
import type { PointOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { type Findable, findMatches } from "./find";
import type { NavSection } from "./nav";

const LIMIT = 30;

const pointItem = (point: PointOut): Findable => ({
  label: point.name,
  note: [point.device, point.area, point.topic].filter(Boolean).join(" · ") || point.id,
  href: `/everything?point=${encodeURIComponent(point.id)}`,
});

const STEP: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** A combobox with its list in a dialog: type, select with the arrow keys, open with Enter. */
export default function FindPalette({ sections, onClose }: { sections: readonly NavSection[]; onClose: () => void }) {
  const router = useRouter();
  const listId = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const listed = useListedPoints();

  const items = useMemo(
    () => [
      ...sections.flatMap((section) =>
        section.items.map((item): Findable => ({ label: item.label, note: section.title, href: item.href })),
      ),
      ...(listed.state === "ready" ? listed.value.map(pointItem) : []),
    ],
    [sections, listed],
  );
  const matches = useMemo(() => findMatches(items, query, LIMIT), [items, query]);
  const current = Math.min(at, Math.max(0, matches.length - 1));

  const go = (item: Findable | undefined) => {
    if (!item || !mayLeave()) return;
    onClose();
    router.push(item.href);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      return go(matches[current]);
    }
    const step = STEP[event.key];
    if (step === undefined || matches.length === 0) return;
    event.preventDefault();
    const next = (current + step + matches.length) % matches.length;
    setAt(next);
    document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: "nearest" });
  };

  return (
    <Dialog open onClose={onClose} title={t("kit.findAnything")}>
      <input
        type="search"
        role="combobox"
        aria-label={t("shell.findLabel")}
        aria-expanded={matches.length > 0}
        aria-controls={listId}
        aria-activedescendant={matches.length > 0 ? `${listId}-${current}` : undefined}
        autoComplete="off"
        placeholder={t("shell.findHint")}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="min-h-(--touch) w-full rounded-control border border-edge bg-raised px-3 text-[16px]"
      />
      <div role="listbox" id={listId} aria-label={t("shell.found")} className="mt-3 max-h-[50dvh] overflow-y-auto">
        {matches.map((item, i) => (
          // The list is operated from the input above: options take no focus of their own.
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          <div
            key={item.href}
            id={`${listId}-${i}`}
            role="option"
            aria-selected={i === current}
            onClick={() => go(item)}
            onPointerMove={() => setAt(i)}
            className={cx(
              "flex min-h-10 cursor-pointer items-baseline gap-3 rounded-[7px] px-3 py-2 pointer-coarse:min-h-(--touch)",
              i === current && "bg-well",
            )}
          >
            <span className="min-w-0 flex-1 truncate font-medium">{item.label}</span>
            <span className="max-w-[55%] truncate text-xs text-ink-3">{item.note}</span>
          </div>
        ))}
      </div>
      <p role="status" className="px-3 pt-2 text-sm text-ink-2">
        {listed.state === "failed"
          ? listed.problem.message
          : matches.length === 0
            ? t("shell.noResults", { query: query.trim() })
            : ""}
      </p>
    </Dialog>
  );
}
