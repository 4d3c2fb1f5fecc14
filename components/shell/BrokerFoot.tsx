"use client";

import Link from "next/link";
import { Telltale } from "@/components/dashboard/Telltale";
import { useHydrated } from "@/components/dashboard/useHydrated";
import type { BrokerState } from "@/lib/broker";
import { timeFormat } from "@/lib/units/time";
import { brokerLight, brokerLine, FAULT_ADVICE, FLOOD_ADVICE, floodText } from "./brokerText";
import { useShellBrokers } from "./useShellBrokers";

/** Each broker's light, state, reason and since-when, for everyone; opened, it says what to do. */
export function BrokerFoot({ initial, now, admin }: { initial: BrokerState[]; now: number; admin: boolean }) {
  const state = useShellBrokers(initial, now);
  if (state.brokers.length === 0)
    return (
      <p className="px-2.5 py-2 text-xs text-ink-2">
        No broker yet.{" "}
        {admin && (
          <Link href="/admin/brokers/new" className="text-accent underline">
            Connect one
          </Link>
        )}
      </p>
    );
  return (
    <ul aria-label="Brokers">
      {state.brokers.map((broker) => (
        <li key={broker.id}>
          <details className="group/broker">
            <summary className="flex cursor-pointer list-none items-start gap-2.5 rounded-control px-2.5 py-1.5 hover:bg-well [&::-webkit-details-marker]:hidden">
              <span className="pt-0.5">
                <Telltale state={brokerLight(broker)} label="" />
              </span>
              <span className="min-w-0 flex-1 leading-tight">
                <span className="block truncate font-figures text-sm">{broker.name}</span>
                <span className="mt-0.5 line-clamp-2 block text-xs break-words text-ink-2 group-open/broker:line-clamp-none">
                  {brokerLine(broker, state.now)}
                </span>
              </span>
            </summary>
            <BrokerDetails broker={broker} admin={admin} />
          </details>
        </li>
      ))}
    </ul>
  );
}

const clock = timeFormat({ dateStyle: "medium", timeStyle: "medium" });

function BrokerDetails({ broker, admin }: { broker: BrokerState; admin: boolean }) {
  // In the browser's own time zone and way of writing, which the server does not know.
  const hydrated = useHydrated();
  return (
    <div className="space-y-1 pr-2.5 pb-2 pl-9 text-xs text-ink-2">
      {hydrated && <p>since {clock.format(broker.since)}</p>}
      {broker.state === "connected" && <p>MQTT {broker.protocol}; the rate is of what Telltale listens to.</p>}
      {hydrated && broker.flood && (
        <p className="text-warn-ink">
          {floodText(broker.flood)} {admin && FLOOD_ADVICE}
        </p>
      )}
      {broker.state === "connected" && broker.refused.length > 0 && (
        <ul className="space-y-1 text-warn-ink">
          {broker.refused.map(({ filter, reason }) => (
            <li key={filter} className="break-words">
              <code>{filter}</code> was refused: {reason}
            </li>
          ))}
        </ul>
      )}
      {broker.state === "offline" && <p>{FAULT_ADVICE[broker.fault]}</p>}
      {admin && (
        <Link href={`/admin/brokers/${broker.id}`} className="inline-block py-1 text-accent underline">
          Settings of this broker
        </Link>
      )}
    </div>
  );
}
