"use client";

import Link from "next/link";
import { FAULT_ADVICE, FLOOD_ADVICE, floodText } from "@/components/kit/brokerText";
import type { BrokerState } from "@/lib/broker";
import { timeFormat } from "@/lib/units/time";

const clock = timeFormat({ dateStyle: "medium", timeStyle: "medium" });

/** What is behind a broker's line, and what to do. In the browser only: times are in its own zone and way of writing. */
export function BrokerDetails({ broker, admin }: { broker: BrokerState; admin: boolean }) {
  return (
    <div className="space-y-1 pr-2.5 pb-2 pl-9 text-xs text-ink-2">
      <p>since {clock.format(broker.since)}</p>
      {broker.state === "connected" && (
        <p>MQTT {broker.protocol}; reads registered topics and announcements, not all messages of the broker.</p>
      )}
      {broker.flood && (
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
