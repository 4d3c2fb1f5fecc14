import type { Metadata } from "next";
import { headers } from "next/headers";
import { PeoplePage } from "@/components/admin/people/PeoplePage";
import { pageData } from "@/lib/pageData";

export const metadata: Metadata = { title: "People" };

export default async function AdminPeoplePage() {
  const { user } = await pageData().session(await headers());
  return <PeoplePage me={user?.id ?? ""} />;
}
