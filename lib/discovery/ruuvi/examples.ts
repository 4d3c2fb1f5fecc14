import type { DiscoveryExample } from "../example";

const heard = (gw_mac: string, data: string, rssi = -61) => ({
  gw_mac,
  rssi,
  aoa: [],
  gwts: "1653668027",
  ts: "1653668027",
  data,
  coords: "",
});
const TAG = "0201061BFF99040512FC5394C37C0004FFFC040CAC364200CDCBB8334C884F";
const AIR = "02010617FF990406170C5668C79E007000C90501D900CD004C884F";
const APPLE = "02011A0AFF4C0010050B1C4F2A11";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a tag that two gateways hear is one device",
    messages: [
      ["ruuvi/C8:25:2D:8E:9C:2C/CB:B8:33:4C:88:4F", heard("C8:25:2D:8E:9C:2C", TAG, -80)],
      ["ruuvi/D0:00:00:00:00:01/CB:B8:33:4C:88:4F", heard("D0:00:00:00:00:01", TAG, -55)],
      ["ruuvi/C8:25:2D:8E:9C:2C/AA:AA:AA:AA:AA:AA", heard("C8:25:2D:8E:9C:2C", APPLE)],
      ["ruuvi/C8:25:2D:8E:9C:2C/gw_status", { state: "online" }],
    ],
    finds: {
      "RuuviTag 884F": {
        maker: "Ruuvi",
        model: "RuuviTag",
        entities: {
          "sensor Temperature": { shows: 24.3, value: { unit: "°C", format: "ruuvi" } },
          "sensor Humidity": { shows: 53.49, value: { unit: "%" } },
          "sensor Pressure": { shows: 1000.44, value: { unit: "hPa" } },
          "sensor Acceleration Z": { shows: 1.036, value: { unit: "g" } },
          "sensor Battery voltage": { shows: 2.977, category: "diagnostic" },
          "sensor RSSI": { shows: -55 },
          "sensor CO2": null,
        },
      },
      "RuuviTag AAAA": null,
    },
  },
  {
    name: "an Air below a prefix of its own, without the gateway's level",
    messages: [["office/sensors/C1:C2:C3:4C:88:4F", heard("C8:25:2D:8E:9C:2C", AIR)]],
    finds: {
      "Ruuvi Air 884F": {
        entities: {
          "sensor CO2": { shows: 201, value: { unit: "ppm" } },
          "sensor PM2.5": { shows: 11.2, value: { unit: "µg/m³" } },
          "sensor VOC index": { shows: 10, lacks: { value: ["unit"] } },
          "sensor Illuminance": { shows: 13026.67, value: { unit: "lx" } },
          "binary_sensor Calibrating": { shows: false },
        },
      },
    },
  },
  {
    name: "hexadecimal data of another sender is no tag",
    messages: [
      ["lora/a/CB:B8:33:4C:88:4F", { data: TAG, rssi: -5 }],
      ["lora/a/node", heard("C8:25:2D:8E:9C:2C", TAG)],
    ],
    finds: { "RuuviTag 884F": null },
  },
];
