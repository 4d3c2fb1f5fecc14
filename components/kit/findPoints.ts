import type { PointInfo } from "@/lib/point";

/** The points that have every word of the query in their name, device, area, topic or id, ignoring case. An empty query returns the same array. */
export function findPoints<P extends Pick<PointInfo, "id" | "name" | "device" | "area" | "topic">>(
  points: readonly P[],
  query: string,
): readonly P[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return points;
  return points.filter((p) => {
    const text = [p.name, p.device, p.area, p.topic, p.id].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
