import type { AlarmRule } from "@/lib/alarms/rule";
import { t } from "@/lib/texts/t";

/** What a rule judges, in a line. */
export function ruleText({ points, when, delay }: AlarmRule): string {
  const plain = conditionText(when);
  const condition = delay === undefined ? plain : t("alarms.withDelay", { condition: plain, delay });
  return t("alarms.ruleLine", { points: pointsText(points), condition });
}

function pointsText(points: AlarmRule["points"]): string {
  if (Array.isArray(points)) return points.join(", ");
  if ("device" in points) return t("alarms.pointsDevice", { device: points.device });
  if ("area" in points) return t("alarms.pointsArea", { area: points.area });
  return points.key === undefined ? points.filter : `${points.filter} .${points.key}`;
}

function conditionText(when: AlarmRule["when"]): string {
  const [kind = "offline", limit] = Object.entries(when).find(([, value]) => value !== undefined) ?? [];
  return t("alarms.conditionText", { kind, limit: limitText(limit) });
}

function limitText(limit: unknown): string {
  if (Array.isArray(limit)) return limit.join(" … ");
  if (typeof limit !== "object" || limit === null) return String(limit);
  const { by, within } = limit as { by: number; within: string };
  return `${by} / ${within}`;
}
