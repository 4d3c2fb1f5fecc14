"use client";

import { pointPath } from "@/components/kit/paths";
import { usePointInfo } from "@/components/kit/useReading";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { Dialog } from "@/components/ui/Dialog";
import type { PointId } from "@/lib/ids";
import { t } from "@/lib/texts/t";
import { closeDetails } from "./details";
import { PointFacts } from "./PointFacts";

/** A point's details, with a link to its history. */
export function DetailSheet({ id }: { id: string }) {
  const info = usePointInfo(id as PointId);
  if (!info) return null;
  return (
    <Dialog
      open
      onClose={closeDetails}
      title={info.name}
      footer={
        <>
          <ButtonLink href={pointPath(id)} prefetch={false}>
            {t("dashboard.history")}
          </ButtonLink>
          <Button onClick={closeDetails} data-autofocus>
            {t("ui.close")}
          </Button>
        </>
      }
    >
      <PointFacts id={id} />
    </Dialog>
  );
}
