"use client";

import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Page } from "@/components/kit/Page";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { EmptyState } from "@/components/ui/EmptyState";
import { NativeSelect, TextInput } from "@/components/ui/Field";
import { Icon } from "@/components/ui/icons";
import { Menu } from "@/components/ui/Menu";
import { mayLeave } from "@/components/ui/useLeaveGuard";
import type { BrokerState } from "@/lib/broker";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import { createExplorerLink, type ExplorerLink } from "./explorerLink";
import { createExplorerStore, type ExplorerStore } from "./explorerStore";
import { TopicPane } from "./TopicPane";
import { TopicTree } from "./TopicTree";
import { countText, rateText } from "./TreeRow";

/** All topics of a broker, live: find a topic, look at its messages, make a tile of it. */
export function ExplorerPage({ brokers }: { brokers: readonly BrokerState[] }) {
  const [parts, setParts] = useState<{ store: ExplorerStore; link: ExplorerLink }>();
  useEffect(() => {
    const store = createExplorerStore();
    const link = createExplorerLink(store);
    setParts({ store, link });
    return link.start();
  }, []);

  if (brokers.length === 0)
    return (
      <Page title={t("explorer.explorer")}>
        <EmptyState
          title={t("explorer.noBrokerYet")}
          action={<ButtonLink href="/admin/brokers/new">{t("explorer.connectBroker")}</ButtonLink>}
        >
          {t("explorer.noBrokerWhy")}
        </EmptyState>
      </Page>
    );
  if (!parts) return <Page title={t("explorer.explorer")}>{null}</Page>;
  return (
    <Page title={t("explorer.explorer")} summary={<Totals store={parts.store} />}>
      <Status store={parts.store} />
      <Body {...parts} brokers={brokers} />
    </Page>
  );
}

function Body({ store, link, brokers }: { store: ExplorerStore; link: ExplorerLink; brokers: readonly BrokerState[] }) {
  const picked = useStore(store, (state) => state.picked?.topic);
  return (
    <div className="ex" data-picked={picked === undefined ? undefined : ""}>
      <div className="ex-tree min-w-0">
        <Toolbar store={store} link={link} brokers={brokers} />
        <div className="overflow-hidden rounded-tile border border-(--tile-edge) bg-panel shadow-panel">
          <TopicTree store={store} link={link} />
        </div>
      </div>
      <div className="ex-pane min-w-0">
        {picked === undefined ? (
          <EmptyState title={t("explorer.selectTopic")}>{t("explorer.selectTopicWhy")}</EmptyState>
        ) : (
          <TopicPane key={picked} topic={picked} store={store} link={link} />
        )}
      </div>
    </div>
  );
}

function Toolbar({
  store,
  link,
  brokers,
}: {
  store: ExplorerStore;
  link: ExplorerLink;
  brokers: readonly BrokerState[];
}) {
  const broker = useStore(store, (state) => state.broker);
  const search = useStore(store, (state) => state.search);
  const paused = useStore(store, (state) => state.paused);
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      {brokers.length > 1 && (
        <NativeSelect
          aria-label={t("explorer.broker")}
          className="max-w-48"
          value={broker ?? ""}
          onChange={(id) => mayLeave() && link.setBroker(id)}
          options={brokers.map(({ id, name }) => ({ value: id as string, label: name }))}
        />
      )}
      <TextInput
        type="search"
        aria-label={t("explorer.searchTopics")}
        placeholder={t("explorer.searchTopics")}
        className="max-w-96 flex-1 basis-40"
        value={search}
        onChange={(event) => link.look({ search: event.target.value.slice(0, 200), from: 0 })}
      />
      <Button aria-pressed={paused} onClick={() => link.look({ paused: !paused })}>
        {paused ? t("explorer.resume") : t("explorer.pause")}
      </Button>
      <Menu
        label={t("explorer.moreActions")}
        items={[
          { label: t("explorer.openAllBranches"), onSelect: () => link.look({ all: "open" }) },
          { label: t("explorer.closeAllBranches"), onSelect: () => link.look({ all: "close", from: 0 }) },
        ]}
      >
        <Icon name="more" />
      </Menu>
    </div>
  );
}

function Totals({ store }: { store: ExplorerStore }) {
  const totals = useStore(store, (state) => state.totals);
  const paused = useStore(store, (state) => state.paused);
  if (!totals) return null;
  return (
    <span className="tabular-nums">
      {t("explorer.totals", {
        count: totals.topics,
        topics: countText(totals.topics),
        rate: rateText(totals.rate) || "0",
      })}
      {paused && ` · ${t("explorer.paused")}`}
    </span>
  );
}

/** Notes about everything that the tree does not show: connection, refused filters, dropped topics and messages. */
function Status({ store }: { store: ExplorerStore }) {
  const status = useStore(store, (state) => state.status);
  const totals = useStore(store, (state) => state.totals);
  const total = useStore(store, (state) => state.total);
  const search = useStore(store, (state) => state.search);
  const notes = [
    status.state === "lost" && inWords(status.reason),
    status.state === "asleep" && t("explorer.pausedWhileHidden"),
    ...(status.state === "listening"
      ? status.refused.map(({ filter, reason }) => t("explorer.filterRefused", { filter, reason: inWords(reason) }))
      : []),
    totals && totals.forgotten > 0 && t("explorer.topicsDropped", { count: countText(totals.forgotten) }),
    totals && totals.refused > 0 && t("explorer.tooManyLevels", { count: countText(totals.refused) }),
    totals && totals.skipped > 0 && t("explorer.messagesTooFast", { count: countText(totals.skipped) }),
    status.state === "listening" && total === 0 && search !== "" && t("explorer.noTopicFound"),
    status.state === "listening" && total === 0 && search === "" && t("explorer.noMessagesYet"),
    status.state === "connecting" && t("explorer.subscribing"),
  ].filter((note) => typeof note === "string");
  if (notes.length === 0) return null;
  return (
    <Banner tone={status.state === "lost" ? "warning" : "neutral"} className="mb-3">
      <div role="status">
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
    </Banner>
  );
}
