"use client";

import { useStore } from "zustand";
import { useHydrated } from "@/components/dashboard/useHydrated";
import { Banner } from "@/components/ui/Banner";
import type { BrokerState } from "@/lib/broker";
import { FLOOD_ADVICE, floodText } from "./brokerText";
import { liveBrokers } from "./liveBrokers";

/** That messages of a broker are left out, for as long as the broker's state tells of it: some minutes longer than it lasts. */
export function FloodNotice({ initial, admin }: { initial: readonly BrokerState[]; admin: boolean }) {
  const brokers = useStore(liveBrokers, (state) => state.brokers ?? state.asked) ?? initial;
  // Times and numbers are written as the browser does, which the server does not know.
  if (!useHydrated()) return null;
  return brokers.map(
    ({ id, name, flood }) =>
      flood && (
        <Banner key={id} tone="warning">
          <strong>{name}: </strong>
          {floodText(flood)} {admin && FLOOD_ADVICE}
        </Banner>
      ),
  );
}
