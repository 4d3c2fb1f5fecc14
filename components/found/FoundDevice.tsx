"use client";

import { useState } from "react";
import { type ApiResult, call } from "@/components/api";
import { pointsText } from "@/components/kit/counted";
import { useReader } from "@/components/kit/reader";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Disclosure } from "@/components/ui/Disclosure";
import { rich } from "@/components/ui/rich";
import { toast } from "@/components/ui/toasts";
import type { FoundEntityOut, FoundOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { ClearDevice } from "./ClearDevice";
import { DeviceFacts, foundValueText } from "./DeviceFacts";
import { asksRetain, commandTopics, deviceLine, mayAdd, mayBeGhost } from "./foundText";

/** The entities that are shown; the rest is folded. */
const SHOWN = 8;

/** One found device with its entities, their values, and buttons to add or ignore it. */
export function FoundDevice({ device, reload }: { device: FoundOut; reload: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [clearing, setClearing] = useState(false);
  async function act<T>(work: Promise<ApiResult<T>>, done: (value: T) => string) {
    setBusy(true);
    const answer = await work;
    setBusy(false);
    if (answer.ok) toast(done(answer.value));
    else toast(answer.problem.message, "critical");
    await reload();
  }
  const params = { key: device.id };
  const add = (entities?: string[]) =>
    act(call("POST /found/{key}/keep", { params, body: { entities } }), ({ kept }) =>
      t("found.pointsAdded", { name: device.name, points: pointsText(kept) }),
    );
  const ignore = (ignored: boolean) =>
    act(call("POST /found/{key}/ignore", { params, body: { ignored } }), () =>
      ignored ? t("found.isIgnored", { name: device.name }) : t("found.noLongerIgnored", { name: device.name }),
    );

  const usual = device.entities.filter((entity) => !entity.hidden && !entity.category);
  const first = usual.slice(0, SHOWN);
  const rest = device.entities.filter((entity) => !first.includes(entity));
  const list = (entities: FoundEntityOut[]) => (
    <ul className="divide-y divide-line">
      {entities.map((entity) => (
        <Entity key={entity.id} entity={entity} busy={busy} onAdd={() => void add([entity.id])} />
      ))}
    </ul>
  );
  return (
    <section
      aria-label={device.name}
      className="min-w-0 rounded-tile border border-line bg-panel p-4 shadow-panel md:p-5"
    >
      <div className="mb-2 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <h2 className="text-[1.0625rem] break-words">{device.name}</h2>
          <p className="mt-0.5 text-sm break-words text-ink-2">{deviceLine(device)}</p>
          <DeviceFacts device={device} />
        </div>
        <div className="flex flex-wrap gap-2">
          {device.state === "ignored" ? (
            <Button size="s" busy={busy} onClick={() => void ignore(false)}>
              {t("found.stopIgnoring")}
            </Button>
          ) : (
            <>
              {device.state !== "kept" && (
                <Button size="s" variant="quiet" busy={busy} onClick={() => void ignore(true)}>
                  {t("found.ignore")}
                </Button>
              )}
              {mayAdd(device) && (
                <Button size="s" variant="primary" busy={busy} onClick={() => void add()}>
                  {t("found.add")}
                </Button>
              )}
              {device.state === "kept" && <Badge tone="ok">{t("found.added")}</Badge>}
            </>
          )}
        </div>
      </div>
      {device.withdrawn !== undefined && (
        <p className="mb-2 text-sm text-warn-ink">
          {t("found.withdrawnBecause", { why: device.withdrawn })}{" "}
          {device.away ? t("found.offlineUntilBack") : t("found.pointsStay")}
        </p>
      )}
      {mayBeGhost(device) && (
        <p className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">
          <span className="min-w-0 flex-1 basis-60">{t("found.noDataAdvice")}</span>
          <Button size="s" onClick={() => setClearing(true)}>
            {t("found.removeButton")}
          </Button>
        </p>
      )}
      {list(first)}
      {rest.length > 0 && (
        <Disclosure
          summary={
            first.length
              ? t("found.moreCount", { count: rest.length })
              : t("found.offeredCount", { count: rest.length })
          }
          className="mt-1"
        >
          {list(rest)}
        </Disclosure>
      )}
      {clearing && (
        <ClearDevice
          device={device}
          onClose={() => {
            setClearing(false);
            void reload();
          }}
        />
      )}
    </section>
  );
}

function Entity({ entity, busy, onAdd }: { entity: FoundEntityOut; busy: boolean; onAdd: () => void }) {
  const { locale } = useReader();
  const gone = entity.withdrawn !== undefined;
  return (
    <li className="flex min-h-10 items-center gap-3 py-1 text-sm">
      <span className="min-w-0 flex-1">
        <span className="break-words">{entity.name}</span>{" "}
        <span className="text-ink-2">
          {entity.kind.replaceAll("_", " ")}
          {entity.withdrawn !== undefined && t("found.withdrawn", { why: entity.withdrawn })}
        </span>
        <Commands entity={entity} />
      </span>
      <span className="max-w-1/2 truncate text-right font-figures tabular-nums" data-value>
        {entity.values
          .map((one) => foundValueText(one, locale))
          .filter(Boolean)
          .join(" · ") ||
          (entity.values.length > 0 && <span className="font-sans text-ink-3">{t("found.noDataYet")}</span>)}
      </span>
      {entity.kept ? (
        <Badge tone="ok">{t("found.added")}</Badge>
      ) : (
        <Button
          size="s"
          variant="quiet"
          disabled={gone || busy}
          onClick={onAdd}
          aria-label={t("found.addEntity", { name: entity.name })}
        >
          {t("found.add")}
        </Button>
      )}
    </li>
  );
}

/** The command topics on which operators could publish once the entity is added. */
function Commands({ entity }: { entity: FoundEntityOut }) {
  const topics = commandTopics(entity);
  if (topics.length === 0) return null;
  const [first, ...more] = topics;
  const topic = (name: string | undefined) => <code className="break-all">{name}</code>;
  return (
    <span className="block text-xs break-words text-ink-2">
      {more.length === 0
        ? rich("found.commandsTo", { topic: topic(first) })
        : rich("found.commandsToBoth", {
            topic: topic(first),
            other:
              more.length === 1 ? (
                topic(more[0])
              ) : (
                <span title={more.join("\n")}>{t("found.moreCount", { count: more.length })}</span>
              ),
          })}
      {asksRetain(entity) && t("found.notRetained")}
    </span>
  );
}
