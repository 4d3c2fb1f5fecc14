import type { Metadata } from "next";
import { AuditPage } from "@/components/admin/audit/AuditPage";

export const metadata: Metadata = { title: "Audit" };

export default function AdminAuditPage() {
  return <AuditPage />;
}
