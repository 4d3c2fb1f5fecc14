import type { Metadata } from "next";
import { TopicList } from "@/components/admin/topics/TopicList";
import { t } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.registeredTopics") });

export default function TopicsPage() {
  return <TopicList />;
}
