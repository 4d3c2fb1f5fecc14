import type { Metadata } from "next";
import { headers } from "next/headers";
import { PeoplePage } from "@/components/admin/people/PeoplePage";
import { PageTexts } from "@/components/ui/PageTexts";
import { pageData } from "@/lib/pageData";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.people") });

export default async function AdminPeoplePage() {
  const { user } = await pageData().session(await headers());
  return (
    <PageTexts texts={textsOf("people", "schema")}>
      <PeoplePage me={user?.id ?? ""} />
    </PageTexts>
  );
}
