"use client";

import { Page } from "@/components/kit/Page";
import { t } from "@/lib/texts/t";
import { BackupsCard } from "./BackupsCard";
import { ImportCard } from "./ImportCard";

/** Backups, and the import of history. */
export function DataPage() {
  return (
    <Page title={t("data.data")}>
      <div className="flex flex-col gap-4">
        <BackupsCard />
        <ImportCard />
      </div>
    </Page>
  );
}
