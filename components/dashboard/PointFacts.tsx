"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { clockText } from "@/components/kit/clockText";
import { sayValue } from "@/components/kit/figure";
import { useReader } from "@/components/kit/reader";
import { useHydrated } from "@/components/kit/useHydrated";
import { usePointPart } from "@/components/kit/useReading";
import { ageText, commandText, everyText } from "@/components/kit/words";
import { useNow } from "@/components/live/hooks";
import type { PointId } from "@/lib/ids";
import type { Origin } from "@/lib/registration";

const ORIGINS: Record<Origin, string> = {
  store: "registered here",
  file: "from telltale.yaml",
  environment: "from the environment",
  demo: "demo house",
};

const times = (count: number): string => (count === 1 ? "once," : `${count} times, last`);

/** Where a point's value comes from, how far it can be trusted, what went wrong, what was last asked. */
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
    ["Value", <span key="value">{writer.value(value)}</span>],
    [
      "Last reading",
      at === null ? "never" : `${when(at)}${status.retained ? ", retained, of unknown age" : `, ${ageText(now, at)}`}`,
    ],
    ["State", [`${status.freshness} since ${when(status.since)}`, status.reason].filter(Boolean).join(": ")],
    ["Updates", status.every === undefined ? undefined : `usually every ${everyText(status.every)}`],
    ["Last command", command && (commandText(command, command.at, writer, "the device", me)?.text ?? command.state)],
    [
      "Unreadable",
      status.reject && `${times(status.reject.count)} ${when(status.reject.at)}: ${status.reject.message}`,
    ],
    ["Topic", info.topic && <code>{info.topic}</code>],
    ["Broker", info.broker],
    ["Device", info.device],
    ["Area", info.area],
    ["Range", info.range?.map(writer.value).join(" to ")],
    [
      "Registered topic",
      <span key="registration">
        {admin ? (
          <Link className="text-accent underline" href={`/admin/topics/${encodeURIComponent(info.registration)}`}>
            {info.registration}
          </Link>
        ) : (
          info.registration
        )}
        , {ORIGINS[info.origin]}
      </span>,
    ],
    ["Point", <code key="id">{info.id}</code>],
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
