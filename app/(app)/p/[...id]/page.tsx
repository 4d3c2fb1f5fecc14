import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { pointOfPath } from "@/components/kit/paths";
import { PointPage } from "@/components/point/PointPage";
import { LiveView } from "@/components/shell/LiveView";
import { PageTexts } from "@/components/ui/PageTexts";
import { PointId } from "@/lib/ids";
import { PATH_HEADER } from "@/lib/pageData";
import { textsOf } from "@/lib/texts/all";
import { loadView } from "../../viewState";

export const dynamic = "force-dynamic";

interface Props {
  searchParams: Promise<{ with?: string | string[] }>;
}

/** Beside the page's own point. */
const MOST_MORE = 7;

/** Once a request, for the title and the page. */
const lookAt = cache(async (path: string, more: string) => {
  const id = PointId.safeParse(pointOfPath(path));
  if (!id.success) notFound();
  const others = (JSON.parse(more) as string[]).flatMap((other) => PointId.safeParse(other).data ?? []);
  const view = { kind: "points" as const, points: [...new Set([id.data, ...others])].slice(0, 1 + MOST_MORE) };
  const found = await loadView(view);
  const point = found.snapshot.points.find((p) => p.id === id.data);
  if (!point) notFound();
  return { view, point, ...found };
});

async function looked({ searchParams }: Props) {
  const { with: more = [] } = await searchParams;
  // Not `params`: Next decodes a % in them once or not at all, depending on what else the address holds.
  const path = (await headers()).get(PATH_HEADER) ?? "";
  return lookAt(path, JSON.stringify([more].flat()));
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await looked(props)).point.name };
}

export default async function PointRoute(props: Props) {
  const { view, point, snapshot } = await looked(props);
  return (
    // Other points are another view, with a connection of its own; the span stands in the address.
    <LiveView key={view.points.join("\n")} view={view} snapshot={snapshot}>
      <PageTexts texts={textsOf("charts", "composite", "dashboard", "point", "tiles")}>
        <PointPage id={point.id} shown={view.points} />
      </PageTexts>
    </LiveView>
  );
}
