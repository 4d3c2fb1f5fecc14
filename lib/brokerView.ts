import { type Access, mayAdminister } from "./access";
import type { BrokerFault, BrokerState } from "./broker";
import { type SaidText, say } from "./texts/said";
import type { PlainKey } from "./texts/t";

/** What everybody may read of a broker that is offline. The detailed reasons name hosts, ports and users: they are for admins. */
const FAULTS = {
  dns: "commands.faultDns",
  refused: "commands.faultRefused",
  timeout: "commands.faultTimeout",
  tls: "commands.faultTls",
  credentials: "commands.faultCredentials",
  "not-authorized": "commands.faultNotAuthorized",
  protocol: "commands.faultProtocol",
  lost: "commands.faultLost",
  "too-large": "commands.faultTooLarge",
  other: "commands.faultOther",
} as const satisfies Readonly<Record<BrokerFault, PlainKey>>;

/** Ends a sentence that names the broker; holds no address, no user name and no topic. */
export const openReason = (fault: BrokerFault): SaidText => say(FAULTS[fault]);

/** The broker's name and state, as everybody may know them. */
export function openBrokerState(state: BrokerState): BrokerState {
  switch (state.state) {
    case "offline":
      return {
        ...state,
        reason: say("connection.offline", { why: openReason(state.fault) }),
      };
    case "connected": {
      const { url: _, ...open } = state;
      return { ...open, refused: [] };
    }
    case "connecting":
      return state;
  }
}

/** All states as this person may know them. */
export const brokerStatesFor = (access: Access, states: BrokerState[]): BrokerState[] =>
  mayAdminister(access) ? states : states.map(openBrokerState);
