import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Meaning, Proposal } from "../announced";
import { boundedMap, type Convention } from "../convention";
import { get, type JsonObject, type Message, numberOf, objectOf, shapeOf, textOf } from "../message";
import { composite, meant, single } from "../proposals";
import { hardwareName, OTHERS, TELEMETRY } from "./keys";

/**
 * Meshtastic's JSON (https://meshtastic.org/docs/software/integrations/mqtt/): `msh/<region>/2/json/<channel>/!<gateway>`. The topic names
 * the gateway that received the message; the node that sent it is `from`. So many nodes share one topic, and one node is on many topics.
 * `msh/<region>/2/stat/!<gateway>` says whether a gateway is connected.
 */
export const meshtastic: Convention = {
  id: "meshtastic",
  label: "Meshtastic",
  // The owner may choose the root topic.
  filters: ["msh/#", "+/2/json/+/+", "+/+/2/json/+/+", "+/2/stat/+", "+/+/2/stat/+"],
  repeats(message) {
    const json = message.object();
    const type = textOf(get(json, "type"));
    return type === "nodeinfo" ? undefined : `${message.topic} ${textOf(get(json, "from"))} ${type} ${shapeOf(json)}`;
  },
  create(book) {
    const names = boundedMap<{ name: string; model: string | undefined }>(5000);
    return (message) => {
      const { levels } = message;
      if (levels.at(-2) === "stat") return stat(levels.at(-1) ?? "", message);
      const at = levels.lastIndexOf("json");
      const json = message.object();
      const from = numberOf(get(json, "from"));
      if (!json || at < 1 || (levels.length !== at + 3 && levels.length !== at + 2)) return;
      if (from === undefined || !Number.isInteger(from) || from > 0xffffffff || from < -0x80000000) return;
      // Old firmware sends the node number as a signed integer.
      const key = `!${(from >>> 0).toString(16).padStart(8, "0")}`;
      const payload = objectOf(get(json, "payload"));
      const type = textOf(get(json, "type"));
      if (type === "nodeinfo") {
        const name = textOf(get(payload, "longname"));
        if (name !== undefined) names.set(key, { name, model: hardwareName(textOf(get(payload, "hardware"))) });
      }
      if (!node(key)) return;
      const filter = [...levels.slice(0, at + 1), ...levels.slice(at + 1).map(() => "+")].join("/");
      for (const entity of entitiesOf(json, filter, from, type)) book.entity(key, entity);
    };

    function node(key: string): boolean {
      const told = names.get(key);
      // Names are not unique, so the model shows the node's number too.
      const model = told && (told.model === undefined ? key : `${told.model} (${key})`);
      return book.device(key, dropUndefined({ name: told?.name ?? key, maker: "Meshtastic", model }));
    }

    function stat(key: string, message: Message): void {
      if (!/^![0-9a-f]{8}$/.test(key) || !/^(online|offline)$/.test(message.text(20) ?? "") || !node(key)) return;
      const words = { online: "online", offline: "offline" };
      book.entity(
        key,
        single(
          { key: "status", name: "Status", kind: "binary_sensor", category: "diagnostic" },
          {
            filter: message.topic,
            type: "boolean",
            payloads: { on: words.online, off: words.offline },
            availability: { filter: message.topic, ...words },
          },
        ),
      );
    }
  },
};

/** Whether `voltage` is the node's own battery; messages of its sensors use the same name. */
const OWN = "(value_json.payload.battery_level is defined or value_json.payload.air_util_tx is defined)";

function* entitiesOf(
  json: JsonObject,
  filter: string,
  from: number,
  type: string | undefined,
): IterableIterator<AnnouncedEntity> {
  const payload = objectOf(get(json, "payload"));
  const read = (what: string, print: string, of?: string, also = ""): Proposal => ({
    filter,
    merge: true,
    jinja: `{% if value_json.from == ${from}${of ? ` and value_json.type == "${of}"` : ""}${also} and ${what} is defined %}{{ ${print} }}{% endif %}`,
  });
  const member = (key: string, of: string, also?: string): Proposal =>
    read(`value_json.payload.${key}`, `value_json.payload.${key}`, of, also);
  for (const [one, name, unit] of [
    ["rssi", "RSSI", "dBm"],
    ["snr", "SNR", "dB"],
    ["hops_away", "Hops away", undefined],
  ] as const)
    if (typeof get(json, one) === "number")
      yield single(
        { key: one, name, kind: "sensor", category: "diagnostic" },
        dropUndefined({ ...read(`value_json.${one}`, `value_json.${one}`), type: "number" as const, unit }),
      );
  if (type === "telemetry") {
    const self = get(payload, "battery_level") !== undefined || get(payload, "air_util_tx") !== undefined;
    for (const [key, known] of Object.entries(TELEMETRY)) {
      if (typeof get(payload, key) !== "number") continue;
      if (key !== "voltage") yield sensor(key, known, member(key, type), get(payload, key));
      else if (self) yield sensor(key, known, member(key, type, ` and ${OWN}`), 0);
      else
        yield sensor("sensor_voltage", { name: "Sensor voltage", unit: "V" }, member(key, type, ` and not ${OWN}`), 0);
    }
  }
  const others = type !== undefined && Object.hasOwn(OTHERS, type) ? OTHERS[type] : undefined;
  for (const [key, known] of Object.entries(others ?? {}))
    if (textOf(get(payload, key)) !== undefined)
      yield sensor(`${type}.${key}`, known, member(key, type ?? ""), get(payload, key));
  if (type === "position" && typeof get(payload, "latitude_i") === "number") yield location(payload, read);
  if (type === "text" || type === "detection") {
    const name = type === "text" ? "Last message" : "Last detection";
    // A text that looks like JSON arrives as a JSON object.
    const bare = payload === undefined && textOf(get(json, "payload")) !== undefined;
    if (bare || textOf(get(payload, "text")) !== undefined)
      yield single(
        { key: bare ? "text.bare" : type, name, kind: "event" },
        { ...(bare ? read("value_json.payload", "value_json.payload", type) : member("text", type)), type: "text" },
      );
  }
}

const sensor = (key: string, meaning: Meaning, read: Proposal, sample: unknown): AnnouncedEntity =>
  meant(key, meaning, { ...read, type: typeof sample === "string" ? "text" : "number", unit: meaning.unit });

/** Coordinates are integers, in units of 10⁻⁷ degrees. */
function location(payload: JsonObject | undefined, read: (what: string, print: string, of: string) => Proposal) {
  const degrees = (member: string): string => `(value_json.payload.${member} / 10000000) | round(7)`;
  const coordinate = (member: string): Proposal => ({
    ...read(`value_json.payload.${member}`, degrees(member), "position"),
    type: "number",
    unit: "°",
  });
  const place = read("value_json.payload.latitude_i", "PLACE", "position");
  return composite({ key: "location", name: "Location", kind: "location" }, [
    { role: "latitude", registration: coordinate("latitude_i") },
    { role: "longitude", registration: coordinate("longitude_i") },
    ...(typeof get(payload, "altitude") === "number"
      ? [
          {
            role: "altitude",
            registration: {
              ...read("value_json.payload.altitude", "value_json.payload.altitude", "position"),
              type: "number" as const,
              unit: "m",
            },
          },
        ]
      : []),
    {
      role: "place",
      registration: {
        ...place,
        jinja: (place.jinja ?? "").replace(
          "{{ PLACE }}",
          `geo:{{ ${degrees("latitude_i")} }},{{ ${degrees("longitude_i")} }}`,
        ),
        type: "text",
      },
    },
  ]);
}
