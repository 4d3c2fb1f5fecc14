"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { call } from "@/components/api";
import { Card } from "@/components/kit/Card";
import { sayValue } from "@/components/kit/figure";
import { useReader } from "@/components/kit/reader";
import { usePointPart } from "@/components/kit/useReading";
import { Button } from "@/components/ui/Button";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import { momentText } from "../charts/ticks";
import { localZone } from "../charts/zone";
import { useLive } from "../live/LiveProvider";

const MOST = 100;
const FIRST = 12;
const REFRESH_MS = 2000;

interface RecentReading {
  at: number;
  value: Value;
}

/** The newest readings, updated live. */
export function RecentReadings({ point }: { point: PointInfo }) {
  const { locale } = useReader();
  const [all, setAll] = useState(false);
  const { readings, problem } = useRecent(point);
  const zone = useZone();
  const reject = usePointPart(point.id, (p) => p?.status.reject);
  return (
    <Card title={t("point.recentReadings")}>
      {reject && (
        <p className="mb-3 text-sm font-semibold text-warn-ink">
          {t("point.unreadable", { count: reject.count, message: inWords(reject.message) })}
        </p>
      )}
      {problem && <p className="text-sm text-warn-ink">{t("point.readingsNotRead", { problem })}</p>}
      {!problem && !readings && <p className="text-sm text-ink-2">{t("point.reading")}</p>}
      {readings?.length === 0 && <p className="text-sm text-ink-2">{t("point.noReadings")}</p>}
      {zone !== undefined && readings !== undefined && readings.length > 0 && (
        <>
          <div className="point-table">
            <table>
              <thead>
                <tr>
                  <th>{t("point.when")}</th>
                  <th>{t("point.value")}</th>
                </tr>
              </thead>
              <tbody>
                {readings.slice(0, all ? MOST : FIRST).map(({ at, value }) => (
                  <tr key={at}>
                    <td>{momentText(at, 0, locale, zone)}</td>
                    <td className="font-figures">{sayValue(value, point, locale)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {!all && readings.length > FIRST && (
            <Button size="s" className="mt-3" onClick={() => setAll(true)}>
              {t("point.showAll", { count: readings.length })}
            </Button>
          )}
        </>
      )}
    </Card>
  );
}

const never = () => () => {};
const useZone = (): string | undefined => useSyncExternalStore(never, localZone, () => undefined);

function useRecent({ id }: PointInfo): { readings: readonly RecentReading[] | undefined; problem: string | undefined } {
  const live = useLive();
  const [readings, setReadings] = useState<readonly RecentReading[]>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const gone = new AbortController();
    const point = live.store.getState().points.get(id);
    void call("GET /points/{id}/readings", { params: { id }, query: { limit: MOST }, signal: gone.signal }).then(
      (answer) => {
        if (gone.signal.aborted) return;
        if (!answer.ok) return setProblem(answer.problem.message);
        const { t, value } = answer.value;
        const past = t.map((at, i) => ({ at, value: value[i] ?? null }));
        setReadings((since) => merged(since ?? [], past));
      },
    );
    let waiting: RecentReading[] = [];
    let seen = point;
    const undo = live.store.subscribe(({ points }) => {
      const now = points.get(id);
      if (!now || now === seen) return;
      const before = seen;
      seen = now;
      if (!before || now.at === null || now.status.retained || now.at === before.at) return;
      waiting.unshift({ at: now.at, value: now.value });
    });
    // Updated in intervals: a table that changes with every reading cannot be read.
    const timer = setInterval(() => {
      if (waiting.length === 0) return;
      const fresh = waiting;
      waiting = [];
      setReadings((old) => merged(fresh, old ?? []));
    }, REFRESH_MS);
    return () => {
      gone.abort();
      undo();
      clearInterval(timer);
    };
  }, [live, id]);
  return { readings, problem };
}

/** Newest first, each time once. */
function merged(fresh: readonly RecentReading[], old: readonly RecentReading[]): RecentReading[] {
  const byTime = new Map<number, RecentReading>();
  for (const reading of [...old, ...fresh]) byTime.set(reading.at, reading);
  return [...byTime.values()].sort((a, b) => b.at - a.at).slice(0, MOST);
}
