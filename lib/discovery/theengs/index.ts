import type { Convention } from "../convention";
import type { EntityKind, FoundEntity } from "../found";
import { get, type Message, shapeOf, textOf } from "../message";
import { jsonPath, single, tidy } from "../proposals";

interface Key {
  name: string;
  unit?: string;
  kind?: EntityKind;
  diagnostic?: boolean;
}

/** The short keys of decoded Bluetooth advertisements (https://decoder.theengs.io/devices/devices.html). */
const KEYS: Readonly<Record<string, Key>> = {
  tempc: { name: "Temperature", unit: "°C" },
  tempc2: { name: "Temperature 2", unit: "°C" },
  tempc3: { name: "Temperature 3", unit: "°C" },
  tempc4: { name: "Temperature 4", unit: "°C" },
  tempc2_dp: { name: "Dew point", unit: "°C" },
  hum: { name: "Humidity", unit: "%" },
  batt: { name: "Battery", unit: "%", diagnostic: true },
  volt: { name: "Voltage", unit: "V", diagnostic: true },
  moi: { name: "Moisture", unit: "%" },
  lux: { name: "Illuminance", unit: "lx" },
  fer: { name: "Fertility", unit: "µS/cm" },
  pres: { name: "Pressure", unit: "hPa" },
  for: { name: "Formaldehyde", unit: "mg/m³" },
  co2: { name: "CO2", unit: "ppm" },
  pm25: { name: "PM2.5", unit: "µg/m³" },
  pm10: { name: "PM10", unit: "µg/m³" },
  tvoc: { name: "TVOC", unit: "ppb" },
  weight: { name: "Weight" },
  power: { name: "Power", unit: "W" },
  energy: { name: "Energy", unit: "kWh" },
  current: { name: "Current", unit: "A" },
  rssi: { name: "RSSI", unit: "dBm", diagnostic: true },
  open: { name: "Open", kind: "binary_sensor" },
  motion: { name: "Motion", kind: "binary_sensor" },
  pres_det: { name: "Presence", kind: "binary_sensor" },
  button1: { name: "Button 1" },
  button2: { name: "Button 2" },
  button3: { name: "Button 3" },
  button4: { name: "Button 4" },
  steps: { name: "Steps" },
  distance: { name: "Distance", unit: "m", diagnostic: true },
};

/**
 * OpenMQTTGateway and Theengs Gateway: `<base>/<gateway>/BTtoMQTT/<MAC>` JSON with short keys. A sensor is one sensor however many
 * gateways hear it, so what it says is read below every gateway; an advertisement rarely holds all of its values.
 */
export const theengs: Convention = {
  id: "theengs",
  label: "OpenMQTTGateway / Theengs",
  filters: ["+/+/BTtoMQTT/+", "+/+/LWT", "+/+/SYStoMQTT"],
  repeats: (message) => `${message.topic} ${textOf(get(message.object(), "model_id"))} ${shapeOf(message.json())}`,
  create(book) {
    return (message) => {
      const [base = "", gateway = "", what = "", mac = ""] = message.levels;
      if (message.empty) return;
      if (what === "BTtoMQTT") return advertisement(mac, message);
      if (what === "LWT" ? !/^(online|offline)$/.test(message.text(20) ?? "") : !message.object()) return;
      // Tasmota's last will stands on a topic of the same shape.
      if (base === "tele" || gateway === "tele") return;
      const key = `gateway ${base}/${gateway}`;
      if (!book.has(key) && !book.device(key, { name: `${gateway} gateway`, maker: "OpenMQTTGateway" })) return;
      const availability = { availability: { filter: `${base}/${gateway}/LWT`, online: "online", offline: "offline" } };
      book.entity(
        key,
        single(
          { key: "status", name: "Status", kind: "binary_sensor", category: "diagnostic" },
          {
            filter: `${base}/${gateway}/LWT`,
            type: "boolean",
            payloads: { on: "online", off: "offline" },
            ...availability,
          },
        ),
      );
      if (what === "SYStoMQTT")
        for (const [member, name, unit] of SYSTEM)
          if (get(message.object(), member) !== undefined)
            book.entity(
              key,
              single(
                { key: member, name, kind: "sensor", category: "diagnostic" },
                tidy({
                  filter: message.topic,
                  value: jsonPath(member),
                  partial: true,
                  type: "number" as const,
                  unit,
                  ...availability,
                }),
              ),
            );
    };

    function advertisement(mac: string, message: Message): void {
      const json = message.object();
      const model = textOf(get(json, "model_id")) ?? textOf(get(json, "model"));
      // Without a model nobody decoded it: any phone passing by.
      if (!json || model === undefined || !/^[0-9A-Fa-f]{12}$/.test(mac)) return;
      const name = `${NAMES[model] ?? model} ${mac.slice(-6)}`;
      if (!book.device(mac, tidy({ name, maker: textOf(get(json, "brand")), model }))) return;
      for (const key of Object.keys(json)) {
        const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
        if (known) book.entity(mac, entityOf(mac, key, known, textOf(get(json, "unit"), 40)));
      }
    }
  },
};

/** Models whose id does not say what people call them. */
const NAMES: Readonly<Record<string, string>> = {
  LYWSD03MMC_ATC: "LYWSD03MMC ATC",
  LYWSD03MMC_PVVX: "LYWSD03MMC PVVX",
};

const SYSTEM: readonly [string, string, string | undefined][] = [
  ["uptime", "Uptime", "s"],
  ["rssi", "Wifi signal", "dBm"],
  ["freemem", "Free memory", "B"],
];

function entityOf(
  mac: string,
  key: string,
  { name, unit, kind = "sensor", diagnostic }: Key,
  said: string | undefined,
): FoundEntity {
  return single(
    tidy({ key, name, kind, category: diagnostic ? ("diagnostic" as const) : undefined }),
    tidy({
      filter: `+/+/BTtoMQTT/${mac}`,
      merge: true,
      value: jsonPath(key),
      partial: true,
      type: kind === "binary_sensor" ? ("boolean" as const) : ("number" as const),
      unit: unit ?? (key === "weight" ? said : undefined),
    }),
  );
}
