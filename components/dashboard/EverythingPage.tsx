"use client";

import dynamic from "next/dynamic";
import { useDeferredValue, useMemo, useState } from "react";
import { Page } from "@/components/shell/Page";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { TextInput } from "@/components/ui/Field";
import { withWholes } from "@/lib/composite/compose";
import { useReader } from "../tiles/shared/reader";
import { usePoints } from "../tiles/shared/useReading";
import { everything } from "./everything";
import { findPoints } from "./findPoints";
import { LivePage } from "./LivePage";
import { PointsSummary } from "./SummaryLine";
import { TileGrid } from "./TileGrid";
import { useStateFilter } from "./useStateFilter";

/** Only an admin with an empty house needs it. */
const FoundHint = dynamic(() => import("../found/FoundHint").then((m) => m.FoundHint), { ssr: false });
const NewDashboard = dynamic(() => import("./edit/NewDashboard").then((m) => m.NewDashboard), { ssr: false });

/** With fewer, looking is quicker than typing. */
const FILTER_FROM = 20;

/** Every point that the reader may see, without anybody having built a page for it. */
export function EverythingPage() {
  const { admin } = useReader();
  const points = usePoints();
  const [query, setQuery] = useState("");
  const [creating, setCreating] = useState(false);
  const wanted = useDeferredValue(query);
  const found = useMemo(() => withWholes(findPoints(points, wanted), points), [points, wanted]);
  const sections = useMemo(() => everything(found), [found]);
  const ids = useMemo(() => found.map((p) => p.id), [found]);
  const { only, toggle } = useStateFilter();

  return (
    <Page
      title="Everything"
      summary={points.length > 0 && <PointsSummary points={ids} only={only} onToggle={toggle} />}
      actions={admin && <Button onClick={() => setCreating(true)}>New dashboard</Button>}
    >
      <LivePage>
        {points.length > FILTER_FROM && (
          <search className="filter-box">
            <TextInput
              type="search"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
              placeholder="Filter by name, device, area or topic"
              aria-label="Filter the points"
            />
          </search>
        )}
        {points.length === 0 ? (
          <NothingYet admin={admin} />
        ) : found.length === 0 ? (
          <EmptyState
            title={`Nothing matches “${wanted}”`}
            action={<Button onClick={() => setQuery("")}>Show all</Button>}
          >
            None of the {points.length} points has these words in its name, device, area or topic.
          </EmptyState>
        ) : (
          <TileGrid sections={sections} only={only} unfold={wanted !== ""} />
        )}
      </LivePage>
      {creating && <NewDashboard onClose={() => setCreating(false)} />}
    </Page>
  );
}

function NothingYet({ admin }: { admin: boolean }) {
  if (!admin)
    return (
      <EmptyState title="There is nothing to see yet">
        No topic is registered that you may see. Ask an admin to register one, or to give you the right to look at it.
      </EmptyState>
    );
  return <FoundHint />;
}
