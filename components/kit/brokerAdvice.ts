import type { BrokerFault, Flood } from "@/lib/broker";
import { type PlainKey, t } from "@/lib/texts/t";
import { timeFormat } from "@/lib/units/time";

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

const clock = timeFormat({ timeStyle: "medium" });

/** The effect of a flood, in the browser's own time zone and number format. */
export function floodText({ now, since, lastAt, dropped }: Flood): string {
  const [from, to, many] = [clock.format(since), clock.format(lastAt), dropped.toLocaleString()];
  return now ? t("kit.floodNow", { many, from }) : t("kit.floodPast", { many, from, to });
}

/** What an admin can do about a flood. */
export const floodAdvice = (): string => t("kit.floodAdvice");
