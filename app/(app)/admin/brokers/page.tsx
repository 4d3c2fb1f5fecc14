import type { Metadata } from "next";
import { BrokerList } from "@/components/admin/brokers/BrokerList";
import { PageTexts } from "@/components/ui/PageTexts";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.brokers") });

export default function BrokersPage() {
  return (
    <PageTexts texts={textsOf("admin", "brokers")}>
      <BrokerList />
    </PageTexts>
  );
}
