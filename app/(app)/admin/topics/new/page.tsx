import type { Metadata } from "next";
import { headers } from "next/headers";
import { TopicPage } from "@/components/admin/topics/TopicPage";
import { PageTexts } from "@/components/ui/PageTexts";
import { pageData } from "@/lib/pageData";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.registerTopic") });

export default async function NewTopicPage({ searchParams }: { searchParams: Promise<{ draft?: string | string[] }> }) {
  const { draft } = await searchParams;
  const shell = await pageData().shell(await headers());
  return (
    <PageTexts texts={textsOf("admin", "composite", "fields", "formats", "registration", "schema", "topics")}>
      <TopicPage draft={typeof draft === "string" ? draft : undefined} brokers={shell?.brokers ?? []} />
    </PageTexts>
  );
}
