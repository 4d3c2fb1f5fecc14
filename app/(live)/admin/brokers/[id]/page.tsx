import type { Metadata } from "next";
import { BrokerPage } from "@/components/admin/brokers/BrokerPage";
import { t } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.broker") });

export default async function EditBrokerPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <BrokerPage key={id} id={id} />;
}
