import type { Json } from "../../decoders/decoder";
import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, AnnouncedPart, Proposal } from "../announced";
import { get, isObject, type JsonObject, type Message, numberOf, textOf } from "../message";
import { prefixed } from "../prefixed";
import { composite, jsonPath, single } from "../proposals";
import { circuit, type Entity, general, hotWater } from "./keys";

const DEVICES: Readonly<Record<string, string>> = {
  boiler: "Boiler",
  thermostat: "Thermostat",
  mixer: "Mixer",
  solar: "Solar",
  heatpump: "Heat pump",
  heatsource: "Heat source",
  water: "Water",
};
const HEARTBEAT: readonly (readonly [key: string, entity: Entity])[] = [
  ["bus_status", { name: "Bus status", is: "text" }],
  ["rssi", { name: "Wifi signal", unit: "dBm" }],
  ["wifistrength", { name: "Wifi strength", unit: "%" }],
  ["uptime_sec", { name: "Uptime", unit: "s" }],
  ["rxfails", { name: "Receive failures" }],
  ["txfails", { name: "Transmit failures" }],
];
const DATA = /^([a-z]+)_data(?:_(dhw|ww))?$/;
const CIRCUIT = /^hc[1-8]$/;

/**
 * EMS-ESP (https://emsesp.org): a JSON document for each appliance on the heating's bus, `<prefix>/boiler_data`. Only keys of its table of
 * entities are shown. A room temperature and a mode are set by `<prefix>/thermostat/hc1/<entity>`.
 */
export const emsesp = prefixed({
  id: "emsesp",
  label: "EMS-ESP",
  prefixes: ["ems-esp"],
  marks: [
    ...["boiler", "thermostat", "heatpump"].map((device) => ({
      below: `${device}_data`,
      mark: "data",
      fits: (message: Message) => knownIn(message.object()) > 1,
    })),
    {
      below: "heartbeat",
      mark: "heartbeat",
      fits: (message) => textOf(get(message.object(), "bus_status")) !== undefined,
    },
  ],
  isClear: (marks) => marks.size > 0,
  create: (book) => (prefix, below, message) => {
    const json = message.object();
    const [what = ""] = below;
    if (!json || below.length !== 1) return;
    const common: Proposal = {
      filter: message.topic,
      partial: true,
      availability: { filter: `${prefix}/status`, online: "online", offline: "offline" },
    };
    const put = (key: string, name: string, entities: Iterable<AnnouncedEntity>): void => {
      for (const entity of entities)
        if (book.has(key) || book.device(key, { name, maker: "EMS-ESP" })) book.entity(key, entity);
    };
    if (what === "heartbeat") {
      const found = HEARTBEAT.flatMap(([key, entity]) => made(key, [key], get(json, key), entity, common, true) ?? []);
      return put(prefix, "EMS-ESP", found);
    }
    const [, device = "", part] = DATA.exec(what) ?? [];
    if (!Object.hasOwn(DEVICES, device)) return;
    put(
      `${prefix}/${device}`,
      DEVICES[device] as string,
      entitiesOf(`${prefix}/${device}`, json, part !== undefined, common),
    );
  },
});

/** How many keys are in the table: that of a heating circuit, or of the appliance. */
const knownIn = (json: JsonObject | undefined): number =>
  Object.entries(json ?? {}).reduce(
    (sum, [key, value]) =>
      sum + (CIRCUIT.test(key) && isObject(value) ? 2 : general.has(key) && !isObject(value) ? 1 : 0),
    0,
  );

function* entitiesOf(base: string, json: JsonObject, water: boolean, common: Proposal): Generator<AnnouncedEntity> {
  for (const [key, value] of Object.entries(json).slice(0, 300)) {
    const inner = isObject(value) ? value : undefined;
    if (inner && CIRCUIT.test(key)) yield* circuitOf(base, key, inner, common);
    else if (inner && key === "dhw") yield* listed(inner, hotWater, ["dhw"], common, "Hot water");
    else if (!inner) {
      // Before version 3.7 these keys began with ww, and the document ended with it.
      const plain = water ? key.replace(/^ww/, "") : key;
      const entity = (water ? hotWater : general).get(plain);
      const found =
        entity &&
        made(`${water ? "dhw." : ""}${plain}`, [key], value, water ? named("Hot water", entity) : entity, common);
      if (found) yield found;
    }
  }
}

function* listed(
  json: JsonObject,
  table: ReadonlyMap<string, Entity>,
  path: readonly string[],
  common: Proposal,
  of: string,
): Generator<AnnouncedEntity> {
  for (const [key, value] of Object.entries(json).slice(0, 100)) {
    const entity = table.get(key);
    const found = entity && made([...path, key].join("."), [...path, key], value, named(of, entity), common);
    if (found) yield found;
  }
}

/** A heating circuit of a thermostat: its temperatures and mode are one thing. */
function* circuitOf(base: string, id: string, json: JsonObject, common: Proposal): Generator<AnnouncedEntity> {
  yield* listed(json, circuit, [id], common, id.toUpperCase());
  const parts: AnnouncedPart[] = [];
  const at = (key: string): Proposal => ({ ...common, value: jsonPath(id, key) });
  if (numberOf(get(json, "currtemp")) !== undefined)
    parts.push({ role: "current_temperature", registration: { ...at("currtemp"), type: "number", unit: "°C" } });
  if (numberOf(get(json, "seltemp")) !== undefined)
    parts.push({
      role: "target_temperature",
      registration: {
        ...at("seltemp"),
        type: "number",
        unit: "°C",
        command: { topic: `${base}/${id}/seltemp`, min: 5, max: 30, step: 0.5 },
      },
    });
  if (typeof get(json, "mode") === "string")
    parts.push({
      role: "mode",
      registration: { ...at("mode"), type: "text", command: { topic: `${base}/${id}/mode` } },
    });
  if (parts.length > 0) yield composite({ key: id, name: id.toUpperCase(), kind: "climate" }, parts);
}

const named = (of: string, entity: Entity): Entity => ({
  ...entity,
  name: `${of} ${entity.name.charAt(0).toLowerCase()}${entity.name.slice(1)}`,
});

/** The owner chooses how on and off are written. */
const PAIRS: readonly (readonly [on: string, off: string])[] = [
  ["on", "off"],
  ["ON", "OFF"],
  ["true", "false"],
  ["1", "0"],
];

function made(
  key: string,
  path: readonly string[],
  value: Json | undefined,
  { name, unit, is }: Entity,
  common: Proposal,
  diagnostic = false,
): AnnouncedEntity | undefined {
  if (value === undefined || typeof value === "object") return undefined;
  const place: Proposal = { ...common, value: jsonPath(...path) };
  const entity = { key, name, ...(diagnostic && { category: "diagnostic" as const }) };
  if (is === "flag") {
    const pair = PAIRS.find((words) => words.includes(String(value)));
    return pair
      ? single(
          { ...entity, kind: "binary_sensor" },
          { ...place, type: "boolean", payloads: { on: pair[0], off: pair[1] } },
        )
      : undefined;
  }
  if (is === "text")
    return typeof value === "string" ? single({ ...entity, kind: "sensor" }, { ...place, type: "text" }) : undefined;
  return numberOf(value) === undefined || typeof value === "boolean"
    ? undefined
    : single({ ...entity, kind: "sensor" }, dropUndefined<Proposal>({ ...place, type: "number", unit }));
}
