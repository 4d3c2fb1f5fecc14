"use client";

import { useState } from "react";
import { useStore } from "zustand";
import { floodAdvice, floodText } from "@/components/kit/brokerText";
import { useHydrated } from "@/components/kit/useHydrated";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import type { BrokerState, Flood } from "@/lib/broker";
import { t } from "@/lib/texts/t";
import { liveBrokers } from "./liveBrokers";

/**
 * Says that messages of a broker are dropped, as long as the broker's state has the flood: some minutes longer than it lasts. It can be
 * hidden; the next flood is shown again.
 */
export function FloodNotice({ initial, admin }: { initial: readonly BrokerState[]; admin: boolean }) {
  const brokers = useStore(liveBrokers, (state) => state.brokers ?? state.asked) ?? initial;
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  // Times and numbers are in the browser's format, which the server does not know.
  if (!useHydrated()) return null;
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
