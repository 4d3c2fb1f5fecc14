import { createStore } from "zustand/vanilla";
import type { BrokerState } from "@/lib/broker";

/**
 * The shell stands around the pages, the live store inside of them: what a live page knows of the brokers comes up to the shell
 * through here. Null while no live page is open.
 */
export const liveBrokers = createStore<{ brokers: readonly BrokerState[] | null }>(() => ({ brokers: null }));
