import type { BrokerState } from "../../lib/broker";
import type { HttpParts } from "./parts";

interface Readiness {
  /** `draining`: this node is told to stop, and nothing more is to be sent to it. */
  status: "ok" | "unavailable" | "draining";
  brokers: Record<string, { state: BrokerState["state"]; fault?: string }>;
  stores: Record<"config" | "history", "ok" | "unavailable">;
}

/** A probe may come every second from several sides; the stores are asked once a second at most. */
const FRESH_MS = 1000;

/** Ready: every broker is connected, has answered every subscription and takes commands, and both stores can be written. Names no hosts: whoever reaches the port may ask. */
export function createReadiness({ brokers, store, history, cluster, clock, log }: HttpParts): () => Promise<Readiness> {
  let asked: { at: number; stores: Promise<Readiness["stores"]> } | undefined;

  async function check(name: string, of: { check(): Promise<void> }): Promise<"ok" | "unavailable"> {
    try {
      await of.check();
      return "ok";
    } catch (error) {
      log.warn({ store: name, error: String(error) }, "a store is not available");
      return "unavailable";
    }
  }

  return async () => {
    const now = clock.monotonic();
    if (!asked || now - asked.at >= FRESH_MS) {
      const both = Promise.all([check("config", store), check("history", history)]);
      asked = { at: now, stores: both.then(([config, past]) => ({ config, history: past })) };
    }
    const stores = await asked.stores;
    const states = brokers.states();
    const well =
      Object.values(stores).every((s) => s === "ok") &&
      states.every(({ id, state }) => state === "connected" && brokers.connected(id));
    return {
      status: cluster?.draining() ? "draining" : well ? "ok" : "unavailable",
      brokers: Object.fromEntries(
        states.map((b) => [b.id, b.state === "offline" ? { state: b.state, fault: b.fault } : { state: b.state }]),
      ),
      stores,
    };
  };
}
