import type { Metadata } from "next";
import { headers } from "next/headers";
import { TopicPage } from "@/components/admin/topics/TopicPage";
import { pageData } from "@/lib/pageData";
import { t } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.registerTopic") });

export default async function NewTopicPage({ searchParams }: { searchParams: Promise<{ draft?: string | string[] }> }) {
  const { draft } = await searchParams;
  const shell = await pageData().shell(await headers());
  return <TopicPage draft={typeof draft === "string" ? draft : undefined} brokers={shell?.brokers ?? []} />;
}
