import { createStore } from "zustand/vanilla";
import type { BrokerState } from "@/lib/broker";

/**
 * The shell stands around the pages, the live store inside of them: what a live page knows of the brokers comes up to the shell
 * through here: `brokers`, null while no live page is open. On other pages the shell asks, and `asked` is what it was told last.
 */
export const liveBrokers = createStore<{
  brokers: readonly BrokerState[] | null;
  asked: readonly BrokerState[] | null;
}>(() => ({ brokers: null, asked: null }));
