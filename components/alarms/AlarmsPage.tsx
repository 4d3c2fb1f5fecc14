"use client";

import { useState } from "react";
import { Loaded } from "@/components/kit/Loaded";
import { Page } from "@/components/kit/Page";
import { useReader } from "@/components/kit/reader";
import { Segmented } from "@/components/ui/Segmented";
import type { AlarmOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { ActiveAlarms } from "./ActiveAlarms";
import { Journal } from "./Journal";
import { Rules } from "./Rules";
import { useAlarms } from "./useAlarms";

type Tab = "active" | "journal" | "rules";

/** What needs a person now, what did, and by which rules. */
export function AlarmsPage() {
  const { admin } = useReader();
  const [tab, setTab] = useState<Tab>("active");
  const [alarms, reload] = useAlarms();
  const tabs: { value: Tab; label: string }[] = [
    { value: "active", label: t("alarms.active") },
    { value: "journal", label: t("alarms.journal") },
    ...(admin ? [{ value: "rules" as const, label: t("alarms.rules") }] : []),
  ];
  return (
    <Page
      title={t("alarms.alarms")}
      summary={alarms.state === "ready" && <Summary alarms={alarms.value} />}
      actions={<Segmented label={t("alarms.view")} value={tab} options={tabs} onChange={setTab} />}
    >
      {tab === "active" && (
        <Loaded load={alarms} reload={reload} what={t("alarms.theAlarms")}>
          {(list) => <ActiveAlarms alarms={list} reload={reload} onRules={admin ? () => setTab("rules") : undefined} />}
        </Loaded>
      )}
      {tab === "journal" && <Journal />}
      {tab === "rules" && <Rules />}
    </Page>
  );
}

const TONE = { critical: "text-crit-ink", warning: "text-warn-ink", notice: "text-ink-2" } as const;

/** How many of each level, the worst first. */
function Summary({ alarms }: { alarms: readonly AlarmOut[] }) {
  const standing = alarms.filter(({ state }) => state === "active" || state === "acknowledged");
  const shelved = alarms.filter(({ state }) => state === "shelved").length;
  return (
    <span className="flex flex-wrap gap-x-3">
      {(["critical", "warning", "notice"] as const).map((level) => {
        const count = standing.filter((alarm) => alarm.level === level).length;
        return (
          count > 0 && (
            <span key={level} className={`font-semibold ${TONE[level]}`}>
              {t("alarms.count", { level, count })}
            </span>
          )
        );
      })}
      {shelved > 0 && <span>{t("alarms.shelvedCount", { count: shelved })}</span>}
    </span>
  );
}
