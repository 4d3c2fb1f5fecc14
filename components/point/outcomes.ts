import type { Command } from "@/lib/command";
import type { Mark } from "../charts/draw";

/** How a command ended, for a mark on the chart and for a table. */
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

/** "confirmed after 0.3 s". What is unknown is never told as failed. */
export function outcomeText(command: Command): string {
  const unheard = command.unheard && command.state !== "confirmed" ? "; no device was listening for it" : "";
  const dismissed = command.dismissed ? `; dismissed by ${command.dismissed.by}` : "";
  return `${endText(command)}${unheard}${dismissed}`;
}

function endText(command: Command): string {
  switch (command.state) {
    case "refused":
      return command.code === "too-late" ? command.reason : `refused: ${command.reason}`;
    case "sent":
      return "sent";
    case "acked":
      return command.assumed ? "sent; this device reports no state" : "taken by the broker, waiting for the device";
    case "confirmed":
      return `confirmed ${command.late ? "late, " : ""}after ${seconds(command.endedAt - command.at)}`;
    case "unconfirmed":
      return "the device did not answer";
    case "failed":
      return `the broker refused it: ${command.reason}`;
    case "unknown":
      return `may or may not have happened: ${command.reason}`;
  }
}

const seconds = (ms: number): string => (ms < 950 ? `${Math.max(0, ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
