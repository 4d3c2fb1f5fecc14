"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { usePointInfos } from "@/components/live/hooks";
import { useLive } from "@/components/live/LiveProvider";
import { Button } from "@/components/ui/Button";
import { Disclosure } from "@/components/ui/Disclosure";
import { NativeSelect } from "@/components/ui/Field";
import { Icon } from "@/components/ui/icons";
import { Segmented } from "@/components/ui/Segmented";
import type { Command } from "@/lib/command";
import type { PointId } from "@/lib/ids";
import { type PlainKey, t } from "@/lib/texts/t";
import { Chart } from "../charts/Chart";
import { ChartTable } from "../charts/ChartTable";
import { linesOf } from "../charts/lines";
import {
  COMPARISONS,
  type Comparison,
  PRESETS,
  presetOf,
  presetSpan,
  type Span,
  spanFor,
  spanFromQuery,
  spanToQuery,
} from "../charts/span";
import { MAX_LINES } from "../charts/theme";
import { serverNow, useFeed } from "../charts/useFeed";
import { localZone } from "../charts/zone";
import { AddPoints } from "./AddPoints";
import { ExportLinks } from "./ExportLinks";
import { markOf } from "./outcomes";
import { SpanStats } from "./SpanStats";

const SPANS = PRESETS.map(({ id, label }) => ({ value: id as string, label }));
const ADDRESS_MS = 400;

/** The history of a point, with other points. The address has the span and the points, so they can be linked to and survive a reload. */
export function PointChart({
  id,
  shown,
  commands,
}: {
  id: PointId;
  shown: readonly PointId[];
  commands: readonly Command[] | undefined;
}) {
  const live = useLive();
  const feed = useFeed();
  const query = useSearchParams();
  const zone = localZone();
  const [span, setSpan] = useState<Span>(() => spanFromQuery(query) ?? presetSpan("24h"));
  const [back, setBack] = useState<Span>(() => (span.kind === "last" ? span : presetSpan("24h")));
  const [compare, setCompare] = useState<Comparison>(
    () => COMPARISONS.find((c) => c.id === query.get("compare"))?.id ?? "none",
  );
  const [adding, setAdding] = useState(false);
  const points = usePointInfos(shown);
  const lines = useMemo(() => linesOf(points, "unit"), [points]);
  const marks = useMemo(() => commands?.map(markOf), [commands]);
  const show = useShown(id, span, compare);
  const numbers = lines.some((line) => line.kind === "number");
  const lanes = lines.filter((line) => line.kind === "state").length;
  const room = useChartHeight();
  const height = numbers ? room + Math.max(0, lanes - 1) * 30 : Math.max(120, 40 + lanes * 64);

  const choose = (next: Span) => {
    setSpan(next);
    setBack(next);
  };
  const compareWith = (how: Comparison) => {
    setCompare(how);
    const next = spanFor(how, span, serverNow(live), zone);
    if (next !== span) choose(next);
  };

  return (
    <section className="point-chart" aria-label={t("point.history")}>
      <div className="point-chart-tools">
        <Segmented
          label={t("point.span")}
          value={presetOf(span) ?? ""}
          options={SPANS}
          onChange={(preset) => choose(presetSpan(preset as (typeof PRESETS)[number]["id"]))}
        />
        {presetOf(span) === undefined && (
          <Button size="s" onClick={() => setSpan(back.kind === "last" && presetOf(back) ? back : presetSpan("24h"))}>
            {t("point.wholeSpan")}
          </Button>
        )}
        <span className="flex-1" />
        <div className="point-chart-compare">
          <NativeSelect
            aria-label={t("point.compare")}
            value={compare}
            options={COMPARISONS.map(({ id, label }) => ({ value: id, label: t(label) }))}
            onChange={compareWith}
          />
        </div>
        <Button size="s" disabled={shown.length >= MAX_LINES} onClick={() => setAdding(true)}>
          <Icon name="plus" className="size-4" />
          {t("point.addPoints")}
        </Button>
      </div>
      {points.length > 1 && (
        <ul className="point-chips" aria-label={t("point.otherPointsChart")}>
          {points.slice(1).map((point) => (
            <li key={point.id}>
              <button type="button" onClick={() => show(shown.filter((p) => p !== point.id))}>
                {point.name}
                <Icon name="close" className="size-3.5" />
                <span className="sr-only">{t("point.removeChart")}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Chart
        feed={feed}
        lines={lines}
        span={span}
        onSpan={setSpan}
        onReset={() => setSpan(back)}
        compare={compare}
        marks={marks}
        height={height}
      />
      {compare !== "none" && (
        <p className="point-chart-help">{t("point.comparedHelp", { compared: t(COMPARED_WORDS[compare]) })}</p>
      )}
      <p className="point-chart-help" data-for="mouse">
        {t("point.mouseHelp")}
      </p>
      <p className="point-chart-help" data-for="touch">
        {t("point.touchHelp")}
      </p>
      <SpanStats feed={feed} lines={lines} span={span} />
      <div className="point-chart-foot">
        <ExportLinks points={shown} span={span} />
        <Disclosure summary={t("point.chartTable")} className="w-full">
          <ChartTable feed={feed} lines={lines} span={span} />
        </Disclosure>
      </div>
      {adding && <AddPoints shown={shown} onClose={() => setAdding(false)} onChange={show} />}
    </section>
  );
}

const COMPARED_WORDS: Record<Exclude<Comparison, "none">, PlainKey> = {
  before: "point.comparedBefore",
  day: "point.comparedDay",
  week: "point.comparedWeek",
};

/** Keeps the address up to date. Returns a function that shows other points, which is a new page from the server. */
function useShown(id: PointId, span: Span, compare: Comparison): (points: readonly PointId[]) => void {
  const router = useRouter();
  const pathname = usePathname();
  const chosen = useMemo(() => ({ ...spanToQuery(span), ...(compare !== "none" && { compare }) }), [span, compare]);
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const timer = setTimeout(() => {
      const url = new URL(window.location.href);
      for (const name of ["span", "from", "to", "compare"]) url.searchParams.delete(name);
      for (const [name, value] of Object.entries(chosen)) url.searchParams.set(name, value);
      if (url.href !== window.location.href) window.history.replaceState(null, "", url);
    }, ADDRESS_MS);
    pending.current = timer;
    return () => clearTimeout(timer);
  }, [chosen]);
  return (points) => {
    // The pending update would restore the old address while the new page is loading.
    clearTimeout(pending.current);
    const params = new URLSearchParams(chosen);
    for (const point of points) if (point !== id) params.append("with", point);
    router.replace(`${pathname}?${params}`, { scroll: false });
  };
}

const NARROW = "(max-width: 47rem)";
const subscribe = (tell: () => void) => {
  const media = window.matchMedia(NARROW);
  media.addEventListener("change", tell);
  return () => media.removeEventListener("change", tell);
};

const useChartHeight = (): number =>
  useSyncExternalStore(
    subscribe,
    () => (window.matchMedia(NARROW).matches ? 280 : 360),
    () => 360,
  );
