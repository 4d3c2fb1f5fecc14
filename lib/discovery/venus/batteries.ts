import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity } from "../announced";
import { get, type JsonObject, listOf, numberOf, objectOf, textOf } from "../message";
import { jsonPath, single } from "../proposals";

/**
 * The list of all batteries on `system/<n>/Batteries` (https://github.com/victronenergy/venus/wiki/dbus#system): each entry is the battery
 * of the service `battery/<instance>`, which not every GX device publishes in full.
 */
const FIELDS: readonly [key: string, name: string, unit: string, own: string][] = [
  ["soc", "State of charge", "%", "Soc"],
  ["voltage", "DC voltage", "V", "Dc/0/Voltage"],
  ["current", "DC current", "A", "Dc/0/Current"],
  ["power", "DC power", "W", "Dc/0/Power"],
  ["temperature", "DC temperature", "°C", "Dc/0/Temperature"],
];
const MAX_BATTERIES = 50;

export interface ListedBattery {
  instance: number;
  name: string | undefined;
  entities: readonly AnnouncedEntity[];
}

/** What tells two lists apart: which batteries stand where, and what is known of each. */
export const shapeOfBatteries = (json: JsonObject): string =>
  batteriesIn(json)
    .map(({ item, instance }) => [instance, textOf(get(item, "name")), ...Object.keys(item)].join())
    .join(";");

export const listedBatteries = (topic: string, json: JsonObject): ListedBattery[] =>
  batteriesIn(json).map(({ item, instance, at }) => ({
    instance,
    name: textOf(get(item, "name")),
    entities: FIELDS.filter(([key]) => numberOf(get(item, key)) !== undefined).map(([key, name, unit, own]) =>
      single(
        // The same key as that of the battery's own topic, so that there is one point of each.
        { key: own, name, kind: "sensor" },
        dropUndefined({
          filter: topic,
          value: jsonPath("value", at, key),
          // The order of the list may change.
          when: `payload.value[${at}].instance == ${instance}`,
          partial: true,
          type: "number" as const,
          unit,
          staleAfter: "3m",
        }),
      ),
    ),
  }));

const batteriesIn = (json: JsonObject): { item: JsonObject; instance: number; at: number }[] =>
  listOf(get(json, "value"))
    .slice(0, MAX_BATTERIES)
    .flatMap((one, at) => {
      const item = objectOf(one);
      const instance = numberOf(get(item, "instance"));
      return item && instance !== undefined && Number.isInteger(instance) && instance >= 0
        ? [{ item, instance, at }]
        : [];
    });
