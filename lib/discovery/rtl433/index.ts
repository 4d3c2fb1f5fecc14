import { boundedMap, type Convention } from "../convention";
import type { FoundEntity, Proposal } from "../found";
import { spelledUnit } from "../infer";
import { get, type Message, textOf } from "../message";
import { single, tidy, titled } from "../proposals";

interface Key {
  name?: string;
  unit?: string;
  kind?: "binary_sensor";
  diagnostic?: boolean;
  text?: boolean;
}

/** Keys whose meaning their name does not spell out. */
const KEYS: Readonly<Record<string, Key>> = {
  temperature_C: { name: "Temperature", unit: "°C" },
  temperature_F: { name: "Temperature", unit: "°F" },
  temperature_1_C: { name: "Temperature 1", unit: "°C" },
  temperature_2_C: { name: "Temperature 2", unit: "°C" },
  humidity: { name: "Humidity", unit: "%" },
  moisture: { name: "Moisture", unit: "%" },
  battery_ok: { name: "Battery ok", diagnostic: true },
  rssi: { name: "RSSI", unit: "dB", diagnostic: true },
  snr: { name: "SNR", unit: "dB", diagnostic: true },
  noise: { name: "Noise", unit: "dB", diagnostic: true },
  freq: { name: "Frequency", unit: "MHz", diagnostic: true },
  wind_dir_deg: { name: "Wind direction", unit: "°" },
  light_lux: { name: "Illuminance", unit: "lx" },
  uv: { name: "UV index" },
  uvi: { name: "UV index" },
  depth_cm: { name: "Depth", unit: "cm" },
  rain_mm: { name: "Rain", unit: "mm" },
  rain_in: { name: "Rain", unit: "in" },
  // Kilometres or miles, depending on the sensor.
  strike_distance: { name: "Strike distance" },
  strike_count: { name: "Strikes" },
  storm_dist: { name: "Storm distance" },
  tamper: { name: "Tamper", kind: "binary_sensor" },
  motion: { name: "Motion", kind: "binary_sensor" },
  opened: { name: "Opened", kind: "binary_sensor" },
  closed: { name: "Closed", kind: "binary_sensor" },
  reed_open: { name: "Reed open", kind: "binary_sensor" },
  contact_open: { name: "Contact open", kind: "binary_sensor" },
  detect_wet: { name: "Wet", kind: "binary_sensor" },
  alarm: { name: "Alarm", kind: "binary_sensor" },
  status: { name: "Status", diagnostic: true },
  state: { name: "State", text: true },
  button: { name: "Button", text: true },
  event: { name: "Event", text: true },
};

/** Who and when, and how it was heard: not what was measured. */
const IGNORED = new Set([
  "time",
  "id",
  "channel",
  "subtype",
  "model",
  "type",
  "mic",
  "mod",
  "protocol",
  "freq1",
  "freq2",
  "code",
  "data",
  "sequence_num",
]);

/**
 * rtl_433 (https://triq.org/rtl_433/INTEGRATION.html): one leaf topic for each key below `rtl_433/<host>/devices/…`, every reception as
 * JSON on `rtl_433/<host>/events`, which mixes all devices.
 */
export const rtl433: Convention = {
  id: "rtl433",
  label: "rtl_433",
  filters: ["rtl_433/+/devices/#", "rtl_433/+/events"],
  repeats: (message) => (message.levels[2] === "events" ? undefined : message.topic),
  create(book) {
    /** Hosts that publish each device on topics of its own, and devices that were heard once by events alone. */
    const hosts = boundedMap<true>(1000);
    const once = boundedMap<true>(5000);
    return (message) => {
      const host = message.levels[1] ?? "";
      if (message.levels[2] === "events") return event(host, message);
      const path = message.levels.slice(3, -1);
      const key = message.levels.at(-1) ?? "";
      if (path.length === 0 || IGNORED.has(key) || !known(key)) return;
      hosts.set(host, true);
      const device = `${host}/${path.join("/")}`;
      if (!book.has(device) && !book.device(device, { name: path.join(" "), model: modelIn(path) })) return;
      book.entity(device, entityOf(key, { filter: message.topic, ...availability(host) }));
    };

    function event(host: string, message: Message): void {
      const json = message.object();
      const model = textOf(get(json, "model"));
      if (!json || model === undefined) return;
      const stream = `${host}/events`;
      if (!book.has(stream) && !book.device(stream, { name: `rtl_433 ${host} (event stream)`, maker: "rtl_433" }))
        return;
      const place: Proposal = { filter: message.topic, ...availability(host) };
      book.entity(
        stream,
        single(
          { key: "model", name: "Last event model", kind: "sensor", category: "diagnostic" },
          { ...place, value: "$.model", partial: true, type: "text" },
        ),
      );
      const ids = ["subtype", "channel", "id"]
        .map((key) => [key, get(json, key)] as const)
        .filter(([, value]) => textOf(value) !== undefined);
      const path = [model, ...ids.map(([, value]) => textOf(value) ?? "")];
      const device = `${host}/${path.join("/")}`;
      // Topics of its own, which say the same each by itself, follow at once where there are any: so wait for the second time.
      if (hosts.get(host)) return;
      if (!once.get(device)) {
        once.set(device, true);
        return;
      }
      const heard = `${device} by events`;
      if (!book.has(heard) && !book.device(heard, { name: path.join(" "), model })) return;
      const mine = [["model", model] as const, ...ids]
        .map(([key, value]) => `value_json.${key} == ${JSON.stringify(value)}`)
        .join(" and ");
      for (const key of Object.keys(json).filter((one) => !IGNORED.has(one) && known(one)))
        book.entity(heard, entityOf(key, { ...place, jinja: `{% if ${mine} %}{{ value_json.${key} }}{% endif %}` }));
    }
  },
};

/** The type of the sensor may stand before its model. */
const modelIn = ([first = "", second]: readonly string[]): string =>
  /^(TPMS|alarm|sensor)$/i.test(first) && second !== undefined ? second : first;

const known = (key: string): boolean =>
  /^[A-Za-z]\w{0,60}$/.test(key) && (Object.hasOwn(KEYS, key) || spelledUnit(key) !== undefined);

const availability = (host: string): Pick<Proposal, "availability"> => ({
  availability: { filter: `rtl_433/${host}/availability`, online: "online", offline: "offline" },
});

function entityOf(key: string, place: Proposal): FoundEntity {
  const { name, unit, kind = "sensor", diagnostic, text } = Object.hasOwn(KEYS, key) ? (KEYS[key] as Key) : {};
  const type = kind === "binary_sensor" ? ("boolean" as const) : text ? undefined : ("number" as const);
  return single(
    tidy({ key, name: name ?? titled(key), kind, category: diagnostic ? ("diagnostic" as const) : undefined }),
    tidy({ ...place, type, unit: unit ?? spelledUnit(key) }),
  );
}
