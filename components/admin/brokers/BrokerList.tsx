"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { call } from "@/components/api";
import { faultAdvice, floodAdvice, floodText } from "@/components/kit/brokerAdvice";
import { attempts, brokerLight, rateText } from "@/components/kit/brokerText";
import { Loaded } from "@/components/kit/Loaded";
import { lengthText } from "@/components/kit/lengthText";
import { Page } from "@/components/kit/Page";
import { Telltale } from "@/components/kit/Telltale";
import { useLoad } from "@/components/kit/useLoad";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/Dialog";
import { EmptyState } from "@/components/ui/EmptyState";
import { Icon } from "@/components/ui/icons";
import { Menu } from "@/components/ui/Menu";
import { PageLink } from "@/components/ui/PageLink";
import { rich } from "@/components/ui/rich";
import { toast } from "@/components/ui/toasts";
import type { BrokerOut } from "@/lib/api";
import type { BrokerState } from "@/lib/broker";
import { urlsOf } from "@/lib/brokerAddresses";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import { OriginBadge, readOnlyReason } from "../OriginBadge";
import { listBrokers } from "./listBrokers";

const REFRESH_MS = 2000;

/** All brokers with the current state of their connections. */
export function BrokerList() {
  const router = useRouter();
  const [load, reload] = useLoad(listBrokers, REFRESH_MS);
  const [removing, setRemoving] = useState<BrokerOut>();
  const add = (
    <Button variant="primary" onClick={() => router.push("/admin/brokers/new")}>
      <Icon name="plus" className="size-4" />
      {t("brokers.addBroker")}
    </Button>
  );
  return (
    <Page title={t("brokers.brokers")} actions={add}>
      <Loaded load={load} reload={reload} what={t("brokers.theBrokers")}>
        {(brokers) =>
          brokers.length === 0 ? (
            <EmptyState title={t("brokers.noBrokerYet")} action={add}>
              {t("brokers.noBrokerWhy")}
            </EmptyState>
          ) : (
            <ul aria-label={t("brokers.brokers")} className="flex flex-col gap-3">
              {brokers.map((broker) => (
                <Row key={broker.broker.id} item={broker} onRemove={() => setRemoving(broker)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {removing && (
        <RemoveBroker
          item={removing}
          onClose={() => {
            setRemoving(undefined);
            void reload();
          }}
        />
      )}
    </Page>
  );
}

function Row({ item: { broker, origin, state }, onRemove }: { item: BrokerOut; onRemove: () => void }) {
  const href = `/admin/brokers/${broker.id}`;
  return (
    <li className="flex items-start gap-3 rounded-tile border border-line bg-panel p-4 shadow-panel">
      <span className="pt-0.5">
        <Telltale state={brokerLight(state)} label="" size={20} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-2">
          <PageLink href={href} className="font-figures text-[17px] font-bold hover:underline">
            {broker.name ?? broker.id}
          </PageLink>
          <OriginBadge origin={origin} />
          {broker.verify === false && <Badge tone="warning">{t("brokers.certificateNotChecked")}</Badge>}
        </div>
        {urlsOf(broker).map((url) => (
          <code key={url} className="block text-[13px] break-all text-ink-2">
            {url}
          </code>
        ))}
        <StateText state={state} />
        {state.flood && (
          <p className="mt-1 text-[14px] text-warn-ink">
            {floodText(state.flood)} {floodAdvice()}
          </p>
        )}
      </div>
      <Menu
        label={t("brokers.actions", { name: broker.name ?? broker.id })}
        items={[
          { kind: "link", label: origin === "store" ? t("brokers.edit") : t("brokers.view"), href },
          { label: t("brokers.removeMenu"), danger: true, onSelect: onRemove, disabled: readOnlyReason(origin) },
        ]}
      >
        <Icon name="more" />
      </Menu>
    </li>
  );
}

/** Rendered only in the browser, from a fresh response: the browser's own clock is accurate enough for durations. */
function StateText({ state }: { state: BrokerState }) {
  const since = lengthText(Date.now() - state.since);
  if (state.state === "connecting")
    return <p className="mt-1 text-[14px] text-ink-2">{t("brokers.connecting", { since })}</p>;
  if (state.state === "offline")
    return (
      <div className="mt-1 text-[14px]">
        <p className="font-medium">
          {t("brokers.offline", { since, attempts: attempts(state.short), reason: inWords(state.reason) })}
        </p>
        <p className="text-ink-2">{faultAdvice(state.fault)}</p>
      </div>
    );
  return (
    <div className="mt-1 text-[14px] text-ink-2">
      <p className="tabular-nums">
        {t("brokers.connected", { since, protocol: state.protocol, rate: rateText(state.rate) })}
      </p>
      {state.url !== undefined && <p className="break-all">{t("brokers.connectedAt", { url: state.url })}</p>}
      {state.short && <p className="text-warn-ink">{t("brokers.shortConnections", { times: state.short.times })}</p>}
      {state.refused.map(({ filter, reason }) => (
        <p key={filter} className="text-warn-ink">
          {rich("brokers.filterRefused", { filter: <code>{filter}</code>, reason: inWords(reason) })}
        </p>
      ))}
    </div>
  );
}

function RemoveBroker({ item: { broker, version }, onClose }: { item: BrokerOut; onClose: () => void }) {
  const [fault, setFault] = useState<string>();
  const name = broker.name ?? broker.id;
  const remove = async () => {
    const answer = await call("DELETE /brokers/{id}", { params: { id: broker.id }, version });
    if (!answer.ok) return setFault(answer.problem.message);
    toast(t("brokers.brokerRemoved", { name }));
    onClose();
  };
  return (
    <ConfirmDialog
      open
      title={t("brokers.removeTitle", { name })}
      action={t("brokers.remove")}
      danger
      fault={fault}
      onCancel={onClose}
      onConfirm={remove}
    >
      {t("brokers.removeWhat")}
    </ConfirmDialog>
  );
}
