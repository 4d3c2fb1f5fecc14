import { inWords } from "@/lib/texts/said";
import { type PlainKey, t } from "@/lib/texts/t";
import type { Connection, PointView } from "./store";

type Rule = (
  point: PointView | undefined,
  connection: Connection,
  /** The name of the point's broker while it takes no commands. */
  waitsFor?: string,
) => string | false | undefined;

/** Of a point that the reader may see and not operate. A page on which that is so everywhere says it once, in its header. */
export const viewOnlyReason = (): string => t("live.viewOnly");

/** The first that applies is told. The server decides anew: this only spares a person a refusal that is certain. */
const RULES: readonly Rule[] = [
  (point) => !point && t("live.pointNotKnown"),
  (point) => !point?.info.command && t("live.sensor"),
  (point) => !point?.info.operable && viewOnlyReason(),
  (point) => point?.info.command?.blocked,
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

/** Why a control cannot be used, in words; undefined: it can. */
export function disabledReason(...about: Parameters<Rule>): string | undefined {
  for (const rule of RULES) {
    const reason = rule(...about);
    if (reason) return reason;
  }
  return undefined;
}
