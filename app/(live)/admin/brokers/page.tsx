import type { Metadata } from "next";
import { BrokerList } from "@/components/admin/brokers/BrokerList";

export const metadata: Metadata = { title: "Brokers" };

export default function BrokersPage() {
  return <BrokerList />;
}
