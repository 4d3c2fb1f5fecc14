import type { Metadata } from "next";
import { headers } from "next/headers";
import { PeoplePage } from "@/components/admin/people/PeoplePage";
import { pageData } from "@/lib/pageData";
import { t } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.people") });

export default async function AdminPeoplePage() {
  const { user } = await pageData().session(await headers());
  return <PeoplePage me={user?.id ?? ""} />;
}
