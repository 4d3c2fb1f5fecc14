import type { Metadata } from "next";
import { BrokerList } from "@/components/admin/brokers/BrokerList";
import { t } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.brokers") });

export default function BrokersPage() {
  return <BrokerList />;
}
