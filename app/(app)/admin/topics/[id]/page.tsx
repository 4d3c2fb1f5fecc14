import type { Metadata } from "next";
import { headers } from "next/headers";
import { TopicPage } from "@/components/admin/topics/TopicPage";
import { PageTexts } from "@/components/ui/PageTexts";
import { pageData } from "@/lib/pageData";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.registeredTopic") });

export default async function EditTopicPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const shell = await pageData().shell(await headers());
  return (
    <PageTexts texts={textsOf("admin", "composite", "fields", "formats", "registration", "schema", "topics")}>
      <TopicPage key={id} id={id} brokers={shell?.brokers ?? []} />
    </PageTexts>
  );
}
