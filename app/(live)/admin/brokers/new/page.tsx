import type { Metadata } from "next";
import { BrokerPage } from "@/components/admin/brokers/BrokerPage";
import { t } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.connectBroker") });

export default function NewBrokerPage() {
  return <BrokerPage />;
}
