"use client";

import { faultAdvice, floodAdvice, floodText } from "@/components/kit/brokerAdvice";
import { PageLink } from "@/components/ui/PageLink";
import { rich } from "@/components/ui/rich";
import type { BrokerState } from "@/lib/broker";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import { timeFormat } from "@/lib/units/time";

const clock = timeFormat({ dateStyle: "medium", timeStyle: "medium" });

/** A broker's details and what to do. Rendered in the browser only, since times are in its zone and format. */
export function BrokerDetails({ broker, admin }: { broker: BrokerState; admin: boolean }) {
  return (
    <div className="space-y-1 pr-2.5 pb-2 pl-9 text-xs text-ink-2">
      <p>{t("kit.since", { time: clock.format(broker.since) })}</p>
      {broker.state === "connected" && <p>{t("shell.protocolReads", { protocol: broker.protocol })}</p>}
      {broker.flood && (
        <p className="text-warn-ink">
          {floodText(broker.flood)} {admin && floodAdvice()}
        </p>
      )}
      {broker.state === "connected" && broker.refused.length > 0 && (
        <ul className="space-y-1 text-warn-ink">
          {broker.refused.map(({ filter, reason }) => (
            <li key={filter} className="break-words">
              {rich("shell.filterRefused", { filter: <code>{filter}</code>, reason: inWords(reason) })}
            </li>
          ))}
        </ul>
      )}
      {broker.state === "offline" && <p>{faultAdvice(broker.fault)}</p>}
      {admin && (
        <PageLink href={`/admin/brokers/${broker.id}`} className="inline-block py-1 text-accent underline">
          {t("shell.brokerSettings")}
        </PageLink>
      )}
    </div>
  );
}
