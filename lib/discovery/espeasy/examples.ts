import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a unit with its tasks' values, availability by its own two words",
    messages: [
      ["ESP_Shed/LWT", "Connected"],
      ["ESP_Shed/BME280/Temperature", "18.42"],
      ["ESP_Shed/BME280/Humidity", "61.3"],
      ["ESP_Shed/BME280/Pressure", "1013"],
      ["ESP_Shed/Float/State", "1"],
      ["ESP_Shed/Rain/Count", "12"],
      ["ESP_Shed/status/gpio", "1"],
      ["ESP_Shed/Text/Line", "hello"],
    ],
    finds: {
      ESP_Shed: {
        maker: "ESPEasy",
        entities: {
          "sensor BME280 Temperature": {
            shows: 18.42,
            value: {
              unit: "°C",
              availability: { filter: "ESP_Shed/LWT", online: "Connected", offline: "Connection Lost" },
            },
          },
          "sensor BME280 Humidity": { shows: 61.3, value: { unit: "%" } },
          "sensor BME280 Pressure": { shows: 1013, value: { unit: "hPa" } },
          "sensor Float State": { shows: 1, lacks: { value: ["unit", "command"] } },
          "sensor Status Gpio": null,
          "sensor Text Line": null,
        },
      },
    },
  },
  {
    name: "the last will where the firmware puts it by itself",
    messages: [
      ["ESP_Cellar/status/LWT", "Connected"],
      ["ESP_Cellar/DHT22/Humidity", "71"],
      ["ESP_Cellar/status/uptime", "7"],
    ],
    finds: {
      ESP_Cellar: {
        entities: {
          "sensor DHT22 Humidity": {
            shows: 71,
            value: {
              unit: "%",
              availability: { filter: "ESP_Cellar/status/LWT", online: "Connected", offline: "Connection Lost" },
            },
          },
          "sensor Status Uptime": null,
        },
      },
    },
  },
  {
    name: "below a prefix, off-line, in any order; others' last wills are none",
    messages: [
      ["house/attic/DS18B20/temp", "21.5"],
      ["house/attic/LWT", "Connection Lost"],
      ["house/attic/DS18B20/temp", "21.6"],
      ["mill/lathe/LWT", "connected"],
      ["mill/lathe/spindle/rpm", "300"],
      ["tele/plug/LWT", "Online"],
    ],
    finds: {
      attic: { entities: { "sensor DS18B20 Temp": { shows: 21.6, value: { unit: "°C" } } } },
      lathe: null,
      plug: null,
    },
  },
];
