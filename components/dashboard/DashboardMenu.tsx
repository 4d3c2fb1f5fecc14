"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Icon } from "@/components/ui/icons";
import { Menu } from "@/components/ui/Menu";
import { t } from "@/lib/texts/t";
import type { ShownDashboard } from "./DashboardPage";

const NewDashboard = dynamic(() => import("./edit/NewDashboard").then((m) => m.NewDashboard), { ssr: false });
const DeleteDashboard = dynamic(() => import("./edit/DeleteDashboard").then((m) => m.DeleteDashboard), { ssr: false });

/** An admin's actions on a dashboard. `fixed`: why this one cannot be changed here. */
export function DashboardMenu({
  dashboard,
  fixed,
  onEdit,
}: {
  dashboard: ShownDashboard;
  fixed: string | undefined;
  onEdit: () => void;
}) {
  const [dialog, setDialog] = useState<"new" | "delete">();
  const close = () => setDialog(undefined);
  return (
    <div className="flex items-center gap-1">
      <Button onClick={onEdit} disabled={fixed !== undefined} title={fixed}>
        {t("dashboard.edit")}
      </Button>
      <Menu
        label={t("dashboard.moreActions")}
        items={[
          { label: t("dashboard.newDashboard"), onSelect: () => setDialog("new") },
          {
            label: t("dashboard.deleteDashboard"),
            danger: true,
            disabled: dashboard.origin === "demo" ? t("dashboard.removedWithDemo") : fixed,
            onSelect: () => setDialog("delete"),
          },
        ]}
      >
        <Icon name="more" />
      </Menu>
      {dialog === "new" && <NewDashboard onClose={close} />}
      {dialog === "delete" && <DeleteDashboard dashboard={dashboard} onClose={close} />}
    </div>
  );
}
