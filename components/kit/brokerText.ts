import type { BrokerState } from "@/lib/broker";
import { unreachable } from "@/lib/result";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import { lengthText } from "./lengthText";

/** The messages a second that Telltale receives, not all that the broker has. Low rates have a decimal, so that they do not read as 0. */
export const rateText = (rate: number): string =>
  t("kit.rate", { rate: rate > 0 && rate < 9.95 ? rate.toFixed(1) : Math.round(rate) });

/** One line about a broker at `now` (epoch ms). */
export function brokerLine(broker: BrokerState, now: number): string {
  switch (broker.state) {
    case "connected":
      if (broker.flood?.now) return t("kit.connectedFlood", { rate: rateText(broker.rate) });
      if (broker.short) return t("kit.connectedAgain", { times: broker.short.times });
      if (broker.takesCommands === false) return t("kit.connectedNoCommands");
      return broker.refused.length > 0
        ? t("kit.connectedRefused", { filters: t("kit.filters", { count: broker.refused.length }) })
        : t("kit.connected", { rate: rateText(broker.rate) });
    case "connecting":
      return t("kit.connecting", { length: lengthText(now - broker.since) });
    case "offline":
      return t("kit.brokerOfflineFor", {
        length: lengthText(now - broker.since),
        attempts: attempts(broker.short),
        reason: inWords(broker.reason),
      });
    default:
      return unreachable(broker);
  }
}

/** How often the broker accepted a connection and closed it again. */
export const attempts = (short: BrokerState["short"]): string =>
  short ? t("kit.shortConnections", { times: short.times }) : "";

/** The broker's light. */
export function brokerLight(broker: BrokerState): "live" | "warning" | "waiting" | "offline" {
  switch (broker.state) {
    case "connected":
      if (broker.refused.length > 0 || broker.flood?.now || broker.short) return "warning";
      return broker.takesCommands === false ? "waiting" : "live";
    case "connecting":
      return "waiting";
    case "offline":
      return "offline";
    default:
      return unreachable(broker);
  }
}
