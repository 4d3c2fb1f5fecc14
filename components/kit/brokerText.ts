import type { BrokerFault, BrokerState, Flood } from "@/lib/broker";
import { unreachable } from "@/lib/result";
import { inWords } from "@/lib/texts/said";
import { type PlainKey, t } from "@/lib/texts/t";
import { timeFormat } from "@/lib/units/time";
import { lengthText } from "./lengthText";

/** What a person can do about each fault; the server's `reason` says what happened. */
const FAULT_ADVICE: Record<BrokerFault, PlainKey> = {
  dns: "kit.adviceNoSuchHost",
  refused: "kit.adviceNothingListens",
  timeout: "kit.adviceNoAnswer",
  tls: "kit.adviceTlsFailed",
  credentials: "kit.adviceWrongPassword",
  "not-authorized": "kit.adviceNotLetIn",
  protocol: "kit.adviceNotMqtt",
  lost: "kit.adviceConnectionLost",
  "too-large": "kit.adviceMessageTooLarge",
  other: "kit.adviceOther",
};

export const faultAdvice = (fault: BrokerFault): string => t(FAULT_ADVICE[fault]);

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

const clock = timeFormat({ timeStyle: "medium" });

/** The effect of a flood, in the browser's own time zone and number format. */
export function floodText({ now, since, lastAt, dropped }: Flood): string {
  const [from, to, many] = [clock.format(since), clock.format(lastAt), dropped.toLocaleString()];
  return now ? t("kit.floodNow", { many, from }) : t("kit.floodPast", { many, from, to });
}

/** What an admin can do about a flood. */
export const floodAdvice = (): string => t("kit.floodAdvice");

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
