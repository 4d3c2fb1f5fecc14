import { decoders } from "../../decoders/registry";
import { dropUndefined } from "../../dropUndefined";
import { boundedMap, type Convention } from "../convention";
import { get, isObject, type Message, textOf } from "../message";
import { jsonPath, single } from "../proposals";

/**
 * Ruuvi Gateway (https://docs.ruuvi.com/ruuvi-gateway-firmware/gw-examples/mqtt-examples): `<prefix>/<gateway>/<sensor>`, both by their MAC
 * addresses, with the sensor's advertisement in hexadecimal digits. Several gateways hear one sensor, which is one device.
 */
export const ruuvi: Convention = {
  id: "ruuvi",
  label: "Ruuvi Gateway",
  filters: ["ruuvi/+/+"],
  // The maker's number in the advertisement shows it below any other prefix.
  shapes: ["+/+", "+/+/+", "+/+/+/+"],
  repeats: (message) =>
    MAC.test(message.levels.at(-1) ?? "") ? `${message.topic} ${message.payload.length}` : undefined,
  create(book, ask) {
    const asked = boundedMap<true>(500);
    return (message) => {
      const document = documentOf(message);
      const mac = message.levels.at(-1) ?? "";
      if (!document || !MAC.test(mac)) return;
      const above = message.levels.slice(0, -1);
      // Of a usual topic the level above is the gateway, and any of them may hear the sensor.
      const isGateway = MAC.test(above.at(-1) ?? "");
      const prefix = (isGateway ? above.slice(0, -1) : above).join("/");
      const filter = isGateway ? `${prefix}/+/${mac}` : message.topic;
      const wide = isGateway ? `${prefix}/+/+` : `${prefix}/+`;
      if (wide !== "ruuvi/+/+" && prefix !== "" && !asked.get(wide)) {
        asked.set(wide, true);
        ask(wide);
      }
      if (isGateway && prefix === "") return;
      const key = mac.toUpperCase();
      const isAir = get(document, "format") === 6;
      const model = isAir ? "Ruuvi Air" : "RuuviTag";
      const name = `${model} ${key.replace(/[^0-9A-F]/g, "").slice(-4)}`;
      if (!book.device(key, { name, maker: "Ruuvi", model })) return;
      for (const { member, ...meaning } of READINGS)
        if (Object.hasOwn(document, member))
          book.entity(
            key,
            single(
              dropUndefined({
                key: member,
                name: meaning.name,
                kind: member === "calibrating" ? ("binary_sensor" as const) : ("sensor" as const),
                category: meaning.diagnostic ? ("diagnostic" as const) : undefined,
              }),
              dropUndefined({
                filter,
                format: "ruuvi" as const,
                value: jsonPath(member),
                partial: true,
                merge: isGateway ? true : undefined,
                type: member === "calibrating" ? ("boolean" as const) : ("number" as const),
                unit: meaning.unit,
              }),
            ),
          );
    };
  },
};

const MAC = /^(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$|^[0-9A-Fa-f]{12}$/;

function documentOf(message: Message) {
  if (message.payload[0] !== 0x7b || message.payload.length > 4096) return undefined;
  // Only the gateway's messages have its address.
  if (textOf(get(message.object(), "gw_mac")) === undefined) return undefined;
  const document = decoders.ruuvi.decode(message.payload);
  return document.ok && isObject(document.value) ? document.value : undefined;
}

const READINGS: readonly { member: string; name: string; unit?: string; diagnostic?: boolean }[] = [
  { member: "temperature", name: "Temperature", unit: "°C" },
  { member: "humidity", name: "Humidity", unit: "%" },
  { member: "pressure", name: "Pressure", unit: "hPa" },
  { member: "pm_2_5", name: "PM2.5", unit: "µg/m³" },
  { member: "co2", name: "CO2", unit: "ppm" },
  { member: "voc", name: "VOC index" },
  { member: "nox", name: "NOx index" },
  { member: "illuminance", name: "Illuminance", unit: "lx" },
  { member: "calibrating", name: "Calibrating", diagnostic: true },
  { member: "acceleration_x", name: "Acceleration X", unit: "g" },
  { member: "acceleration_y", name: "Acceleration Y", unit: "g" },
  { member: "acceleration_z", name: "Acceleration Z", unit: "g" },
  { member: "movement_counter", name: "Movement counter" },
  { member: "battery_voltage", name: "Battery voltage", unit: "V", diagnostic: true },
  { member: "tx_power", name: "Transmit power", unit: "dBm", diagnostic: true },
  { member: "rssi", name: "RSSI", unit: "dBm", diagnostic: true },
];
