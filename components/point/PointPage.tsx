"use client";

import dynamic from "next/dynamic";
import { Card } from "@/components/kit/Card";
import { Page } from "@/components/kit/Page";
import { usePointInfo } from "@/components/kit/useReading";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { EmptyState } from "@/components/ui/EmptyState";
import type { PointId } from "@/lib/ids";
import { t } from "@/lib/texts/t";
import { LivePage } from "../dashboard/LivePage";
import { TileOf } from "../dashboard/LiveTile";
import { CommandTable } from "../detail/CommandTable";
import { LastMessage } from "../detail/LastMessage";
import { PointFacts } from "../detail/PointFacts";
import { RecentReadings } from "../detail/RecentReadings";
import { useCommands } from "../detail/useCommands";
import { kindFor } from "../tiles/registry";

const PointChart = dynamic(() => import("../detail/PointChart").then((m) => m.PointChart), {
  ssr: false,
  loading: () => <div className="point-chart-room" />,
});

/** The page of one point: its value, history, commands, readings and origin. */
export function PointPage({ id, shown }: { id: PointId; shown: readonly PointId[] }) {
  const info = usePointInfo(id);
  const commands = useCommands(id, info?.command !== undefined);
  if (!info)
    return (
      <Page title={id}>
        <EmptyState
          title={t("point.pointGone")}
          action={<ButtonLink href="/everything">{t("point.everything")}</ButtonLink>}
        >
          {t("point.pointGoneWhy")}
        </EmptyState>
      </Page>
    );
  const kind = kindFor(info).id;
  const place = [info.area, info.device].filter(Boolean).join(" · ");
  return (
    <Page title={info.name} summary={place}>
      <LivePage>
        <div className="point-page">
          <div className="point-main">
            {info.holds !== "picture" && <PointChart id={id} shown={shown} commands={commands.list} />}
            {info.command && <CommandTable point={info} commands={commands} />}
            <RecentReadings point={info} />
            {info.topic !== undefined && <LastMessage id={id} />}
          </div>
          <div className="point-side">
            <div className="point-now">
              <TileOf tile={{ id, kind, point: id, options: kind === "value" ? { trace: false } : undefined }} />
            </div>
            <Card title={t("point.aboutPoint")} className="point-about">
              <PointFacts id={id} />
            </Card>
          </div>
        </div>
      </LivePage>
    </Page>
  );
}
