import type { Metadata } from "next";
import { DataPage } from "@/components/admin/data/DataPage";

export const metadata: Metadata = { title: "Data" };

export default function AdminDataPage() {
  return <DataPage />;
}
