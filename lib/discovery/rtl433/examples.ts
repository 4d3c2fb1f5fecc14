import type { DiscoveryExample } from "../example";

const event = {
  time: "2026-01-01 00:00:00",
  model: "Acme-TH",
  id: 7,
  channel: 1,
  battery_ok: 0,
  temperature_C: 14.5,
  humidity: 80,
  mic: "CRC",
};

export const examples: readonly DiscoveryExample[] = [
  {
    name: "leaf topics: 0 says that the battery is low, and is no missing value",
    messages: [
      ["rtl_433/pi/devices/Acme-TH/1/7/temperature_C", "14.5"],
      ["rtl_433/pi/devices/Acme-TH/1/7/battery_ok", "0"],
      ["rtl_433/pi/devices/Acme-TH/1/7/id", "7"],
    ],
    finds: {
      "Acme-TH 1 7": {
        entities: {
          "sensor Temperature": {
            shows: 14.5,
            value: { unit: "°C", availability: { filter: "rtl_433/pi/availability" } },
          },
          "sensor Battery ok": { category: "diagnostic", shows: 0 },
          "sensor Id": null,
        },
      },
    },
  },
  {
    name: "events alone mix all devices, and each keeps to its own",
    messages: [
      ["rtl_433/pi/events", event],
      ["rtl_433/pi/events", event],
      ["rtl_433/pi/events", { ...event, id: 8, temperature_C: 99 }],
    ],
    finds: {
      "Acme-TH 1 7": { entities: { "sensor Temperature": { shows: 14.5 } } },
      "Acme-TH 1 8": null,
      "rtl_433 pi (event stream)": { entities: { "sensor Last event model": { shows: "Acme-TH" } } },
    },
  },
];
