import type { Metadata } from "next";
import { BrokerPage } from "@/components/admin/brokers/BrokerPage";
import { PageTexts } from "@/components/ui/PageTexts";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.broker") });

export default async function EditBrokerPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <PageTexts texts={textsOf("admin", "brokers", "schema")}>
      <BrokerPage key={id} id={id} />
    </PageTexts>
  );
}
