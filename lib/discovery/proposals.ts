import { dropUndefined } from "../dropUndefined";
import { member } from "../templates/jsonPath";
import { noReadingIn } from "../units/noReading";
import type { AnnouncedEntity, AnnouncedPart, EntityKind, Meaning, Proposal } from "./announced";
import { classOf } from "./deviceClass";

/** The JSONPath of these members. */
export const jsonPath = (...keys: readonly (string | number)[]): string =>
  `$${keys.map((key) => (typeof key === "number" ? `[${key}]` : member(key))).join("")}`;

/** An entity of one point. */
export const single = (
  entity: Omit<AnnouncedEntity, "parts" | "withdrawn">,
  registration: Proposal,
): AnnouncedEntity => ({
  ...dropUndefined(entity),
  parts: [{ role: "value", registration: named(registration, entity.name, entity) }],
});

/** An entity of one point by a row of the convention's table. The unit is taken from the registration, not from the row. */
export const meant = (
  key: string,
  { name, kind = "sensor", diagnostic }: Meaning,
  registration: Proposal,
): AnnouncedEntity =>
  single({ key, name, kind, ...(diagnostic && { category: "diagnostic" as const }) }, dropUndefined(registration));

/** An entity of several points; each is named after the entity and its role. */
export const composite = (
  entity: Omit<AnnouncedEntity, "parts" | "withdrawn">,
  parts: readonly AnnouncedPart[],
): AnnouncedEntity => ({
  ...dropUndefined(entity),
  parts: parts.map(({ role, registration }) => ({
    role,
    registration: named(
      registration,
      role === "state" || role === "value" ? entity.name : `${entity.name} ${ROLE_NAMES[role] ?? words(role)}`,
      entity,
    ),
  })),
});

const ROLE_NAMES: Readonly<Record<string, string>> = {
  color: "colour",
  color_temp: "colour temperature",
  color_xy: "colour",
  color_hs: "colour",
  rgb: "colour",
};

/** Kinds that report only when something happens: they never go stale, however regular their last readings were. */
const SPEAKS_ON_CHANGE: ReadonlySet<EntityKind> = new Set([
  "switch",
  "light",
  "cover",
  "fan",
  "lock",
  "siren",
  "valve",
  "button",
  "event",
]);

const named = (
  registration: Proposal,
  name: string,
  { kind, category }: Pick<AnnouncedEntity, "kind" | "category">,
): Proposal =>
  dropUndefined<Proposal>({
    ...registration,
    name: escapeName(registration.name ?? name).slice(0, 200) || "unnamed",
    staleAfter: registration.staleAfter ?? (SPEAKS_ON_CHANGE.has(kind) ? "never" : undefined),
    category: registration.category ?? category,
    deviceClass: registration.deviceClass ?? classOf(registration.name ?? name, registration.unit, kind),
    unknown: registration.unknown ?? noReadingIn(registration.unit),
  });

/** Names in a registration are templates, so `{1}` in a device's own name is replaced by `(1)`. */
export const escapeName = (name: string): string => name.replace(/\{(\d+)\}/g, "($1)");

/** "current_temperature", "batteryVoltage" and "fan-mode" as words. */
function words(key: string): string {
  const spaced = key
    // A new word starts only after two small letters, so that kPa and kWh stay one word.
    .replace(/([a-z]{2})([A-Z][a-z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return spaced || key;
}

/** The same with a capital, for names. */
export const titled = (key: string): string => {
  const text = words(key);
  return text.charAt(0).toUpperCase() + text.slice(1);
};
