"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { call } from "@/components/api";
import { attempts, brokerLight, faultAdvice, floodAdvice, floodText, rateText } from "@/components/kit/brokerText";
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
import { toast } from "@/components/ui/toasts";
import type { BrokerOut } from "@/lib/api";
import type { BrokerState } from "@/lib/broker";
import { OriginBadge, readOnlyReason } from "../OriginBadge";
import { listBrokers } from "./listBrokers";

const REFRESH_MS = 2000;

/** All brokers with the state of their connections, as of now. */
export function BrokerList() {
  const router = useRouter();
  const [load, reload] = useLoad(listBrokers, REFRESH_MS);
  const [removing, setRemoving] = useState<BrokerOut>();
  const add = (
    <Button variant="primary" onClick={() => router.push("/admin/brokers/new")}>
      <Icon name="plus" className="size-4" />
      Add broker
    </Button>
  );
  return (
    <Page title="Brokers" actions={add}>
      <Loaded load={load} reload={reload} what="brokers">
        {(brokers) =>
          brokers.length === 0 ? (
            <EmptyState title="No broker yet" action={add}>
              Telltale listens to an MQTT broker that you run: Mosquitto, EMQX, HiveMQ, RabbitMQ, NATS and others.
            </EmptyState>
          ) : (
            <ul aria-label="Brokers" className="flex flex-col gap-3">
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
          <Link href={href} prefetch={false} className="font-figures text-[17px] font-bold hover:underline">
            {broker.name ?? broker.id}
          </Link>
          <OriginBadge origin={origin} />
          {broker.verify === false && <Badge tone="warning">certificate not checked</Badge>}
        </div>
        <code className="block text-[13px] break-all text-ink-2">{broker.url}</code>
        <StateText state={state} />
        {state.flood && (
          <p className="mt-1 text-[14px] text-warn-ink">
            {floodText(state.flood)} {floodAdvice()}
          </p>
        )}
      </div>
      <Menu
        label={`Actions for ${broker.name ?? broker.id}`}
        items={[
          { kind: "link", label: origin === "store" ? "Edit" : "View", href },
          { label: "Remove…", danger: true, onSelect: onRemove, disabled: readOnlyReason(origin) },
        ]}
      >
        <Icon name="more" />
      </Menu>
    </li>
  );
}

/** Drawn only in the browser, from an answer of now: its own clock is near enough for a span. */
function StateText({ state }: { state: BrokerState }) {
  const since = lengthText(Date.now() - state.since);
  if (state.state === "connecting") return <p className="mt-1 text-[14px] text-ink-2">Connecting for {since}…</p>;
  if (state.state === "offline")
    return (
      <div className="mt-1 text-[14px]">
        <p className="font-medium">
          Offline for {since}
          {attempts(state.short)}: {state.reason}
        </p>
        <p className="text-ink-2">{faultAdvice(state.fault)}</p>
      </div>
    );
  return (
    <div className="mt-1 text-[14px] text-ink-2">
      <p className="tabular-nums">
        Connected for {since} · MQTT {state.protocol} · reads {rateText(state.rate)}
      </p>
      {state.short && (
        <p className="text-warn-ink">{state.short.times} connections in a row ended within seconds before this one.</p>
      )}
      {state.refused.map(({ filter, reason }) => (
        <p key={filter} className="text-warn-ink">
          The broker refused <code>{filter}</code>: {reason}. Telltale asks again each minute.
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
    toast(`The broker “${name}” is removed.`);
    onClose();
  };
  return (
    <ConfirmDialog open title={`Remove “${name}”?`} action="Remove" danger onCancel={onClose} onConfirm={remove}>
      Telltale disconnects and deletes the stored password. Topics registered on this broker stay registered, but
      receive nothing.
      {fault && (
        <p role="alert" className="mt-3 font-medium text-crit-ink">
          {fault}
        </p>
      )}
    </ConfirmDialog>
  );
}
