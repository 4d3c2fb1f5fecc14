import { member } from "../templates/jsonPath";
import { noReadingIn } from "../units/noReading";
import type { AnnouncedEntity, AnnouncedPart, EntityKind, Meaning, Proposal } from "./announced";

/** A JSONPath from its members. */
export const jsonPath = (...keys: readonly (string | number)[]): string =>
  `$${keys.map((key) => (typeof key === "number" ? `[${key}]` : member(key))).join("")}`;

/** Without members that are undefined, so that it is as short as what a person would write. */
export const tidy = <T extends object>(o: T): T =>
  Object.fromEntries(Object.entries(o).filter(([, value]) => value !== undefined)) as T;

/** An entity of one point. */
export const single = (
  entity: Omit<AnnouncedEntity, "parts" | "withdrawn">,
  registration: Proposal,
): AnnouncedEntity => ({
  ...tidy(entity),
  parts: [{ role: "value", registration: named(registration, entity.name, entity) }],
});

/** An entity of one point, as its convention's table means it; the unit is the registration's affair. */
export const meant = (
  key: string,
  { name, kind = "sensor", diagnostic }: Meaning,
  registration: Proposal,
): AnnouncedEntity =>
  single({ key, name, kind, ...(diagnostic && { category: "diagnostic" as const }) }, tidy(registration));

/** An entity of several points; each is named after the entity and its role. */
export const composite = (
  entity: Omit<AnnouncedEntity, "parts" | "withdrawn">,
  parts: readonly AnnouncedPart[],
): AnnouncedEntity => ({
  ...tidy(entity),
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

/** Silent until someone touches them: however regular their last reports were, silence means nothing. */
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

const named = (registration: Proposal, name: string, { kind, category }: Pick<AnnouncedEntity, "kind" | "category">) =>
  tidy<Proposal>({
    ...registration,
    name: braces(registration.name ?? name),
    staleAfter: registration.staleAfter ?? (SPEAKS_ON_CHANGE.has(kind) ? "never" : undefined),
    category: registration.category ?? category,
    unknown: registration.unknown ?? noReadingIn(registration.unit),
  });

/** A name is a template where a registration has wildcards; a device's own braces are not ours. */
const braces = (name: string): string => name.replace(/\{(\d+)\}/g, "($1)").slice(0, 200) || "unnamed";

/** "current_temperature", "batteryVoltage" and "fan-mode" as words. */
function words(key: string): string {
  const spaced = key
    // Two small letters before it: kPa and kWh are one word.
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
