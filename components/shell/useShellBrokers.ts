"use client";

import { useEffect, useState } from "react";
import { api } from "@/components/api";
import type { BrokerState } from "@/lib/broker";

const REFRESH_MS = 5000;

/** The brokers' states as they are now, and the time that they are told at (epoch ms). Starts with what the server drew. */
export function useShellBrokers(initial: BrokerState[], now: number): { brokers: BrokerState[]; now: number } {
  const [state, setState] = useState({ brokers: initial, now });
  useEffect(() => {
    const offset = now - Date.now();
    const refresh = async () => {
      if (document.hidden) return;
      const answer = await api.brokers.list();
      const at = Date.now() + offset;
      setState((old) => ({ brokers: answer.ok ? answer.value.map((b) => b.state) : old.brokers, now: at }));
    };
    const timer = setInterval(() => void refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [now]);
  return state;
}
