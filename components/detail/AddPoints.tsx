"use client";

import { useEffect, useState } from "react";
import { listPoints } from "@/components/api";
import { PickPoints } from "@/components/kit/PickPoints";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import type { PointOut } from "@/lib/api";
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
  const [points, setPoints] = useState<readonly PointOut[]>();
  const [fault, setFault] = useState<string>();
  const [chosen, setChosen] = useState<readonly PointId[]>(others);
  useEffect(() => {
    let gone = false;
    void listPoints().then((answer) => {
      if (gone) return;
      if (answer.ok) setPoints(answer.value.filter((point) => point.id !== own));
      else setFault(answer.problem.message);
    });
    return () => {
      gone = true;
    };
  }, [own]);
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
      {fault ? (
        <p className="text-warn-ink">{t("point.notListed", { fault })}</p>
      ) : (
        <PickPoints points={points} chosen={chosen} most={MAX_LINES - 1} onChange={setChosen} />
      )}
    </Dialog>
  );
}
