import type { Metadata } from "next";
import { TopicList } from "@/components/admin/topics/TopicList";

export const metadata: Metadata = { title: "Registered topics" };

export default function TopicsPage() {
  return <TopicList />;
}
