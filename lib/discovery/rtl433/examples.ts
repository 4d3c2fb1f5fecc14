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
  {
    name: "units that a key spells, and those that depend on the sensor; the type before the model",
    messages: [
      ["rtl_433/pi/devices/TPMS/Renault/7/pressure_kPa", "240"],
      ["rtl_433/pi/devices/Acurite-Lightning/4/strike_distance", "12"],
      ["rtl_433/pi/devices/Interlogix-Security/a1/reed_open", "1"],
      ["rtl_433/pi/devices/Fineoffset-WHx080/9/wind_avg_km_h", "7.3"],
      ["rtl_433/pi/devices/Fineoffset-WHx080/9/temperature_F", "68.2"],
      ["rtl_433/pi/devices/Fineoffset-WHx080/9/battery_mV", "1420"],
      ["rtl_433/pi/devices/Fineoffset-WHx080/9/energy_kWh", "4.2"],
    ],
    finds: {
      "TPMS Renault 7": {
        model: "Renault",
        entities: { "sensor Pressure kPa": { shows: 240, value: { unit: "kPa" } } },
      },
      "Acurite-Lightning 4": {
        entities: { "sensor Strike distance": { shows: 12, lacks: { value: ["unit"] } } },
      },
      "Interlogix-Security a1": { entities: { "binary_sensor Reed open": { shows: true } } },
      "Fineoffset-WHx080 9": {
        entities: {
          "sensor Wind avg km h": { shows: 7.3, value: { unit: "km/h" } },
          "sensor Temperature": { shows: 68.2, value: { unit: "°F" } },
          "sensor Energy kWh": { shows: 4.2, value: { unit: "kWh" } },
          "sensor Battery mV": { shows: 1420, value: { unit: "mV" } },
        },
      },
    },
  },
];
