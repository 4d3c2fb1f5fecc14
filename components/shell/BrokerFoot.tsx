"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { brokerLight, brokerLine } from "@/components/kit/brokerText";
import { Telltale } from "@/components/kit/Telltale";
import { PageLink } from "@/components/ui/PageLink";
import type { BrokerState } from "@/lib/broker";
import { t } from "@/lib/texts/t";
import { useShellBrokers } from "./useShellBrokers";

const BrokerDetails = dynamic(() => import("./BrokerDetails").then((m) => m.BrokerDetails), { ssr: false });

/** The light and state of each broker, for everyone; opened, its details and what to do. */
export function BrokerFoot({ initial, now, admin }: { initial: BrokerState[]; now: number; admin: boolean }) {
  const state = useShellBrokers(initial, now);
  const [opened, setOpened] = useState(false);
  if (state.brokers.length === 0)
    return (
      <p className="px-2.5 py-2 text-xs text-ink-2">
        {t("shell.noBroker")}{" "}
        {admin && (
          <PageLink href="/admin/brokers/new" className="text-accent underline">
            {t("shell.connectFirstBroker")}
          </PageLink>
        )}
      </p>
    );
  return (
    <ul aria-label={t("shell.brokers")}>
      {state.brokers.map((broker) => (
        <li key={broker.id}>
          <details className="group/broker" onToggle={() => setOpened(true)}>
            <summary className="flex cursor-pointer list-none items-start gap-2.5 rounded-control px-2.5 py-1.5 hover:bg-well [&::-webkit-details-marker]:hidden">
              <span className="pt-0.5">
                <Telltale state={state.silent ? "stale" : brokerLight(broker)} label="" />
              </span>
              <span className="min-w-0 flex-1 leading-tight">
                <span className="block truncate font-figures text-sm">{broker.name}</span>
                <span className="mt-0.5 line-clamp-2 block text-xs break-words text-ink-2 group-open/broker:line-clamp-none">
                  {state.silent ? t("shell.unknownState") : brokerLine(broker, state.now)}
                </span>
              </span>
            </summary>
            {opened && <BrokerDetails broker={broker} admin={admin} />}
          </details>
        </li>
      ))}
    </ul>
  );
}
