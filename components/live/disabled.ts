import { inWords } from "@/lib/texts/said";
import { type PlainKey, t } from "@/lib/texts/t";
import type { Connection, PointView } from "./store";

type Rule = (
  point: PointView | undefined,
  connection: Connection,
  /** The name of the point's broker while it takes no commands. */
  waitsFor?: string,
) => string | false | undefined;

/** The reason for a point that the reader may only view. If that holds for the whole page, its header says it once instead. */
export const viewOnlyReason = (): string => t("live.viewOnly");

/** The first rule that applies gives the reason. The server decides itself; this only avoids certain refusals. */
const RULES: readonly Rule[] = [
  (point) => !point && t("live.pointNotKnown"),
  (point) => !point?.info.command && t("live.sensor"),
  (point) => !point?.info.operable && viewOnlyReason(),
  (point) => {
    const blocked = point?.info.command?.blocked;
    return blocked && inWords(blocked);
  },
  (_, connection) => {
    const key = NOT_LIVE[connection.state];
    return key && t(key);
  },
  (point) =>
    point?.status.freshness === "offline" &&
    t("live.deviceOffline", { reason: inWords(point.status.reason ?? t("live.deviceDoesNotAnswer")) }),
  (_point, _connection, waitsFor) => waitsFor !== undefined && t("live.brokerNotReady", { broker: waitsFor }),
];

const NOT_LIVE: Record<Connection["state"], PlainKey | undefined> = {
  live: undefined,
  connecting: "live.connectingTelltale",
  silent: "live.pageSilent",
  offline: "live.pageNotConnected",
  refused: "live.connectionEnded",
};

/** Why a control is disabled, in words; undefined if it is enabled. */
export function disabledReason(...about: Parameters<Rule>): string | undefined {
  for (const rule of RULES) {
    const reason = rule(...about);
    if (reason) return reason;
  }
  return undefined;
}
