import type { Metadata } from "next";
import { NodesPage } from "@/components/admin/nodes/NodesPage";
import { PageTexts } from "@/components/ui/PageTexts";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.nodes") });

export default function AdminNodesPage() {
  return (
    <PageTexts texts={textsOf("nodes")}>
      <NodesPage />
    </PageTexts>
  );
}
