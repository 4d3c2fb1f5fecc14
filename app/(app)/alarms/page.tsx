import type { Metadata } from "next";
import { AlarmsPage } from "@/components/alarms/AlarmsPage";
import { PageTexts } from "@/components/ui/PageTexts";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.alarms") });

export default function Alarms() {
  return (
    <PageTexts texts={textsOf("alarms")}>
      <AlarmsPage />
    </PageTexts>
  );
}
