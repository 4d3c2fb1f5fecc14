import type { PointInfo } from "@/lib/point";
import type { PointStatus } from "@/lib/reading";
import { inWords } from "@/lib/texts/said";
import { type PlainKey, t } from "@/lib/texts/t";
import type { Connection } from "./store";

type Rule = (
  info: PointInfo | undefined,
  /** The point's status while its device is offline. */
  offline: PointStatus | undefined,
  connection: Connection,
  /** The name of the point's broker while it takes no commands. */
  waitsFor?: string,
) => string | false | undefined;

/** The reason for a point that the reader may only view. If that holds for the whole page, its header says it once instead. */
export const viewOnlyReason = (): string => t("live.viewOnly");

/** The first rule that applies gives the reason. The server decides itself; this only avoids certain refusals. */
const RULES: readonly Rule[] = [
  (info) => !info && t("live.pointNotKnown"),
  (info) => !info?.command && t("live.sensor"),
  (info) => !info?.operable && viewOnlyReason(),
  (info) => info?.command?.blocked && inWords(info.command.blocked),
  (_info, _offline, connection) => {
    const key = NOT_LIVE[connection.state];
    return key && t(key);
  },
  (_info, offline) =>
    offline && t("live.deviceOffline", { reason: inWords(offline.reason ?? t("live.deviceDoesNotAnswer")) }),
  (_info, _offline, _connection, waitsFor) => waitsFor !== undefined && t("live.brokerNotReady", { broker: waitsFor }),
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
