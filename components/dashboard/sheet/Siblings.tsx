"use client";

import { sayValue } from "@/components/kit/figure";
import { pointPath } from "@/components/kit/paths";
import { useReader } from "@/components/kit/reader";
import { useListedPoints } from "@/components/kit/useListedPoints";
import type { PointInfo } from "@/lib/point";
import { t } from "@/lib/texts/t";
import { useVisit } from "../useVisit";

const MOST = 12;
const REFRESH_MS = 5000;

/** What else the device says, as far as this reader may see it. */
export function Siblings({ info }: { info: PointInfo }) {
  const { locale } = useReader();
  const visit = useVisit();
  const listed = useListedPoints(REFRESH_MS);
  if (listed.state !== "ready") return null;
  const others = listed.value.filter(
    ({ id, device, broker }) => device === info.device && broker === info.broker && id !== info.id,
  );
  if (others.length === 0) return null;
  return (
    <section aria-label={t("dashboard.siblings", { device: info.device ?? "" })}>
      <ul className="sheet-siblings">
        {others.slice(0, MOST).map((point) => (
          <li key={point.id}>
            <a href={pointPath(point.id)} onClick={visit}>
              <span>{point.name}</span>
              <strong>{sayValue(point.value, point, locale)}</strong>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
