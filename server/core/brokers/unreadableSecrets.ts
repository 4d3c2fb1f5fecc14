import type { BrokerState } from "../../../lib/broker";
import type { BrokerId } from "../../../lib/ids";
import { createListeners } from "../../../lib/listeners";
import { say } from "../../../lib/texts/said";
import type { Brokers, Clock, ConfiguredBroker } from "../../ports";

/** What an admin has to enter again, as texts choose by it: password, key, or both. */
export const unreadableSecrets = ({ unreadable = [] }: ConfiguredBroker): string => unreadable.join("-");

/**
 * The same brokers, except that one whose stored secret cannot be read is not connected: without its password it might be let in as
 * somebody else, or lock the account. It is offline, and the reason says what to enter.
 */
export function withUnreadableSecrets(brokers: Brokers, { clock }: { clock: Pick<Clock, "now"> }): Brokers {
  let waiting = new Map<BrokerId, BrokerState>();
  const listeners = createListeners<[states: BrokerState[]]>();
  const states = (): BrokerState[] => [...brokers.states(), ...waiting.values()];
  const tell = (): void => listeners.tell(states());
  brokers.onState(tell);

  const stateOf = (broker: ConfiguredBroker): BrokerState => ({
    id: broker.id,
    name: broker.name ?? broker.id,
    since: waiting.get(broker.id)?.since ?? clock.now(),
    state: "offline",
    fault: "credentials",
    reason: say("connection.secretUnreadable", { which: unreadableSecrets(broker) }),
  });

  return {
    ...brokers,
    states,
    onState: listeners.add,
    apply(list, filters) {
      const before = JSON.stringify([...waiting.values()]);
      const unreadable = list.filter((broker: ConfiguredBroker) => broker.unreadable?.length);
      waiting = new Map(unreadable.map((broker) => [broker.id, stateOf(broker)]));
      brokers.apply(
        list.filter(({ id }) => !waiting.has(id)),
        new Map([...filters].filter(([id]) => !waiting.has(id))),
      );
      if (JSON.stringify([...waiting.values()]) !== before) tell();
    },
  };
}
