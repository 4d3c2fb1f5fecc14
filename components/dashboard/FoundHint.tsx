"use client";

import { call } from "@/components/api";
import { useAddAllFound } from "@/components/kit/useAddAllFound";
import { useLoad } from "@/components/kit/useLoad";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { EmptyState } from "@/components/ui/EmptyState";
import { t } from "@/lib/texts/t";

const REFRESH_MS = 3000;
const discovery = () => call("GET /discovery");

/** The empty page for an admin. The next step is to add found devices, or else to register a topic. */
export function FoundHint() {
  const [load] = useLoad(discovery, REFRESH_MS);
  const [busy, addAll] = useAddAllFound();
  const waiting = load.state === "ready" ? load.value.found : 0;
  if (waiting === 0)
    return (
      <EmptyState
        title={t("dashboard.noPointsYet")}
        action={
          <ButtonLink variant="primary" href="/admin/topics/new">
            {t("dashboard.registerTopic")}
          </ButtonLink>
        }
      >
        {t("dashboard.noPointsWhy")}
      </EmptyState>
    );
  return (
    <EmptyState
      title={t("dashboard.announced", { count: waiting })}
      action={
        <>
          <Button variant="primary" busy={busy} onClick={() => void addAll()}>
            {t("dashboard.addAll")}
          </Button>
          <ButtonLink href="/found">{t("dashboard.choose")}</ButtonLink>
          <ButtonLink href="/admin/topics/new">{t("dashboard.registerTopic")}</ButtonLink>
        </>
      }
    >
      {t("dashboard.announcedWhy")}
    </EmptyState>
  );
}
