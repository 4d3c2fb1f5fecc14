import { boundedMap, type Convention } from "../convention";
import type { FoundEntity } from "../found";
import { get, type Message, numberOf, objectOf, shapeOf, textOf } from "../message";
import { composite, single, tidy } from "../proposals";

interface Key {
  key: string;
  name: string;
  unit?: string;
  diagnostic?: boolean;
}

/** Members of a telemetry payload; device and environment metrics come in messages of their own. */
const TELEMETRY: readonly Key[] = [
  { key: "battery_level", name: "Battery", unit: "%", diagnostic: true },
  { key: "voltage", name: "Voltage", unit: "V", diagnostic: true },
  { key: "channel_utilization", name: "Channel utilization", unit: "%", diagnostic: true },
  { key: "air_util_tx", name: "Airtime", unit: "%", diagnostic: true },
  { key: "uptime_seconds", name: "Uptime", unit: "s", diagnostic: true },
  { key: "temperature", name: "Temperature", unit: "°C" },
  { key: "relative_humidity", name: "Humidity", unit: "%" },
  { key: "barometric_pressure", name: "Pressure", unit: "hPa" },
  { key: "gas_resistance", name: "Gas resistance", unit: "MΩ" },
  { key: "current", name: "Current", unit: "mA" },
  { key: "lux", name: "Illuminance", unit: "lx" },
  { key: "wind_speed", name: "Wind speed", unit: "m/s" },
];

/**
 * Meshtastic's JSON (https://meshtastic.org/docs/software/integrations/mqtt/): `msh/<region>/2/json/<channel>/!<gateway>`. The gateway in
 * the topic is who heard it; whom it speaks of is `from`, so many nodes share one topic and one node comes on many.
 */
export const meshtastic: Convention = {
  id: "meshtastic",
  label: "Meshtastic",
  filters: ["msh/#"],
  repeats(message) {
    const json = message.object();
    const type = textOf(get(json, "type"));
    return type === "nodeinfo" ? undefined : `${message.topic} ${textOf(get(json, "from"))} ${type} ${shapeOf(json)}`;
  },
  create(book) {
    const names = boundedMap<{ name: string; model: string | undefined }>(5000);
    return (message) => {
      const { levels } = message;
      const at = levels.lastIndexOf("json");
      const json = message.object();
      const from = numberOf(get(json, "from"));
      if (!json || at < 1 || levels.length !== at + 3 || from === undefined || !Number.isSafeInteger(from) || from < 0)
        return;
      const key = `!${from.toString(16).padStart(8, "0")}`;
      const payload = objectOf(get(json, "payload"));
      const type = textOf(get(json, "type"));
      if (type === "nodeinfo") {
        const name = textOf(get(payload, "longname"));
        if (name !== undefined) names.set(key, { name, model: textOf(get(payload, "hardware")) });
      }
      const told = names.get(key);
      if (!book.device(key, tidy({ name: told?.name ?? key, maker: "Meshtastic", model: told?.model }))) return;
      const filter = [...levels.slice(0, at + 1), "+", "+"].join("/");
      for (const entity of entitiesOf(message, filter, from, type)) book.entity(key, entity);
    };
  },
};

function* entitiesOf(
  message: Message,
  filter: string,
  from: number,
  type: string | undefined,
): IterableIterator<FoundEntity> {
  const json = message.object();
  const payload = objectOf(get(json, "payload"));
  const read = (what: string, print: string, of?: string) => ({
    filter,
    merge: true,
    jinja: `{% if value_json.from == ${from}${of ? ` and value_json.type == "${of}"` : ""} and ${what} is defined %}{{ ${print} }}{% endif %}`,
  });
  for (const member of ["rssi", "snr"] as const)
    if (typeof get(json, member) === "number")
      yield single(
        { key: member, name: member.toUpperCase(), kind: "sensor", category: "diagnostic" },
        {
          ...read(`value_json.${member}`, `value_json.${member}`),
          type: "number",
          unit: member === "rssi" ? "dBm" : "dB",
        },
      );
  if (type === "telemetry")
    for (const { key, name, unit, diagnostic } of TELEMETRY)
      if (typeof get(payload, key) === "number")
        yield single(
          tidy({ key, name, kind: "sensor" as const, category: diagnostic ? ("diagnostic" as const) : undefined }),
          tidy({
            ...read(`value_json.payload.${key}`, `value_json.payload.${key}`, "telemetry"),
            type: "number" as const,
            unit,
          }),
        );
  if (type === "position" && typeof get(payload, "latitude_i") === "number") {
    // Whole numbers of a ten-millionth of a degree.
    const coordinate = (member: string) =>
      read(`value_json.payload.${member}`, `(value_json.payload.${member} / 10000000) | round(7)`, "position");
    yield composite({ key: "location", name: "Location", kind: "location" }, [
      { role: "latitude", registration: { ...coordinate("latitude_i"), type: "number", unit: "°" } },
      { role: "longitude", registration: { ...coordinate("longitude_i"), type: "number", unit: "°" } },
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
    ]);
  }
  if (type === "text" && textOf(get(payload, "text")) !== undefined)
    yield single(
      { key: "text", name: "Last message", kind: "event" },
      { ...read("value_json.payload.text", "value_json.payload.text", "text"), type: "text" },
    );
}
