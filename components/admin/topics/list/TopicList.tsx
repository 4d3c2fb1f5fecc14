"use client";

import { useMemo, useState } from "react";
import { listRegistrations } from "@/components/api";
import { Loaded } from "@/components/kit/Loaded";
import { Page } from "@/components/kit/Page";
import { useReader } from "@/components/kit/reader";
import { useListedPoints } from "@/components/kit/useListedPoints";
import { useLoad } from "@/components/kit/useLoad";
import { valueText } from "@/components/kit/valueText";
import { Badge } from "@/components/ui/Badge";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { EmptyState } from "@/components/ui/EmptyState";
import { TextInput } from "@/components/ui/Field";
import { Icon } from "@/components/ui/icons";
import { Menu } from "@/components/ui/Menu";
import { PageLink } from "@/components/ui/PageLink";
import type { PointOut, RegistrationOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { OriginBadge, readOnlyReason } from "../../OriginBadge";
import { DeleteRegistration } from "../DeleteRegistration";
import { titleOf } from "../titleOf";

const REFRESH_MS = 5000;

/** All registered topics, from all origins. */
export function TopicList() {
  const [load, reload] = useLoad(listRegistrations, REFRESH_MS);
  const points = useListedPoints(REFRESH_MS);
  return (
    <Page
      title={t("topics.registeredTopics")}
      summary={
        load.state === "ready" && load.value.length > 0 && t("topics.registeredCount", { count: load.value.length })
      }
      actions={
        <ButtonLink href="/admin/topics/new" variant="primary">
          <Icon name="plus" className="size-4" />
          {t("topics.registerTopic")}
        </ButtonLink>
      }
    >
      <Loaded load={load} reload={reload} what={t("topics.theTopics")}>
        {(items) => (
          <List items={items} points={points.state === "ready" ? points.value : []} reload={() => void reload()} />
        )}
      </Loaded>
    </Page>
  );
}

const textOf = ({ registration: r, origin }: RegistrationOut): string =>
  [r.id, r.name, r.filter, r.device, r.area, r.command?.topic, origin].filter(Boolean).join(" ").toLowerCase();

function List({ items, points, reload }: { items: RegistrationOut[]; points: PointOut[]; reload: () => void }) {
  const [query, setQuery] = useState("");
  const [deleting, setDeleting] = useState<RegistrationOut>();
  const first = useMemo(() => {
    const byRegistration = new Map<string, PointOut>();
    for (const point of points)
      if (!byRegistration.has(point.registration)) byRegistration.set(point.registration, point);
    return byRegistration;
  }, [points]);
  const words = query.trim().toLowerCase().split(/\s+/);
  const shown = items.filter((item) => words.every((word) => textOf(item).includes(word)));

  if (items.length === 0)
    return (
      <EmptyState
        title={t("topics.noneYet")}
        action={
          <ButtonLink href="/admin/topics/new" variant="primary">
            {t("topics.registerFirst")}
          </ButtonLink>
        }
      >
        {t("topics.noneYetWhat")}
      </EmptyState>
    );
  return (
    <>
      <TextInput
        type="search"
        aria-label={t("topics.search")}
        placeholder={t("topics.searchHint")}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        className="mb-3 max-w-sm"
      />
      <ul
        aria-label={t("topics.registeredTopics")}
        className="divide-y divide-line overflow-hidden rounded-tile border border-line bg-panel shadow-panel"
      >
        {shown.map((item) => (
          <Row
            key={item.registration.id}
            item={item}
            point={first.get(item.registration.id)}
            onDelete={() => setDeleting(item)}
          />
        ))}
      </ul>
      <p role="status" className="mt-3 text-sm text-ink-2">
        {shown.length === 0 && t("topics.noMatch", { query: query.trim() })}
      </p>
      {deleting && (
        <DeleteRegistration
          id={deleting.registration.id}
          version={deleting.version}
          name={titleOf(deleting.registration)}
          onCancel={() => setDeleting(undefined)}
          onDone={() => {
            setDeleting(undefined);
            reload();
          }}
        />
      )}
    </>
  );
}

function Row({
  item: { registration, origin, points },
  point,
  onDelete,
}: {
  item: RegistrationOut;
  point: PointOut | undefined;
  onDelete: () => void;
}) {
  const href = `/admin/topics/${registration.id}`;
  const place = [registration.device, registration.area].filter(Boolean).join(" · ");
  const { locale } = useReader();
  const operable = registration.command || Object.values(registration.values ?? {}).some((value) => value.command);
  return (
    <li className="flex items-center gap-3 py-2.5 pr-2 pl-4 hover:bg-raised">
      <PageLink href={href} className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1 rounded-control">
        <span className="min-w-0 flex-1 basis-56">
          <span className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 font-medium break-words">{titleOf(registration)}</span>
            <OriginBadge origin={origin} />
            {operable && <Badge>{t("topics.operable")}</Badge>}
          </span>
          <code className="mt-0.5 block text-[13px] break-all text-ink-2">
            {registration.filter ?? registration.command?.topic}
          </code>
        </span>
        {place && <span className="text-sm text-ink-2">{place}</span>}
        <span className="w-32 text-right text-sm text-ink-2 tabular-nums max-sm:w-auto">
          {points === 1 && point ? (
            <span className="block truncate font-figures text-ink">{valueText(point, locale)}</span>
          ) : (
            t("kit.points", { count: points })
          )}
        </span>
      </PageLink>
      <Menu
        label={t("topics.actions", { name: titleOf(registration) })}
        items={[
          { kind: "link", label: t(origin === "store" ? "topics.edit" : "topics.view"), href },
          { label: t("topics.deleteMenu"), danger: true, onSelect: onDelete, disabled: readOnlyReason(origin) },
        ]}
      >
        <Icon name="more" />
      </Menu>
    </li>
  );
}
