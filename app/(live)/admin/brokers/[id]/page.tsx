import type { Metadata } from "next";
import { BrokerPage } from "@/components/admin/brokers/BrokerPage";

export const metadata: Metadata = { title: "Broker" };

export default async function EditBrokerPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <BrokerPage key={id} id={id} />;
}
