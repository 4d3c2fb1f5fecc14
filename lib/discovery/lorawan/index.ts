import type { Json } from "../../decoders/decoder";
import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Proposal } from "../announced";
import type { Book } from "../book";
import type { Convention } from "../convention";
import { get, type JsonObject, listOf, type Message, numberOf, objectOf, shapeOf, textOf } from "../message";
import { composite, jsonPath, single } from "../proposals";
import { measured } from "./measured";

/**
 * LoRaWAN servers: ChirpStack (`application/<id>/device/<eui>/event/up`, decoded in `object`; version 3 has no `deviceInfo`) and The
 * Things Stack v3 (`v3/<app>@<tenant>/devices/<id>/up`, decoded in `uplink_message.decoded_payload`). Only a device's uplinks show what
 * it measures.
 */
export const lorawan: Convention = {
  id: "lorawan",
  label: "LoRaWAN (ChirpStack, The Things Stack)",
  filters: [
    "application/+/device/+/event/+",
    "gateway/+/state/conn",
    "+/gateway/+/state/conn",
    "v3/+/devices/+/up",
    "v3/+/devices/+/join",
    "v3/+/devices/+/location/solved",
  ],
  repeats(message) {
    const json = message.object();
    const info = objectOf(get(json, "deviceInfo")) ?? json;
    return `${message.topic} ${textOf(get(info, "deviceName"))} ${textOf(get(info, "deviceProfileName"))} ${shapeOf(message.json(), 5)}`;
  },
  create(book) {
    return (message) => {
      const json = message.object();
      if (!json) return;
      if (message.levels.at(-1) === "conn") gateway(book, message, json);
      else if (message.levels[0] === "v3") thingsStack(book, message, json);
      else chirpstack(book, message, json);
    };
  },
};

function chirpstack(book: Book, message: Message, json: JsonObject): void {
  const eui = message.levels[3] ?? "";
  const info = objectOf(get(json, "deviceInfo")) ?? json;
  const name = textOf(get(info, "deviceName"));
  if (name === undefined) return;
  const model = textOf(get(info, "deviceProfileName"));
  if (!book.device(eui, dropUndefined({ name, model }))) return;
  const kind = message.levels[5];
  const within = { filter: message.topic, path: [kind === "location" ? "location" : "object"] };
  if (kind === "status") for (const entity of statusOf(json, message.topic)) book.entity(eui, entity);
  if (kind === "location") put(book, eui, [position(message.topic, ["location"], get(json, "location"))]);
  if (kind === "log") put(book, eui, [problem(message.topic, json)]);
  if (kind !== "up") return;
  put(book, eui, measured(get(json, "object"), within));
  put(book, eui, heard(message.topic, ["rxInfo"], get(json, "rxInfo")));
  put(book, eui, counted(message.topic, ["fCnt"], get(json, "fCnt")));
}

function put(book: Book, device: string, entities: Iterable<AnnouncedEntity | undefined>): void {
  for (const entity of entities) if (entity) book.entity(device, entity);
}

/** The device's health, as the network server requested it. */
function* statusOf(json: JsonObject, filter: string): IterableIterator<AnnouncedEntity> {
  const entity = (key: string, name: string, unit: string, more: Proposal): AnnouncedEntity =>
    single(
      { key: `status.${key}`, name, kind: "sensor", category: "diagnostic" },
      { filter, type: "number", unit, ...more },
    );
  const level = "{% if value_json.batteryLevelUnavailable %}None{% else %}{{ value_json.batteryLevel }}{% endif %}";
  if (get(json, "batteryLevel") !== undefined)
    yield entity(
      "battery",
      "Battery level",
      "%",
      get(json, "batteryLevelUnavailable") === undefined
        ? { value: "$.batteryLevel", partial: true }
        : { jinja: level },
    );
  if (get(json, "margin") !== undefined)
    yield entity("margin", "Link margin", "dB", { value: "$.margin", partial: true });
  if (typeof get(json, "externalPowerSource") === "boolean")
    yield single(
      { key: "status.power", name: "External power", kind: "binary_sensor", category: "diagnostic" },
      { filter, value: "$.externalPowerSource", partial: true, type: "boolean" },
    );
}

const problem = (filter: string, json: JsonObject): AnnouncedEntity | undefined =>
  textOf(get(json, "description")) === undefined
    ? undefined
    : single(
        { key: "log", name: "Last problem", kind: "event", category: "diagnostic" },
        { filter, value: "$.description", partial: true, type: "text" },
      );

/** A gateway that reports in JSON whether it is connected. */
function gateway(book: Book, message: Message, json: JsonObject): void {
  const id = message.levels.at(-3) ?? "";
  const state = textOf(get(json, "state"));
  if (state !== "ONLINE" && state !== "OFFLINE") return;
  const key = `gateway ${id}`;
  if (!book.device(key, { name: `Gateway ${id}` })) return;
  const words = { online: "ONLINE", offline: "OFFLINE" };
  book.entity(
    key,
    single(
      { key: "state", name: "Status", kind: "binary_sensor", category: "diagnostic" },
      {
        filter: message.topic,
        value: "$.state",
        type: "boolean",
        payloads: { on: words.online, off: words.offline },
        availability: { filter: message.topic, value: "$.state", ...words },
      },
    ),
  );
}

