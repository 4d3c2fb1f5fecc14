import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { EverythingPage } from "@/components/dashboard/EverythingPage";
import { DETAILS_PARAMETER } from "@/components/detail/details";
import { LiveView } from "@/components/shell/LiveView";
import { PageTexts } from "@/components/ui/PageTexts";
import { PointId } from "@/lib/ids";
import { pageData } from "@/lib/pageData";
import { t, textsOf } from "@/lib/texts/all";

export const dynamic = "force-dynamic";
export const generateMetadata = (): Metadata => ({ title: t("app.everything") });

export default async function Everything({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const head = await headers();
  const also = PointId.safeParse((await searchParams)[DETAILS_PARAMETER]);
  const found = await pageData().everything(head, also.data);
  if (!found) notFound();
  return (
    <LiveView view={found.view} snapshot={found.snapshot}>
      <PageTexts texts={textsOf("charts", "composite", "dashboard", "edit", "tiles")}>
        <EverythingPage first={found.list} />
      </PageTexts>
    </LiveView>
  );
}
