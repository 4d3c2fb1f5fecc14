import { formatFields } from "./decoders/registry";
import type { Registration, ValueSpec } from "./registration";

/**
 * What a change of a registration's field does to the value that is shown. A new field must stand here, or it does not compile:
 * - `anew`: the value is read otherwise. The last message is read again; without one the point starts as unknown.
 * - `again`: what was read may be judged otherwise. The last message is read again; without one the value stays.
 * - `type`: read only for the type that it implies; another type is `anew`.
 * - `place`: says where the value comes from; judged by the topic and the broker that come of it.
 * - `described`: changes nothing of the value.
 */
export type FieldEffect = "anew" | "again" | "type" | "place" | "described";

/** Of a value, and of a registration with one value. */
export const VALUE_FIELDS = {
  value: "anew",
  transform: "anew",
  type: "anew",
  payloads: "anew",
  unit: "again",
  unknown: "again",
  precision: "type",
  range: "type",
  thresholds: "type",
  command: "type",
  name: "described",
  staleAfter: "described",
  words: "described",
  category: "described",
  part: "described",
  history: "described",
} as const satisfies Record<keyof ValueSpec, FieldEffect>;

/** A format is described anew by each of its fields. */
const formatEffects = Object.fromEntries(Object.keys(formatFields).map((field) => [field, "anew"])) as Record<
  keyof typeof formatFields,
  "anew"
>;

/** Of a registration as a whole. */
export const REGISTRATION_FIELDS = {
  ...VALUE_FIELDS,
  format: "anew",
  encoding: "anew",
  ...formatEffects,
  jinja: "anew",
  when: "anew",
  time: "anew",
  partial: "again",
  merge: "again",
  broker: "place",
  filter: "place",
  // Each of them is a point of its own, by its key.
  values: "described",
  id: "described",
  device: "described",
  area: "described",
  availability: "described",
  availabilityMode: "described",
  qos: "described",
} as const satisfies Record<keyof Registration, FieldEffect>;

/** The fields with an effect, as text: equal where nothing of it changed. `key`: of which of several values. */
export function readingText(registration: Registration, key: string | undefined, effect: "anew" | "again"): string {
  const spec = key === undefined ? undefined : registration.values?.[key];
  const all: unknown[] = [];
  for (const field of Object.keys(REGISTRATION_FIELDS) as (keyof typeof REGISTRATION_FIELDS)[]) {
    if (REGISTRATION_FIELDS[field] !== effect) continue;
    const own = Object.hasOwn(VALUE_FIELDS, field) ? spec?.[field as keyof ValueSpec] : undefined;
    all.push(own ?? registration[field] ?? null);
  }
  return JSON.stringify(all);
}
