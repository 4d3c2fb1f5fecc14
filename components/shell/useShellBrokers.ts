"use client";

import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { BrokerState } from "@/lib/broker";
import { liveBrokers } from "./liveBrokers";

const REFRESH_MS = 5000;

/** Loads the API client on demand, since only pages without a live view need it. Undefined: not even that could be loaded. */
async function ask() {
  const loaded = await import("@/components/api").catch((error: unknown) => console.warn(error));
  return loaded?.call("GET /brokers");
}

/**
 * The brokers' current states, and the server's time (epoch ms) for durations. They start with what the server rendered; then a live
 * page's socket updates them, and on other pages the API is polled.
 */
export function useShellBrokers(initial: readonly BrokerState[], paintedAt: number) {
  const live = useStore(liveBrokers, (state) => state.brokers);
  const asked = useStore(liveBrokers, (state) => state.asked);
  const silent = useStore(liveBrokers, (state) => state.silent);
  const [now, setNow] = useState(paintedAt);
  const isLive = live !== null;

  // Navigation renders the layout again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked for is older than what was drawn now
  useEffect(() => liveBrokers.setState({ asked: null }), [initial]);

  useEffect(() => {
    // The device's clock may be wrong, so only differences are used.
    const offset = paintedAt - Date.now();
    let gone = false;
    const refresh = async () => {
      if (document.hidden) return;
      setNow(Date.now() + offset);
      if (isLive) return;
      const answer = await ask();
      if (gone) return;
      liveBrokers.setState({ silent: !answer || (!answer.ok && answer.problem.status === 0) });
      if (answer?.ok) liveBrokers.setState({ asked: answer.value.map((broker) => broker.state) });
    };
    const timer = setInterval(() => void refresh(), REFRESH_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [paintedAt, isLive]);

  return { brokers: live ?? asked ?? initial, now, silent };
}
