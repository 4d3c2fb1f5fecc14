import type { Json } from "../../decoders/decoder";
import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Proposal } from "../announced";
import { type Leaf, leavesOf, likelyUnit, spelledUnit, typeOfSample } from "../infer";
import { isObject, numberOf } from "../message";
import { composite, jsonPath, single, titled } from "../proposals";

/** Where the decoded payload is: the topic filter, and the path in its messages. */
export interface Within {
  filter: string;
  path: readonly (string | number)[];
}

/** The entities of a payload that a device's codec decoded. Names are the codec's own; units are mostly inferred from them. */
export function* measured(
  document: Json | undefined,
  { filter, path: within }: Within,
): IterableIterator<AnnouncedEntity> {
  if (document === undefined) return;
  const found = pairs(document, leavesOf(document))
    .filter(isOpen)
    .map((leaf) => ({
      leaf,
      entity: entityOf(leaf, { filter, value: jsonPath(...within, ...leaf.path), partial: true }),
    }));
  const names = found.map(({ entity }) => entity.name);
  // Entities that would have the same name keep the codec's full path as their name.
  for (const { leaf, entity } of found)
    yield leaf.name !== undefined || names.indexOf(entity.name) === names.lastIndexOf(entity.name)
      ? entity
      : renamed(
          entity,
          leaf.path.map((step) => (typeof step === "number" ? String(step + 1) : titled(step))).join(" "),
        );
  for (const [at, keys] of placesIn(document))
    yield composite({ key: ["@location", ...at].join("."), name: "Location", kind: "location" }, [
      {
        role: "place",
        registration: {
          filter,
          type: "text",
          jinja: keys
            .map((key) => `{{ value_json${inJinja([...within, ...at, key])} }}`)
            .join(",")
            .replace(/^/, "geo:"),
        },
      },
    ]);
}

const renamed = ({ parts, ...entity }: AnnouncedEntity, name: string): AnnouncedEntity => ({
  ...entity,
  name,
  parts: parts.map((part) => ({ ...part, registration: { ...part.registration, name } })),
});

const inJinja = (path: readonly (string | number)[]): string =>
  path.map((step) => `[${JSON.stringify(step)}]`).join("");

/** Coordinates at the top of the document or one level below. */
function placesIn(document: Json): [readonly string[], readonly [string, string]][] {
  if (!isObject(document)) return [];
  const inner = Object.entries(document).filter(([, child]) => isObject(child));
  return [[[], document] as const, ...inner.map(([key, child]) => [[key], child] as const)].flatMap(([at, node]) => {
    const keys = PLACES.find((names) => names.every((name) => isObject(node) && numberOf(node[name]) !== undefined));
    return keys ? [[at, keys] as [readonly string[], readonly [string, string]]] : [];
  });
}
const PLACES: readonly (readonly [string, string])[] = [
  ["latitude", "longitude"],
  ["Latitude", "Longitude"],
  ["lat", "lon"],
  ["lat", "lng"],
];

/** `{"data": 230, "unit": "V"}`: one value and its unit, not two values. */
function pairs(document: Json, leaves: readonly Leaf[]): Leaf[] {
  return leaves.flatMap((leaf) => {
    const last = leaf.path.at(-1);
    const parent = leaf.path.slice(0, -1).reduce<Json | undefined>((node, step) => child(node, step), document);
    if (leaf.path.length < 2 || !isObject(parent) || typeof parent.unit !== "string") return [leaf];
    if (last === "unit" && (typeof parent.data === "number" || typeof parent.value === "number")) return [];
    return last === "data" ? [{ ...leaf, unit: parent.unit.slice(0, 40) }] : [leaf];
  });
}

const child = (node: Json | undefined, step: string | number): Json | undefined =>
  Array.isArray(node) ? node[Number(step)] : isObject(node) && Object.hasOwn(node, step) ? node[step] : undefined;

/** Encryption keys and passwords must not get onto a dashboard. */
const isOpen = ({ path }: Leaf): boolean =>
  !/(app|nwk|net|join|decryption|encryption|session)_?s?_?key$|password/i.test(String(path.at(-1)));

/** Path steps that add nothing to a name. */
const isFiller = (step: string | number): boolean => step === "value" || step === "data";

