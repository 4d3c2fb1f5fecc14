"use client";

import { useState } from "react";
import { PickPoints } from "@/components/kit/PickPoints";
import { useListedPoints } from "@/components/kit/useListedPoints";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import type { PointId } from "@/lib/ids";
import { t } from "@/lib/texts/t";
import { MAX_LINES } from "../charts/theme";

/** Selects the other points of the chart. The page's own point is always on it. */
export function AddPoints({
  shown,
  onChange,
  onClose,
}: {
  shown: readonly PointId[];
  onChange: (points: readonly PointId[]) => void;
  onClose: () => void;
}) {
  const [own, ...others] = shown;
  const listed = useListedPoints();
  const points = listed.state === "ready" ? listed.value.filter((point) => point.id !== own) : undefined;
  const [chosen, setChosen] = useState<readonly PointId[]>(others);
  const apply = () => {
    if (own !== undefined) onChange([own, ...chosen]);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("point.chartPoints")}
      footer={
        <>
          <span role="status" className="mr-auto self-center text-sm text-ink-2">
            {t("point.chosenOfMost", { count: chosen.length + 1, most: MAX_LINES })}
          </span>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button variant="primary" onClick={apply}>
            {t("point.show")}
          </Button>
        </>
      }
    >
      {listed.state === "failed" ? (
        <p className="text-warn-ink">{t("point.notListed", { fault: listed.problem.message })}</p>
      ) : (
        <PickPoints points={points} chosen={chosen} most={MAX_LINES - 1} onChange={setChosen} />
      )}
    </Dialog>
  );
}
