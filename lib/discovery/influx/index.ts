import { decoders } from "../../decoders/registry";
import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, EntityKind, Proposal } from "../announced";
import type { Book } from "../book";
import { type BoundedMap, boundedMap, type Convention } from "../convention";
import { typeOfSample } from "../infer";
import { get, isObject, type JsonObject, type Message, textOf } from "../message";
import { jsonPath, single, titled } from "../proposals";
import { unitOf } from "./units";

/**
 * Telegraf's MQTT output (https://docs.influxdata.com/telegraf/v1/output-plugins/mqtt/) and all else that sends InfluxDB line protocol, or
 * Telegraf's JSON `{fields, name, tags, timestamp}`. The device is the tag `host`, else the measurement; other tags tell the series of
 * one topic apart. On other topics than Telegraf's usual ones the payload itself shows what it is.
 */
export const influx: Convention = {
  id: "influx",
  label: "Telegraf, InfluxDB line protocol",
  filters: ["telegraf/#"],
  shapes: ["#"],
  create(book, ask) {
    const places = boundedMap<Place>(5000);
    const asked = boundedMap<true>(5000);
    return (message) => {
      const metric = metricOf(message);
      if (!metric) return;
      if (message.levels[0] !== "telegraf" && !asked.get(message.topic)) {
        asked.set(message.topic, true);
        ask(message.topic);
      }
      announce(book, places, message, metric);
    };
  },
};

interface Metric {
  measurement: string;
  tags: readonly (readonly [key: string, value: string])[];
  fields: readonly (readonly [key: string, value: string | number | boolean])[];
  isJson: boolean;
}

const MAX_BYTES = 16 * 1024;
const MAX_TAGS = 12;
const MAX_FIELDS = 200;

function metricOf(message: Message): Metric | undefined {
  if (message.empty || message.payload.length > MAX_BYTES) return undefined;
  if (message.payload[0] === 0x7b) return jsonMetric(message.object(MAX_BYTES));
  // Only what leaves no doubt, below Telegraf's usual prefix too.
  if (!decoders.influx.isLikely?.(message.payload)) return undefined;
  const document = decoders.influx.decode(message.payload);
  const json = document.ok && isObject(document.value) ? document.value : undefined;
  const measurement = textOf(get(json, "measurement"));
  const tags = get(json, "tags");
  if (!json || measurement === undefined || !isObject(tags)) return undefined;
  return made(measurement, tags, without(json, ["measurement", "tags", "time"]), false);
}

function jsonMetric(json: JsonObject | undefined): Metric | undefined {
  const measurement = get(json, "name");
  const fields = get(json, "fields");
  const tags = get(json, "tags");
  if (typeof measurement !== "string" || measurement === "" || !isObject(fields) || !isObject(tags)) return undefined;
  return typeof get(json, "timestamp") === "number" ? made(measurement, tags, fields, true) : undefined;
}

const without = (json: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)));

function made(measurement: string, tags: JsonObject, fields: JsonObject, isJson: boolean): Metric | undefined {
  const told = Object.entries(tags).flatMap(([key, value]) =>
    typeof value === "string" ? [[key, value] as const] : [],
  );
  const said = Object.entries(fields).flatMap(([key, value]) =>
    typeof value === "object" || value === null ? [] : [[key, value] as const],
  );
  if (told.length > MAX_TAGS || said.length === 0 || measurement.length > 100) return undefined;
  return { measurement, tags: told.sort(([a], [b]) => (a < b ? -1 : 1)), fields: said.slice(0, MAX_FIELDS), isJson };
}

interface Series {
  tags: Metric["tags"];
  /** Its fields with the entity of each, which is called by the tags in which series differ. */
  fields: Map<string, (behind: string) => AnnouncedEntity>;
}

/** The series of one measurement on one topic. */
interface Place {
  series: Map<string, Series>;
  /** The tags in which they differ. */
  apart: Set<string>;
}

const MAX_SERIES = 100;

function announce(book: Book, places: BoundedMap<Place>, message: Message, metric: Metric): void {
  const { measurement, tags } = metric;
  const host = tags.find(([key]) => key === "host")?.[1];
  const key = host === undefined ? `${message.topic} ${measurement}` : `host ${host}`;
  const place = places.open(`${message.topic} ${key} ${measurement}`, () => ({ series: new Map(), apart: new Set() }));
  const id = JSON.stringify(tags);
  const known = place.series.get(id);
  if (known && metric.fields.every(([field]) => known.fields.has(field))) return;
  if (!known && place.series.size >= MAX_SERIES) {
    book.cap();
    return;
  }
  const name = host ?? titled(measurement);
  if (!book.has(key) && !book.device(key, { name })) return;
  const series = known ?? { tags, fields: new Map() };
  place.series.set(id, series);
  for (const [field, value] of metric.fields)
    if (!series.fields.has(field))
      series.fields.set(field, (behind: string) => entityOf(message, metric, field, value, behind));
  const widened = widen(place, tags);
  for (const one of widened ? place.series.values() : [series])
    for (const make of one.fields.values()) book.entity(key, make(behindOf(one.tags, place.apart)));
}

/** Notes in which tags this series differs from the others; returns whether these are more than before. */
function widen(place: Place, tags: Metric["tags"]): boolean {
  const before = place.apart.size;
  const own = new Map(tags);
  for (const { tags: others } of place.series.values()) {
    for (const [key, value] of others) if (own.get(key) !== value) place.apart.add(key);
    const there = new Set(others.map(([key]) => key));
    for (const [key] of tags) if (!there.has(key)) place.apart.add(key);
  }
  return place.apart.size > before;
}

const behindOf = (tags: Metric["tags"], apart: ReadonlySet<string>): string =>
  tags.flatMap(([key, value]) => (apart.has(key) ? [value] : [])).join(" ");

function entityOf(
  message: Message,
  { measurement, tags, isJson }: Metric,
  field: string,
  value: string | number | boolean,
  behind: string,
): AnnouncedEntity {
  const isDevice = tags.every(([key]) => key !== "host");
  const words = [...(isDevice ? [] : [measurement]), behind, ...(field === "value" && !isDevice ? [] : [field])];
  const kind: EntityKind = typeof value === "boolean" ? "binary_sensor" : "sensor";
  const root = isJson ? "payload.name" : "payload.measurement";
  const registration: Proposal = dropUndefined({
    filter: message.topic,
    format: isJson ? undefined : ("influx" as const),
    value: isJson ? jsonPath("fields", field) : jsonPath(field),
    // One topic may carry several measurements and series, and each has its own fields.
    when: [
      `${root} == ${JSON.stringify(measurement)}`,
      ...tags.map(([key, tag]) => `payload.tags[${JSON.stringify(key)}] == ${JSON.stringify(tag)}`),
    ].join(" && "),
    partial: true,
    type: typeOfSample(value) ?? "text",
    unit: typeof value === "number" ? unitOf(measurement, field) : undefined,
  });
  return single(
    {
      key: JSON.stringify([message.topic, measurement, ...tags.flat(), field]).slice(0, 480),
      name: nameOf(words),
      kind,
    },
    registration,
  );
}

const nameOf = (words: readonly string[]): string => {
  const text = words
    .filter((word) => word !== "")
    .join(" ")
    .replace(/[_\s]+/g, " ")
    .trim();
  return titled(text).slice(0, 200) || "Value";
};
