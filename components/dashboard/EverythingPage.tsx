"use client";

import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo, useState } from "react";
import { setNavCount } from "@/components/kit/navCounts";
import { Page } from "@/components/kit/Page";
import { useReader } from "@/components/kit/reader";
import { useConnection } from "@/components/live/hooks";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { TextInput } from "@/components/ui/Field";
import type { EverythingList } from "@/lib/everything";
import type { PointId } from "@/lib/ids";
import { t } from "@/lib/texts/t";
import { DETAILS_PARAMETER } from "../detail/details";
import { blocksOf } from "./blocks";
import { EverythingGrid } from "./EverythingGrid";
import { LivePage } from "./LivePage";
import { SummaryLine } from "./SummaryLine";
import { type KnownList, lostCounts, useEverything } from "./useEverything";
import { useStateFilter } from "./useStateFilter";
import { isLost } from "./useTileState";

/** Needed only by an admin without any points. */
const FoundHint = dynamic(() => import("./FoundHint").then((m) => m.FoundHint), { ssr: false });
const NewDashboard = dynamic(() => import("./edit/NewDashboard").then((m) => m.NewDashboard), { ssr: false });

/** With fewer tiles a filter is not needed. */
const FILTER_FROM = 20;

/** Every point that the reader may see, arranged automatically. */
export function EverythingPage({ first }: { first: EverythingList }) {
  const { admin } = useReader();
  const [query, setQuery] = useState("");
  const [creating, setCreating] = useState(false);
  const { only, toggle } = useStateFilter();
  const list = useEverything(first, query, only);
  useEffect(() => setNavCount("/everything", list.total), [list.total]);
  const lost = isLost(useConnection());
  const counts = useMemo(() => (lost ? lostCounts(list.counts) : list.counts), [lost, list.counts]);

  return (
    <Page
      title={t("dashboard.everything")}
      summary={list.total > 0 && <SummaryLine counts={counts} only={only} onToggle={toggle} />}
      actions={admin && <Button onClick={() => setCreating(true)}>{t("dashboard.newDashboardButton")}</Button>}
    >
      <LivePage>
        {list.total > FILTER_FROM && (
          <search className="filter-box">
            <TextInput
              type="search"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
              placeholder={t("dashboard.filterHint")}
              aria-label={t("dashboard.filterPoints")}
            />
          </search>
        )}
        {list.total === 0 ? <NothingYet admin={admin} /> : <Tiles list={list} onShowAll={() => setQuery("")} />}
      </LivePage>
      {creating && <NewDashboard onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Tiles({ list, onShowAll }: { list: KnownList; onShowAll: () => void }) {
  const { sections, query, only, whole, total } = list;
  const also = useSearchParams().get(DETAILS_PARAMETER) ?? undefined;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const filtered = query !== "" || only.size > 0;
  const blocks = useMemo(() => blocksOf(sections, filtered ? undefined : open), [sections, filtered, open]);
  const onFold = useCallback(
    (key: string) =>
      setOpen((old) => {
        const next = new Set(old);
        if (!next.delete(key)) next.add(key);
        return next;
      }),
    [],
  );
  if (blocks.length > 0)
    return <EverythingGrid blocks={blocks} whole={whole} also={also as PointId | undefined} onFold={onFold} />;
  if (only.size > 0) return <p className="py-6 text-ink-2">{t("dashboard.noneInState")}</p>;
  return (
    <EmptyState
      title={t("dashboard.nothingMatches", { query })}
      action={<Button onClick={onShowAll}>{t("dashboard.showAll")}</Button>}
    >
      {t("dashboard.noneWithWords", { total })}
    </EmptyState>
  );
}

function NothingYet({ admin }: { admin: boolean }) {
  if (!admin) return <EmptyState title={t("dashboard.nothingToSee")}>{t("dashboard.nothingToSeeWhy")}</EmptyState>;
  return <FoundHint />;
}
