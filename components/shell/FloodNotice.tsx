"use client";

import { useState } from "react";
import { floodAdvice, floodText } from "@/components/kit/brokerAdvice";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import type { BrokerState, Flood } from "@/lib/broker";
import { t } from "@/lib/texts/t";

/** Says which messages of these brokers are dropped. It can be hidden; the next flood is shown again. */
export function FloodNotice({ brokers, admin }: { brokers: readonly BrokerState[]; admin: boolean }) {
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  return brokers.map(({ id, name, flood }) => {
    if (!flood || read.has(keyOf(id, flood))) return null;
    const hide = () => setRead((old) => new Set(old).add(keyOf(id, flood)));
    return (
      <Banner
        key={id}
        tone="warning"
        action={
          <Button variant="quiet" size="s" onClick={hide}>
            {t("shell.hide")}
          </Button>
        }
      >
        <strong>{name}: </strong>
        {floodText(flood)} {admin && floodAdvice()}
      </Banner>
    );
  });
}

const keyOf = (broker: string, { since }: Flood): string => `${broker} ${since}`;
