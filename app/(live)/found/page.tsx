import type { Metadata } from "next";
import { FoundPage } from "@/components/found/FoundPage";

export const metadata: Metadata = { title: "Found" };

export default function Found() {
  return <FoundPage />;
}
