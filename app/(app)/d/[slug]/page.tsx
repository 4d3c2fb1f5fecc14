import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { DashboardPage } from "@/components/dashboard/DashboardPage";
import { LiveView } from "@/components/shell/LiveView";
import { PageTexts } from "@/components/ui/PageTexts";
import { DashboardSlug } from "@/lib/ids";
import { textsOf } from "@/lib/texts/all";
import { loadView } from "../../viewState";

export const dynamic = "force-dynamic";

interface Props {
  params: Promise<{ slug: string }>;
}

/** Once a request, for the title and the page. */
const lookAt = cache(async (text: string) => {
  const slug = DashboardSlug.safeParse(text);
  if (!slug.success) notFound();
  const view = { kind: "dashboard", slug: slug.data } as const;
  const { dashboard, ...rest } = await loadView(view);
  if (!dashboard) notFound();
  return { view, dashboard, ...rest };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { dashboard } = await lookAt((await params).slug);
  return { title: dashboard.title };
}

export default async function DashboardRoute({ params }: Props) {
  const { view, dashboard, snapshot } = await lookAt((await params).slug);
  return (
    // Another dashboard is another page: nothing of the old one's state is kept.
    <LiveView key={dashboard.slug} view={view} snapshot={snapshot}>
      <PageTexts texts={textsOf("charts", "composite", "dashboard", "edit", "tiles")}>
        <DashboardPage dashboard={dashboard} />
      </PageTexts>
    </LiveView>
  );
}
