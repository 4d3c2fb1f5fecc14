import type { Metadata } from "next";
import { DataPage } from "@/components/admin/data/DataPage";
import { PageTexts } from "@/components/ui/PageTexts";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.data") });

export default function AdminDataPage() {
  return (
    <PageTexts texts={textsOf("data")}>
      <DataPage />
    </PageTexts>
  );
}
