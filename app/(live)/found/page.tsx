import type { Metadata } from "next";
import { FoundPage } from "@/components/found/FoundPage";
import { t } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.found") });

export default function Found() {
  return <FoundPage />;
}
