import type { Metadata } from "next";
import { DataPage } from "@/components/admin/data/DataPage";
import { t } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.data") });

export default function AdminDataPage() {
  return <DataPage />;
}
