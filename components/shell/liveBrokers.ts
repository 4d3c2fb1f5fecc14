import { createStore } from "zustand/vanilla";
import type { BrokerState } from "@/lib/broker";

/**
 * The shell stands around the pages, the live store inside of them: what a live page knows of the brokers comes up to the shell
 * through here: `brokers`, null while no live page is open. On other pages the shell asks, and `asked` is the last answer. `silent`: the
 * server does not answer, so that nobody knows how the brokers are now.
 */
export const liveBrokers = createStore<{
  brokers: readonly BrokerState[] | null;
  asked: readonly BrokerState[] | null;
  silent: boolean;
}>(() => ({ brokers: null, asked: null, silent: false }));
