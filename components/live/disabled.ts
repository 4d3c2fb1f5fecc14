import type { Connection, PointView } from "./store";

type Rule = (
  point: PointView | undefined,
  connection: Connection,
  /** The name of the point's broker while it takes no commands. */
  waitsFor?: string,
) => string | false | undefined;

/** Of a point that the reader may see and not operate. A page on which that is so everywhere says it once, in its header. */
export const VIEW_ONLY = "View only: you may not operate this.";

/** The first that applies is told. The server decides anew: this only spares a person a refusal that is certain. */
const RULES: readonly Rule[] = [
  (point) => !point && "This point is not known.",
  (point) => !point?.info.command && "This is a sensor: there is nothing to operate.",
  (point) => !point?.info.operable && VIEW_ONLY,
  (point) => point?.info.command?.blocked,
  (_, connection) => NOT_LIVE[connection.state],
  (point) =>
    point?.status.freshness === "offline" && `Offline: ${point.status.reason ?? "the device does not answer"}.`,
  (_point, _connection, waitsFor) =>
    waitsFor !== undefined && `The broker "${waitsFor}" does not take commands yet: in a moment.`,
];

const NOT_LIVE: Record<Connection["state"], string | undefined> = {
  live: undefined,
  connecting: "Connecting to Telltale …",
  silent: "This page has received nothing from Telltale for 10 s.",
  offline: "This page is not connected to Telltale.",
  refused: "Telltale has ended this page's connection.",
};

/** Why a control cannot be used, in words; undefined: it can. */
export function disabledReason(...about: Parameters<Rule>): string | undefined {
  for (const rule of RULES) {
    const reason = rule(...about);
    if (reason) return reason;
  }
  return undefined;
}
