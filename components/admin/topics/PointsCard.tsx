"use client";

import { useCallback } from "react";
import { listPoints } from "@/components/api";
import { useReader } from "@/components/kit/reader";
import { Telltale } from "@/components/kit/Telltale";
import { useLoad } from "@/components/kit/useLoad";
import { valueText } from "@/components/kit/valueText";
import { Disclosure } from "@/components/ui/Disclosure";
import type { PointOut } from "@/lib/api";
import { t } from "@/lib/texts/t";

const REFRESH_MS = 3000;
const SHOWN = 200;

/** The current points of a registered topic, with their values. */
export function PointsCard({ id }: { id: string }) {
  const { locale } = useReader();
  const fetch = useCallback(() => listPoints(id), [id]);
  const [load] = useLoad(fetch, REFRESH_MS);
  if (load.state !== "ready") return null;
  const points = load.value;
  const note = points.length === 1 && points[0] ? valueText(points[0], locale) : undefined;
  return (
    <div className="mb-4 rounded-tile border border-line bg-panel px-4 py-2 shadow-panel">
      {points.length === 0 ? (
        <p className="py-1 text-sm text-ink-2">{t("registration.noPointsYet")}</p>
      ) : (
        <Disclosure
          summary={t("registration.givesPoints", { count: points.length })}
          note={note}
          defaultOpen={points.length <= 6}
        >
          <ul className="grid gap-x-6 gap-y-1 pb-2 sm:grid-cols-2 xl:grid-cols-3">
            {points.slice(0, SHOWN).map((point) => (
              <PointLine key={point.id} point={point} />
            ))}
          </ul>
          {points.length > SHOWN && (
            <p className="pb-2 text-sm text-ink-2">{t("registration.morePoints", { count: points.length - SHOWN })}</p>
          )}
        </Disclosure>
      )}
    </div>
  );
}

function PointLine({ point }: { point: PointOut }) {
  const { locale } = useReader();
  const { reject } = point.status;
  return (
    <li className="flex min-w-0 items-baseline gap-2 text-sm">
      <span className="self-center">
        <Telltale state={point.status.freshness} size={14} pulse={point.at} />
      </span>
      <span className="min-w-0 flex-1 truncate" title={point.id}>
        {point.name}
      </span>
      {reject && (
        <span className="truncate text-warn-ink">
          {t("registration.pointNotUnderstood", { reason: reject.message })}
        </span>
      )}
      <span className="font-figures tabular-nums">{valueText(point, locale)}</span>
    </li>
  );
}