function thingsStack(book: Book, message: Message, json: JsonObject): void {
  const [, app = "", , id = ""] = message.levels;
  const key = `${app}/${id}`;
  const ids = objectOf(get(json, "end_device_ids"));
  const uplink = objectOf(get(json, "uplink_message"));
  const solved = objectOf(get(json, "location_solved"));
  if (!ids && !uplink) return;
  const versions = objectOf(get(uplink, "version_ids"));
  const facts = dropUndefined({
    name: textOf(get(ids, "device_id")) ?? id,
    maker: textOf(get(versions, "brand_id")),
    model: textOf(get(versions, "model_id")),
  });
  if (!book.device(key, facts)) return;
  if (solved) put(book, key, [position(message.topic, ["location_solved", "location"], get(solved, "location"))]);
  if (!uplink) return;
  const filter = message.topic;
  const decoded = get(uplink, "decoded_payload");
  const normal = get(uplink, "normalized_payload");
  put(book, key, measured(decoded, { filter, path: ["uplink_message", "decoded_payload"] }));
  // The normalized payload repeats the decoded one.
  if (decoded === undefined) put(book, key, normalized(normal, filter));
  put(book, key, heard(filter, ["uplink_message", "rx_metadata"], get(uplink, "rx_metadata")));
  put(book, key, counted(filter, ["uplink_message", "f_cnt"], get(uplink, "f_cnt")));
  const battery = objectOf(get(uplink, "last_battery_percentage"));
  if (numberOf(get(battery, "value")) !== undefined)
    book.entity(
      key,
      single(
        { key: "radio.battery", name: "Battery level", kind: "sensor", category: "diagnostic" },
        { filter, value: "$.uplink_message.last_battery_percentage.value", partial: true, type: "number", unit: "%" },
      ),
    );
  const [source] = Object.keys(objectOf(get(uplink, "locations")) ?? {});
  if (source !== undefined)
    put(book, key, [
      position(filter, ["uplink_message", "locations", source], get(objectOf(get(uplink, "locations")), source)),
    ]);
}

/** The fixed units of normalized payloads (https://www.thethingsindustries.com/docs/integrations/payload-formatters/). */
const NORMAL: Readonly<Record<string, string>> = {
  battery: "V",
  "air.temperature": "°C",
  "air.relativeHumidity": "%",
  "air.pressure": "hPa",
  "air.co2": "ppm",
  "air.lightIntensity": "lx",
  "soil.temperature": "°C",
  "soil.moisture": "%",
  "soil.ec": "dS/m",
  "water.temperature.current": "°C",
  "wind.speed": "m/s",
  "wind.direction": "°",
  "rain.intensity": "mm/h",
  "rain.cumulative": "mm",
};

function* normalized(list: Json | undefined, filter: string): IterableIterator<AnnouncedEntity> {
  for (const [i, one] of listOf(list).slice(0, 4).entries())
    for (const entity of measured(one, { filter, path: ["uplink_message", "normalized_payload", i] })) {
      const [part] = entity.parts;
      const unit = Object.hasOwn(NORMAL, entity.key) ? NORMAL[entity.key] : undefined;
      if (part && unit !== undefined)
        yield { ...entity, parts: [{ ...part, registration: { ...part.registration, unit } }] };
      else yield entity;
    }
}

/** The position that the network or the device reports. */
function position(filter: string, path: readonly string[], place: Json | undefined): AnnouncedEntity | undefined {
  const at = objectOf(place);
  if (numberOf(get(at, "latitude")) === undefined || numberOf(get(at, "longitude")) === undefined) return undefined;
  const degrees = (key: string): Proposal => ({
    filter,
    value: jsonPath(...path, key),
    partial: true,
    type: "number",
    unit: "°",
  });
  const text = (key: string): string => `{{ value_json${[...path, key].map((step) => `["${step}"]`).join("")} }}`;
  return composite({ key: `location.${path.join(".")}`, name: "Location", kind: "location" }, [
    { role: "latitude", registration: degrees("latitude") },
    { role: "longitude", registration: degrees("longitude") },
    ...(numberOf(get(at, "altitude")) === undefined
      ? []
      : [{ role: "altitude", registration: { ...degrees("altitude"), unit: "m" } }]),
    { role: "place", registration: { filter, type: "text", jinja: `geo:${text("latitude")},${text("longitude")}` } },
  ]);
}

/** How well the first gateway received it. */
function* heard(filter: string, within: readonly string[], list: Json | undefined): IterableIterator<AnnouncedEntity> {
  const first = objectOf(listOf(list)[0]);
  for (const [member, name, unit] of [
    ["rssi", "RSSI", "dBm"],
    ["snr", "SNR", "dB"],
    ["loRaSNR", "SNR", "dB"],
  ] as const)
    if (typeof get(first, member) === "number")
      yield single(
        { key: `radio.${member}`, name, kind: "sensor", category: "diagnostic" },
        { filter, value: jsonPath(...within, 0, member), partial: true, type: "number", unit },
      );
}

function* counted(filter: string, path: readonly string[], count: Json | undefined): IterableIterator<AnnouncedEntity> {
  if (typeof count === "number")
    yield single(
      { key: "radio.count", name: "Frame count", kind: "sensor", category: "diagnostic" },
      { filter, value: jsonPath(...path), partial: true, type: "number" },
    );
}
