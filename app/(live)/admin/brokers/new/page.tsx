import type { Metadata } from "next";
import { BrokerPage } from "@/components/admin/brokers/BrokerPage";

export const metadata: Metadata = { title: "Connect a broker" };

export default function NewBrokerPage() {
  return <BrokerPage />;
}
