import type { Command } from "@/lib/command";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import type { Mark } from "../charts/draw";

/** The mark of a command on the chart. */
export const markOf = (command: Command): Mark => ({ at: command.at, outcome: OUTCOME[command.state] });

const OUTCOME: Record<Command["state"], Mark["outcome"]> = {
  confirmed: "done",
  sent: "open",
  acked: "open",
  unconfirmed: "open",
  unknown: "open",
  failed: "refused",
  refused: "refused",
};

/** The outcome of a command: "confirmed after 0.3 s". An unknown outcome is never called failed. */
export function outcomeText(command: Command): string {
  const unheard = command.unheard && command.state !== "confirmed" ? t("point.nobodyListened") : "";
  const dismissed = command.dismissed ? t("point.dismissed", { by: command.dismissed.by }) : "";
  return `${endText(command)}${unheard}${dismissed}`;
}

function endText(command: Command): string {
  switch (command.state) {
    case "refused":
      return command.code === "too-late"
        ? inWords(command.reason)
        : t("point.refused", { reason: inWords(command.reason) });
    case "sent":
      return t("point.sent");
    case "acked":
      return command.assumed ? t("point.sentNoState") : t("point.takenByBroker");
    case "confirmed":
      return command.late
        ? t("point.confirmedLate", { after: seconds(command.endedAt - command.at) })
        : t("point.confirmed", { after: seconds(command.endedAt - command.at) });
    case "unconfirmed":
      return t("point.noAnswer");
    case "failed":
      return t("point.brokerRefused", { reason: inWords(command.reason) });
    case "unknown":
      return t("point.mayHaveHappened", { reason: inWords(command.reason) });
  }
}

const seconds = (ms: number): string =>
  ms < 950 ? t("point.milliseconds", { n: Math.max(0, ms) }) : t("kit.seconds", { n: (ms / 1000).toFixed(1) });
