"use client";

import type { ReactNode } from "react";
import { clockText } from "@/components/kit/clockText";
import { sayValue } from "@/components/kit/figure";
import { useReader } from "@/components/kit/reader";
import { useHydrated } from "@/components/kit/useHydrated";
import { usePointPart } from "@/components/kit/useReading";
import { ageText, commandText, everyText } from "@/components/kit/words";
import { useNow } from "@/components/live/hooks";
import { PageLink } from "@/components/ui/PageLink";
import type { Origin } from "@/lib/configOrigin";
import type { PointId } from "@/lib/ids";
import type { PointStatus } from "@/lib/reading";
import { inWords } from "@/lib/texts/said";
import { type PlainKey, t } from "@/lib/texts/t";

const FRESHNESS: Record<PointStatus["freshness"], PlainKey> = {
  live: "kit.live",
  stale: "kit.stale",
  offline: "kit.offline",
  unknown: "dashboard.unknown",
};

const ORIGINS: Record<Origin, PlainKey> = {
  store: "dashboard.fromStore",
  file: "dashboard.fromFile",
  environment: "dashboard.fromEnvironment",
  demo: "dashboard.fromDemo",
};

const times = (count: number): string => t("dashboard.timesAndLast", { count });

/** A point's facts: value, state with its reason, last command, last unreadable message, and origin. */
export function PointFacts({ id }: { id: string }) {
  const point = usePointPart(id as PointId, (p) => p);
  const now = useNow();
  const hydrated = useHydrated();
  const { locale, me, admin } = useReader();
  if (!point) return null;
  const { info, value, at, status, command } = point;
  const when = (time: number) => (hydrated ? clockText(time, now, locale) : "…");
  const writer = { clock: when, value: (v: typeof value) => sayValue(v, info, locale) };
  const rows: [string, ReactNode][] = [
    [t("dashboard.value"), <span key="value">{writer.value(value)}</span>],
    [
      t("dashboard.lastReading"),
      at === null
        ? t("dashboard.never")
        : `${when(at)}${status.retained ? t("dashboard.retainedUnknownAge") : `, ${ageText(now, at)}`}`,
    ],
    [
      t("dashboard.state"),
      [
        t("dashboard.stateSince", { state: t(FRESHNESS[status.freshness]), time: when(status.since) }),
        status.reason && inWords(status.reason),
      ]
        .filter(Boolean)
        .join(": "),
    ],
    [
      t("dashboard.updates"),
      status.every === undefined ? undefined : t("dashboard.usuallyEvery", { every: everyText(status.every) }),
    ],
    [
      t("dashboard.lastCommand"),
      command && (commandText(command, command.at, writer, t("dashboard.theDevice"), me)?.text ?? command.state),
    ],
    [
      t("dashboard.unreadable"),
      status.reject && `${times(status.reject.count)} ${when(status.reject.at)}: ${inWords(status.reject.message)}`,
    ],
    [t("dashboard.topic"), info.topic && <code>{info.topic}</code>],
    [t("dashboard.broker"), info.broker],
    [t("dashboard.device"), info.device],
    [t("dashboard.area"), info.area],
    [t("dashboard.deviceClass"), info.deviceClass?.replaceAll("_", " ")],
    [t("dashboard.range"), info.range?.map(writer.value).join(t("dashboard.rangeBetween"))],
    [
      t("dashboard.registeredTopic"),
      <span key="registration">
        {admin ? (
          <PageLink className="text-accent underline" href={`/admin/topics/${encodeURIComponent(info.registration)}`}>
            {info.registration}
          </PageLink>
        ) : (
          info.registration
        )}
        , {t(ORIGINS[info.origin])}
      </span>,
    ],
    [t("dashboard.point"), <code key="id">{info.id}</code>],
  ];
  return (
    <dl className="details-list">
      {rows.map(
        ([term, words]) =>
          words !== undefined && (
            <div key={term} className="contents">
              <dt>{term}</dt>
              <dd>{words}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
