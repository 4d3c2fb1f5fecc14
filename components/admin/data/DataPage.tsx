"use client";

import { Page } from "@/components/kit/Page";
import { t } from "@/lib/texts/t";
import { BackupsCard } from "./BackupsCard";
import { ImportCard } from "./ImportCard";

/** What Telltale keeps: copies of it, and history from elsewhere. */
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