function entityOf({ path, value, unit, name }: Leaf, place: Proposal): AnnouncedEntity {
  const shown = path.length > 1 ? path.filter((step) => !isFiller(step)) : path;
  const key = [...shown].reverse().find((step) => typeof step === "string" && !/^\d+$/.test(step)) ?? path.at(-1);
  const sample = typeof value === "string" && /^-?\d{1,7}(\.\d+)?$/.test(value) ? Number(value) : value;
  const guessed = typeof sample === "number" ? (unit ?? unitOf(String(key), sample)) : undefined;
  // A text of digits may be a number or an id. It is a number for sure only if its key has a unit, or its text does.
  const said =
    typeof value === "string" && /^-?\d+(\.\d+)? ?(°C|°F|%|mm|cm|m|V|mV|mA|A|W|kWh|hPa|kPa|ppm|lux|lx)$/.test(value);
  const type =
    typeof value === "string" ? (guessed !== undefined || said ? ("number" as const) : "text") : typeOfSample(value);
  return single(
    {
      key: path.join("."),
      name: name ?? nameOf(shown, guessed),
      kind: type === "boolean" ? "binary_sensor" : "sensor",
    },
    dropUndefined({
      ...place,
      type,
      unit: guessed,
    }),
  );
}

/** Common short forms in codecs. */
const SHORT: Readonly<Record<string, string>> = {
  temp: "temperature",
  tempc: "temperature",
  tempf: "temperature",
  hum: "humidity",
  humi: "humidity",
  rh: "humidity",
  bat: "battery",
  batt: "battery",
  batv: "battery voltage",
  vbat: "battery voltage",
  ill: "illuminance",
  lux: "illuminance",
  press: "pressure",
  moist: "moisture",
  lat: "latitude",
  lon: "longitude",
  lng: "longitude",
  co2: "CO2",
  tvoc: "TVOC",
  voc: "VOC",
  adc: "ADC",
};
const UNIT = /^(c|f|lux|lx|ppm|ppb|hpa|kpa|mv|v|ma|a|mm|cm|percent|pct|wh|kwh|w)$/i;

/** "TempC_SHT" is the temperature of the SHT, "batt_mv" the battery's voltage. */
function nameOf(path: readonly (string | number)[], unit: string | undefined): string {
  const text = path.map((step) => (typeof step === "number" ? String(step + 1) : inWords(step, unit))).join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function inWords(key: string, unit: string | undefined): string {
  const steps = key.split(/[_\s]+/).filter(Boolean);
  // The unit is shown beside the value, so it is not part of the name.
  if (unit !== undefined && steps.length > 1 && UNIT.test(steps.at(-1) ?? "")) steps.pop();
  const words = steps.map((step) => (Object.hasOwn(SHORT, step.toLowerCase()) ? SHORT[step.toLowerCase()] : step));
  if (/^m?V$/.test(unit ?? "") && words.length === 1 && words[0] === "battery") return "Battery voltage";
  return titled(words.join(" "));
}

/** Units of keys that are common in LoRaWAN codecs, with the values for which they are plausible. */
const KNOWN: readonly [RegExp, string, readonly [number, number]][] = [
  // A battery level is a percentage; below 50 it may also be a voltage.
  [/^bat(t|tery)?(_?level)?$/i, "%", [50, 100]],
  [/^bat(t|tery)?(_?level)?$/i, "V", [1.8, 4.4]],
  [/^(bat(t|tery)?_?v(olts?|oltage)?|v_?bat(t|tery)?)$/i, "V", [0, 60]],
  [/temp(erature)?_?c(_|\d|$)/i, "°C", [-100, 400]],
  [/^temp(erature)?(_?(sensor|soil|sht|ds|probe|internal|external|in|out))?(_?\d+)?$/i, "°C", [-100, 400]],
  [/^(rel(ative)?_?)?hum(idity)?(_?(sensor|sht|air))?(_?\d+)?$/i, "%", [0, 110]],
  [/^(water|moisture|moist)_?soil$/i, "%", [0, 100]],
  [/^(barometer|barometric_?pressure)(_?\d+)?$/i, "hPa", [800, 1100]],
  [/^(illuminance(_?sensor)?|luminosity|ill_?lx|lux|light_?lux)(_?\d+)?$/i, "lx", [0, 250_000]],
  [/^voltage_?l[123]$/i, "V", [0, 500]],
];
/** Keys whose unit differs between codecs. */
const VAGUE = /^(t?voc|total_?voc|light_?level)$/i;

function unitOf(key: string, sample: number): string | undefined {
  const spelled = spelledUnit(key);
  if (spelled !== undefined) return spelled;
  const known = KNOWN.find(([pattern, , [low, high]]) => pattern.test(key) && sample >= low && sample <= high);
  if (known && !(known[1] === "V" && Number.isInteger(sample) && sample > 60)) return known[1];
  if (VAGUE.test(key)) return undefined;
  const unit = likelyUnit(key, sample);
  // Only a pressure of the atmosphere is surely in hPa; pressures in pipes come in any unit.
  return unit === "hPa" && (sample < 800 || sample > 1100) ? undefined : unit;
}
