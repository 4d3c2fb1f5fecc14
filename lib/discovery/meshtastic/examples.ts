import type { DiscoveryExample } from "../example";

const topic = "msh/EU/2/json/LongFast/!00000001";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "many nodes on one topic are told apart by who speaks",
    messages: [
      [topic, { from: 2, type: "nodeinfo", payload: { longname: "Hilltop", hardware: 9 } }],
      [topic, { from: 2, type: "telemetry", payload: { battery_level: 88, voltage: 4.1 } }],
      [topic, { from: 3, type: "telemetry", payload: { battery_level: 11 } }],
      [topic, { from: 2, type: "position", payload: { latitude_i: 515000000, longitude_i: -1000000 } }],
    ],
    finds: {
      Hilltop: {
        entities: {
          "sensor Battery": { shows: 88, value: { unit: "%", merge: true } },
          "location Location": { shows: { latitude: 51.5, longitude: -0.1, place: "geo:51.5,-0.1" } },
        },
      },
      "!00000003": { entities: { "sensor Battery": { shows: 11 } } },
    },
  },
  {
    name: "a node's own voltage and one that its sensors measure; power, air and weather; what it is",
    messages: [
      [
        topic,
        {
          from: 7,
          type: "telemetry",
          payload: { battery_level: 90, voltage: 4.1, air_util_tx: 1.5, uptime_seconds: 60 },
        },
      ],
      [
        topic,
        {
          from: 7,
          type: "telemetry",
          payload: { temperature: 21.5, voltage: 12.4, current: 130, wind_direction: 270 },
        },
      ],
      [topic, { from: 7, type: "telemetry", payload: { voltage_ch1: 5.1, current_ch1: 230.5 } }],
      [topic, { from: 7, type: "telemetry", payload: { pm10: 3, pm25: 8, pm100: 11, co2: 612 } }],
      [
        topic,
        { from: 7, hops_away: 2, rssi: -97, type: "neighborinfo", payload: { neighbors_count: 2, neighbors: [] } },
      ],
      [topic, { from: 7, type: "nodeinfo", payload: { longname: "Roof", shortname: "RF", hardware: 43, role: 2 } }],
      [topic, { from: 7, type: "text", payload: { text: "hello" } }],
      [
        topic,
        {
          from: 7,
          type: "position",
          payload: { latitude_i: 10000000, longitude_i: 20000000, altitude: 90, sats_in_view: 8 },
        },
      ],
    ],
    finds: {
      Roof: {
        model: "Heltec V3 (!00000007)",
        entities: {
          "sensor Voltage": { shows: 4.1, value: { unit: "V" } },
          "sensor Sensor voltage": { shows: 12.4, value: { unit: "V" } },
          "sensor Current": { shows: 130, value: { unit: "mA" } },
          "sensor Wind direction": { shows: 270, value: { unit: "°" } },
          "sensor Voltage channel 1": { shows: 5.1, value: { unit: "V" } },
          "sensor Current channel 1": { shows: 230.5, value: { unit: "mA" } },
          "sensor PM2.5": { shows: 8, value: { unit: "µg/m³" } },
          "sensor PM10": { shows: 11 },
          "sensor CO2": { shows: 612, value: { unit: "ppm" } },
          "sensor Hops away": { shows: 2, category: "diagnostic" },
          "sensor RSSI": { shows: -97 },
          "sensor Neighbours": { shows: 2 },
          "sensor Short name": { shows: "RF" },
          "sensor Role": { shows: 2 },
          "event Last message": { shows: "hello" },
          "location Location": { shows: { latitude: 1, longitude: 2, altitude: 90, place: "geo:1.0,2.0" } },
          "sensor Satellites": { shows: 8 },
        },
      },
    },
  },
  {
    name: "a gateway says whether it is there; another root, a number with a sign, a message that looks like a number",
    messages: [
      ["msh/EU_868/2/stat/!0000000a", "online"],
      ["mesh/2/json/LongFast/!0000000a", { from: -2, type: "text", payload: 42 }],
    ],
    finds: {
      "!0000000a": {
        entities: {
          "binary_sensor Status": { shows: true, value: { availability: { filter: "msh/EU_868/2/stat/!0000000a" } } },
        },
      },
      "!fffffffe": { entities: { "event Last message": { shows: "42" } } },
    },
  },
];
