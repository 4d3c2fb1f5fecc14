import type { Metadata } from "next";
import { AuditPage } from "@/components/admin/audit/AuditPage";
import { t } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.audit") });

export default function AdminAuditPage() {
  return <AuditPage />;
}
