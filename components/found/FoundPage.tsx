"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { call, listFound } from "@/components/api";
import { devicesText } from "@/components/kit/counted";
import { Loaded } from "@/components/kit/Loaded";
import { setNavCount } from "@/components/kit/navCounts";
import { Page } from "@/components/kit/Page";
import { useAddAllFound } from "@/components/kit/useAddAllFound";
import { useLoad } from "@/components/kit/useLoad";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { ConfirmDialog } from "@/components/ui/Dialog";
import { Disclosure } from "@/components/ui/Disclosure";
import { EmptyState } from "@/components/ui/EmptyState";
import { TextInput } from "@/components/ui/Field";
import { rich } from "@/components/ui/rich";
import { Segmented } from "@/components/ui/Segmented";
import { toast } from "@/components/ui/toasts";
import type { DiscoveryOut, FoundOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { FoundDevice } from "./FoundDevice";
import { byWorth, matches, NONE, pausedText, SHOW, type Show } from "./foundText";

const NewDashboard = dynamic(() => import("../dashboard/edit/NewDashboard").then((m) => m.NewDashboard), {
  ssr: false,
});

const REFRESH_MS = 2000;
const discovery = () => call("GET /discovery");
/** With fewer devices a filter is not needed. */
const FILTER_FROM = 8;
/** The most devices shown at once; the filter finds the others. */
const MAX_SHOWN = 200;
/** From this number on, devices without data are folded; fewer are shown at the end. */
const FOLD_FROM = 4;
const MODES = [
  { value: "ask", label: "found.askFirst" },
  { value: "add", label: "found.addAutomatically" },
  { value: "off", label: "found.off" },
] as const;

/** The devices that announced themselves, with their current values. Nothing is registered until a person adds it. */
export function FoundPage() {
  const [found, reload] = useLoad(listFound, REFRESH_MS);
  const [mode, reloadMode] = useLoad(discovery, REFRESH_MS);
  const [busy, addAll] = useAddAllFound();
  const [asking, setAsking] = useState(false);
  const waiting = found.state === "ready" ? found.value.filter((one) => one.state === "found").length : 0;
  useEffect(() => {
    if (found.state === "ready") setNavCount("/found", waiting);
  }, [found.state, waiting]);
  useFreshNavigation(found.state === "ready" ? found.value : undefined);

  async function change(next: DiscoveryOut["mode"]) {
    const answer = await call("PUT /discovery", { body: { mode: next } });
    if (!answer.ok) toast(answer.problem.message, "critical");
    await Promise.all([reloadMode(), reload()]);
  }

  return (
    <Page
      title={t("found.found")}
      summary={waiting > 0 && t("found.announced", { count: waiting })}
      actions={
        waiting > 0 && (
          <Button variant="primary" busy={busy} onClick={() => void addAll().then(reload)}>
            {t("found.addAll")}
          </Button>
        )
      }
    >
      {mode.state === "ready" && (
        <div className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">
          <span>{t("found.newDevices")}</span>
          <Segmented
            label={t("found.newDevices")}
            value={mode.value.mode}
            options={MODES.map(({ value, label }) => ({ value, label: t(label) }))}
            onChange={(next) => (next === "add" && waiting > 0 ? setAsking(true) : void change(next))}
          />
          {mode.value.refused + mode.value.capped > 0 && (
            <span>{t("found.unusable", { count: mode.value.refused + mode.value.capped })}</span>
          )}
        </div>
      )}
      {mode.state === "ready" && <Paused filters={mode.value.paused} />}
      <ConfirmDialog
        open={asking}
        title={t("found.addAutomaticallyTitle")}
        action={t("found.addAutomatically")}
        onCancel={() => setAsking(false)}
        onConfirm={async () => {
          await change("add");
          setAsking(false);
        }}
      >
        {t("found.waiting", { count: waiting })}
      </ConfirmDialog>
      <Loaded load={found} reload={reload} what={t("found.foundDevices")}>
        {(devices) => (
          <FoundList devices={devices} reload={reload} off={mode.state === "ready" && mode.value.mode === "off"} />
        )}
      </Loaded>
    </Page>
  );
}

/** The server renders the navigation with counts of waiting and registered devices: renders it again when they change. */
function useFreshNavigation(devices: readonly FoundOut[] | undefined): void {
  const router = useRouter();
  const drawn = useRef<string>(undefined);
  const counts = devices && countsOf(devices);
  useEffect(() => {
    if (counts === undefined || counts === drawn.current) return;
    if (drawn.current !== undefined) router.refresh();
    drawn.current = counts;
  }, [counts, router]);
}

const countsOf = (devices: readonly FoundOut[]): string => {
  const waiting = devices.filter(({ state }) => state === "found").length;
  const kept = devices.flatMap(({ entities }) => entities).filter((entity) => entity.kept).length;
  return `${waiting} ${kept}`;
};

/** After devices were added: links to their values and to a new dashboard. */
function NextStep({ devices, show }: { devices: readonly FoundOut[]; show: Show }) {
  const [creating, setCreating] = useState(false);
  const kept = devices.filter(({ entities }) => entities.some((entity) => entity.kept));
  const waiting = devices.some(({ state }) => state === "found");
  if (kept.length === 0 || (show === "found" ? waiting : show !== "kept")) return null;
  return (
    <section aria-label={t("found.next")} className="mt-4 rounded-tile border border-line bg-panel p-4 md:p-5">
      <p className="text-sm text-ink-2">{t("found.nextWhat", { devices: devicesText(kept.length) })}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <ButtonLink variant="primary" href="/everything">
          {t("found.seeEverything")}
        </ButtonLink>
        <Button onClick={() => setCreating(true)}>{t("found.newDashboard")}</Button>
      </div>
      {creating && <NewDashboard onClose={() => setCreating(false)} />}
    </section>
  );
}

export function FoundList({
  devices,
  reload,
  off,
}: {
  devices: FoundOut[];
  reload: () => Promise<void>;
  off: boolean;
}) {
  const [show, setShow] = useState<Show>("found");
  const [query, setQuery] = useState("");
  if (devices.length === 0)
    return (
      <EmptyState
        title={off ? t("found.discoveryOff") : t("found.noDeviceAnnounced")}
        action={
          <ButtonLink variant="primary" href="/admin/topics/new">
            {t("found.registerTopic")}
          </ButtonLink>
        }
      >
        {off ? t("found.discoveryOffWhy") : t("found.noDeviceWhy")}
      </EmptyState>
    );
  const counts = SHOW.map(({ value, label: key }) => {
    const label = t(key);
    const count = devices.filter((one) => one.state === value).length;
    return { value, label: count > 0 ? `${label} ${count}` : label };
  });
  const shown = devices.filter((one) => one.state === show && matches(one, query));
  const { speaking, silent } = byWorth(shown);
  const cards = (list: readonly FoundOut[]) => (
    <div className="grid items-start gap-3 xl:grid-cols-2">
      {list.slice(0, MAX_SHOWN).map((device) => (
        <FoundDevice key={device.id} device={device} reload={reload} />
      ))}
    </div>
  );
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <Segmented label={t("found.whichDevices")} value={show} options={counts} onChange={setShow} />
        {devices.length > FILTER_FROM && (
          <TextInput
            type="search"
            aria-label={t("found.searchFoundDevices")}
            placeholder={t("found.searchHint")}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            className="max-w-xs"
          />
        )}
      </div>
      {cards(speaking)}
      {silent.length > 0 &&
        (speaking.length > 0 && silent.length >= FOLD_FROM ? (
          <Disclosure
            key={query.trim() === "" ? "all" : "found"}
            summary={t("found.withoutData", { devices: devicesText(silent.length) })}
            defaultOpen={query.trim() !== ""}
            className="mt-4"
          >
            {cards(silent)}
          </Disclosure>
        ) : (
          <div className={speaking.length > 0 ? "mt-3" : undefined}>{cards(silent)}</div>
        ))}
      <p role="status" className="mt-3 text-sm text-ink-2">
        {shown.length === 0 && (query.trim() ? t("found.noMatch", { query: query.trim() }) : t(NONE[show]))}
        {Math.max(speaking.length, silent.length) > MAX_SHOWN && t("found.onlyShown", { most: MAX_SHOWN })}
      </p>
      {query.trim() === "" && <NextStep devices={devices} show={show} />}
    </>
  );
}

/** The paused discovery filters: devices that match them are missing here. */
function Paused({ filters }: { filters: DiscoveryOut["paused"] }) {
  if (filters.length === 0) return null;
  return (
    <ul className="mb-5 flex flex-col gap-1 text-sm text-ink-2">
      {filters.map((one) => (
        <li key={`${one.broker} ${one.filter}`}>
          {rich("found.pausedOn", { filter: <code>{one.filter}</code>, broker: one.broker, why: pausedText(one) })}
        </li>
      ))}
    </ul>
  );
}
