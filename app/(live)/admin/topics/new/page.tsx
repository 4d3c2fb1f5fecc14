import type { Metadata } from "next";
import { headers } from "next/headers";
import { TopicPage } from "@/components/admin/topics/TopicPage";
import { pageData } from "@/lib/pageData";

export const metadata: Metadata = { title: "Register a topic" };

export default async function NewTopicPage() {
  const shell = await pageData().shell(await headers());
  return <TopicPage brokers={shell?.brokers ?? []} />;
}
