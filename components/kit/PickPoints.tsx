"use client";

import { useDeferredValue, useState } from "react";
import type { PointOut } from "@/lib/api";
import type { PointId } from "@/lib/ids";
import { t } from "@/lib/texts/t";
import { FindPointInput } from "./FindPointInput";
import { sayValue } from "./figure";
import { findPoints } from "./findPoints";
import { useReader } from "./reader";

const AT_MOST = 100;

/** Selects up to `most` of these points. Selected points stay visible whatever the search. */
export function PickPoints({
  points,
  chosen,
  most,
  onChange,
}: {
  /** Undefined while they are loading. */
  points: readonly PointOut[] | undefined;
  chosen: readonly PointId[];
  most: number;
  onChange: (chosen: readonly PointId[]) => void;
}) {
  const { locale } = useReader();
  const [query, setQuery] = useState("");
  const wanted = useDeferredValue(query);
  const charted = (points ?? []).filter((p) => !p.command?.assumed);
  const picked = charted.filter((p) => chosen.includes(p.id));
  const found = findPoints(charted, wanted).filter((p) => !chosen.includes(p.id));
  const full = chosen.length >= most;
  return (
    <>
      <FindPointInput query={query} onChange={setQuery} />
      <fieldset className="pick-list" aria-label={t("kit.pointsLabel")}>
        {[...picked, ...found.slice(0, AT_MOST)].map((p) => {
          const on = chosen.includes(p.id);
          return (
            <label key={p.id} className="pick">
              <input
                type="checkbox"
                checked={on}
                disabled={!on && full}
                onChange={() => onChange(on ? chosen.filter((id) => id !== p.id) : [...chosen, p.id])}
              />
              <span className="min-w-0 flex-1">
                <span className="block font-medium break-words">{p.name}</span>
                <span className="block text-xs break-words text-ink-2">
                  {[p.area, p.device, p.topic].filter(Boolean).join(" · ")}
                </span>
              </span>
              <span className="max-w-32 truncate font-figures text-sm">{sayValue(p.value, p, locale)}</span>
            </label>
          );
        })}
        {points === undefined && <p className="p-3 text-ink-2">{t("kit.listingPoints")}</p>}
        {points !== undefined && picked.length + found.length === 0 && (
          <p className="p-3 text-ink-2">{t("kit.noPointFound")}</p>
        )}
        {found.length > AT_MOST && (
          <p className="p-3 text-ink-2">{t("kit.morePoints", { count: found.length - AT_MOST })}</p>
        )}
      </fieldset>
    </>
  );
}
