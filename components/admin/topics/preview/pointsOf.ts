import type { CompiledRegistration } from "@/lib/compiled";
import { t } from "@/lib/texts/t";
import { wildcardLevels } from "@/lib/topics/match";

export interface ResultingPoint {
  id: string;
  name: string;
}

/** The points that a registration has for these topics; without a wildcard they do not depend on the topics. */
export function pointsOf(compiled: CompiledRegistration, topics: readonly string[]): ResultingPoint[] {
  const { filter } = compiled;
  const seen = compiled.wildcard && filter !== undefined ? topics : [filter];
  const points = new Map<string, ResultingPoint>();
  for (const topic of seen) {
    const levels = filter !== undefined && topic !== undefined ? wildcardLevels(filter, topic) : [];
    for (const { id, info } of compiled.points(levels, topic)) points.set(id, { id, name: info.name });
  }
  return [...points.values()];
}

const SHOWN = 4;

/** A sentence about the points that saving will create. */
export function pointsSentence(points: readonly ResultingPoint[], wildcard: boolean): string {
  if (points.length === 0) return t("registration.pointsLater");
  const names = points.slice(0, SHOWN).map((point) => point.name);
  const more = points.length - names.length;
  const first = names.join(", ");
  const list = more > 0 ? t("registration.namesAndMore", { names: first, count: more }) : first;
  return t(wildcard ? "registration.pointsSoFar" : "registration.pointsGiven", { count: points.length, names: list });
}
