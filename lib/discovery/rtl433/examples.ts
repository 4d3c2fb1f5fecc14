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
          "sensor Battery": { category: "diagnostic", shows: 0, value: { words: { "0": "Low", "1": "OK" } } },
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
        entities: { "sensor Pressure": { shows: 240, value: { unit: "kPa" } } },
      },
      "Acurite-Lightning 4": {
        entities: { "sensor Strike distance": { shows: 12, lacks: { value: ["unit"] } } },
      },
      "Interlogix-Security a1": { entities: { "binary_sensor Reed open": { shows: true } } },
      "Fineoffset-WHx080 9": {
        entities: {
          "sensor Wind average": { shows: 7.3, value: { unit: "km/h" } },
          "sensor Temperature": { shows: 68.2, value: { unit: "°F" } },
          "sensor Energy": { shows: 4.2, value: { unit: "kWh" } },
          "sensor Battery voltage": { shows: 1420, value: { unit: "mV" } },
        },
      },
    },
  },
  {
    name: "a device that events told of once is there with the next event, whoever it is of",
    messages: [
      ["rtl_433/events", { ...event, id: 9, battery_ok: 1 }],
      ["rtl_433/events", { ...event, id: 10 }],
    ],
    finds: {
      "Acme-TH 1 9": {
        entities: { "sensor Humidity": { value: { availability: { filter: "rtl_433/availability" } } } },
      },
      "Acme-TH 1 10": null,
    },
  },
  {
    name: "topics without a host, and those of their owner's choice",
    messages: [
      ["rtl_433/devices/Rain-Gauge/3/rain_in", "1.25"],
      ["rtl_433/Acme-Meter/77/consumption_data", "4711"],
      ["rtl_433/Acme-Meter/77/battery_low", "0"],
      ["rtl_433/Acme-Meter/77/setpoint_C", "21.5"],
      ["rtl_433/Acme-Meter/77/pressure_PSI", "33.1"],
      ["rtl_433/Acme-Meter/77/state", "on"],
      ["rtl_433/pi/availability", "online"],
    ],
    finds: {
      "Rain-Gauge 3": { entities: { "sensor Rain": { shows: 1.25, value: { unit: "in" } } } },
      "Acme-Meter 77": {
        model: "Acme-Meter",
        entities: {
          "sensor Consumption": { shows: 4711, lacks: { value: ["unit"] } },
          "binary_sensor Battery low": { shows: false },
          "sensor Setpoint": { shows: 21.5, value: { unit: "°C" } },
          "sensor Pressure": { shows: 33.1, value: { unit: "psi" } },
          "sensor State": { shows: true },
        },
      },
    },
  },
];
