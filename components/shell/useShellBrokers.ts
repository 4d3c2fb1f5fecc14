"use client";

import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { BrokerState } from "@/lib/broker";
import { liveBrokers } from "./liveBrokers";

const REFRESH_MS = 5000;

/** Only a page without a live view loads what asks. Undefined: even that could not be loaded, since the server is away. */
async function ask() {
  const loaded = await import("@/components/api").catch((error: unknown) => console.warn(error));
  return loaded?.call("GET /brokers");
}

/**
 * The brokers' states as they are now, and the server's time (epoch ms) that spans are counted from. Starts with what the server drew;
 * a live page's socket then tells, on other pages the API is asked every few seconds.
 */
export function useShellBrokers(initial: readonly BrokerState[], paintedAt: number) {
  const live = useStore(liveBrokers, (state) => state.brokers);
  const asked = useStore(liveBrokers, (state) => state.asked);
  const silent = useStore(liveBrokers, (state) => state.silent);
  const [now, setNow] = useState(paintedAt);
  const isLive = live !== null;

  // Navigation draws the layout anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked for is older than what was drawn now
  useEffect(() => liveBrokers.setState({ asked: null }), [initial]);

  useEffect(() => {
    // The device's clock may be wrong; only its steps count.
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
