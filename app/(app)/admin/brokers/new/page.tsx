import type { Metadata } from "next";
import { BrokerPage } from "@/components/admin/brokers/BrokerPage";
import { PageTexts } from "@/components/ui/PageTexts";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.connectBroker") });

export default function NewBrokerPage() {
  return (
    <PageTexts texts={textsOf("admin", "brokers", "schema")}>
      <BrokerPage />
    </PageTexts>
  );
}
