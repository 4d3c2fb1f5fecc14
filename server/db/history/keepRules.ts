import type { KeepFor } from "../../../lib/history";
import type { PointId } from "../../../lib/ids";
import type { HistoryStore } from "../../ports";

/**
 * How long each point's history is kept, by what its id says: `<registration>[/<level>…][.<key>]` (lib/ids.ts). The key stands
 * behind the last dot; where the rules know no such value, the registration's own rule holds.
 */
export function keepRules({ keep, otherwise }: Omit<Parameters<HistoryStore["tend"]>[0], "now">) {
  const rules = new Map(Object.entries(keep));
  return (point: PointId): KeepFor => {
    const registration = /^[^/.]*/.exec(point)?.[0] ?? "";
    const key = point.slice(point.lastIndexOf(".") + 1);
    return rules.get(`${registration}.${key}`) ?? rules.get(registration) ?? otherwise;
  };
}
