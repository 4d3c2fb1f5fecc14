"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { pointPath } from "@/components/kit/paths";
import { useReader } from "@/components/kit/reader";
import { usePointInfo, usePointPart, usePoints } from "@/components/kit/useReading";
import { useWriter } from "@/components/kit/useWriter";
import { commandText } from "@/components/kit/words";
import { useNow } from "@/components/live/hooks";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { Dialog } from "@/components/ui/Dialog";
import { Disclosure } from "@/components/ui/Disclosure";
import { tileOfWhole, wholesOf } from "@/lib/composite/compose";
import type { PointId } from "@/lib/ids";
import type { PointInfo } from "@/lib/point";
import { t } from "@/lib/texts/t";
import { closeDetails } from "../../detail/details";
import { PointFacts } from "../../detail/PointFacts";
import { kindFor } from "../../tiles/registry";
import { TileOf } from "../LiveTile";
import { Siblings } from "./Siblings";

const SheetChart = dynamic(() => import("./SheetChart").then((m) => m.SheetChart), {
  ssr: false,
  loading: () => <div className="sheet-chart" />,
});

/** All about one point over the page: its value and control, its past, what else its device says. */
export function PointSheet({ id }: { id: string }) {
  const info = usePointInfo(id as PointId);
  if (!info) return null;
  return (
    <Dialog
      open
      size="side"
      onClose={closeDetails}
      title={info.name}
      description={[info.area, info.device].filter((place) => place && place !== info.name).join(" · ") || undefined}
    >
      <Sheet key={info.id} info={info} />
    </Dialog>
  );
}

function Sheet({ info }: { info: PointInfo }) {
  const { admin } = useReader();
  const tile = useSheetTile(info);
  return (
    <div className="sheet">
      <div className="sheet-now">
        <TileOf tile={tile} />
      </div>
      {info.holds !== "picture" && info.topic !== undefined && <SheetChart point={info} />}
      {info.command && <LastCommand info={info} />}
      {info.device !== undefined && <Siblings info={info} />}
      <div className="sheet-actions">
        {admin && (
          <ButtonLink href={`/admin/topics/${encodeURIComponent(info.registration)}`}>{t("dashboard.edit")}</ButtonLink>
        )}
        <ButtonLink href={pointPath(info.id)}>{t("dashboard.fullHistory")}</ButtonLink>
      </div>
      <Disclosure summary={t("dashboard.technical")}>
        <PointFacts id={info.id} />
      </Disclosure>
    </div>
  );
}

/** The point by its best kind; of a lamp or a blind the whole of it. */
function useSheetTile(info: PointInfo) {
  const points = usePoints();
  return useMemo(() => {
    const { wholes } = wholesOf(points);
    const whole = [...wholes.values()].find((one) => one.points.some((point) => point.id === info.id));
    if (whole) return { id: info.id, ...tileOfWhole(whole) };
    const best = kindFor(info).id;
    // The chart below shows what a dial would.
    const kind = best === "gauge" ? "value" : best;
    return { id: info.id, kind, point: info.id, ...(kind === "value" && { options: { trace: false } }) };
  }, [points, info]);
}

function LastCommand({ info }: { info: PointInfo }) {
  const { me } = useReader();
  const now = useNow();
  const command = usePointPart(info.id, (point) => point?.command);
  const writer = useWriter(info, () => now);
  if (!command) return null;
  const said = commandText(command, command.at, writer, t("dashboard.theDevice"), me);
  return (
    <p className="sheet-command">
      <span>{t("dashboard.lastCommand")}</span>
      <strong>{said?.text ?? command.state}</strong>
    </p>
  );
}
