import type { Metadata } from "next";
import { AuditPage } from "@/components/admin/audit/AuditPage";
import { PageTexts } from "@/components/ui/PageTexts";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.audit") });

export default function AdminAuditPage() {
  return (
    <PageTexts texts={textsOf("audit")}>
      <AuditPage />
    </PageTexts>
  );
}
