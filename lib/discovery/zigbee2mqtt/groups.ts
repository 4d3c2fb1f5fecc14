import type { Json } from "../../decoders/decoder";
import { get, type JsonObject, listOf, objectOf, textOf } from "../message";

/** The types that Zigbee2MQTT forwards to all members of a group and publishes for the group itself. */
const SHARED = new Set(["light", "switch", "cover", "lock"]);

/** A device's exposes that its groups share. */
export const sharedByGroups = (exposes: readonly Json[]): JsonObject[] =>
  exposes
    .map((one) => objectOf(one))
    .filter((one) => one !== undefined)
    .filter((one) => SHARED.has(textOf(get(one, "type")) ?? ""));

/**
 * A group's exposes, from those of its members: it can be dimmed if any member can. A group has no endpoints, so a member's `state_l1`
 * becomes `state`.
 */
export function groupExposes(members: readonly (readonly JsonObject[])[]): JsonObject[] {
  const byType = new Map<string, Map<string, JsonObject>>();
  for (const expose of members.flat()) {
    const type = textOf(get(expose, "type")) ?? "";
    const features = byType.get(type) ?? new Map<string, JsonObject>();
    byType.set(type, features);
    for (const item of listOf(get(expose, "features"))) {
      const feature = objectOf(item);
      const name = textOf(get(feature, "name"));
      if (feature && name !== undefined && !features.has(name)) features.set(name, withoutEndpoint(feature));
    }
  }
  return [...byType].map(([type, features]) => ({ type, features: [...features.values()] }));
}

function withoutEndpoint({ endpoint, ...feature }: JsonObject): JsonObject {
  const { property } = feature;
  const end = `_${endpoint}`;
  if (typeof endpoint !== "string" || typeof property !== "string" || !property.endsWith(end)) return feature;
  return { ...feature, property: property.slice(0, -end.length) };
}
