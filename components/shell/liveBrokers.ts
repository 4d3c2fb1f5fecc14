import { createStore } from "zustand/vanilla";
import type { BrokerState } from "@/lib/broker";

/**
 * Passes broker states from a live page up to the shell around it. `brokers`: from the live page, null while none is open. `asked`: from the
 * API, which the shell polls on other pages. `silent`: the server does not answer, so the states are not known.
 */
export const liveBrokers = createStore<{
  brokers: readonly BrokerState[] | null;
  asked: readonly BrokerState[] | null;
  silent: boolean;
}>(() => ({ brokers: null, asked: null, silent: false }));
