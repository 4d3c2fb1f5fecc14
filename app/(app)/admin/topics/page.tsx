import type { Metadata } from "next";
import { TopicList } from "@/components/admin/topics/list/TopicList";
import { PageTexts } from "@/components/ui/PageTexts";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.registeredTopics") });

export default function TopicsPage() {
  return (
    <PageTexts texts={textsOf("admin", "topics")}>
      <TopicList />
    </PageTexts>
  );
}
