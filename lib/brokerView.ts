import { type Access, mayAdminister } from "./access";
import type { BrokerFault, BrokerState } from "./broker";

/** What everybody may read of a broker that is offline. The detailed reasons name hosts, ports and users: they are for admins. */
const FAULTS: Readonly<Record<BrokerFault, string>> = {
  dns: "its address is not known",
  refused: "it refuses the connection",
  timeout: "it does not answer",
  tls: "no secure connection can be made",
  credentials: "it does not accept Telltale's sign-in",
  "not-authorized": "it does not let Telltale in",
  protocol: "it does not answer as an MQTT broker does",
  lost: "the connection was lost",
  "too-large": "it sends a message that is too large",
  other: "it cannot be connected",
};

/** Ends a sentence that names the broker; holds no address, no user name and no topic. */
export const openReason = (fault: BrokerFault): string => FAULTS[fault];

/** The broker's name and state, as everybody may know them. */
export function openBrokerState(state: BrokerState): BrokerState {
  switch (state.state) {
    case "offline":
      return { ...state, reason: `The broker is offline: ${openReason(state.fault)}. An admin sees the details.` };
    case "connected":
      return { ...state, refused: [] };
    case "connecting":
      return state;
  }
}

/** All states as this person may know them. */
export const brokerStatesFor = (access: Access, states: BrokerState[]): BrokerState[] =>
  mayAdminister(access) ? states : states.map(openBrokerState);
