import type { Metadata } from "next";
import { FoundPage } from "@/components/found/FoundPage";
import { PageTexts } from "@/components/ui/PageTexts";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.found") });

export default function Found() {
  return (
    <PageTexts texts={textsOf("edit", "found")}>
      <FoundPage />
    </PageTexts>
  );
}
