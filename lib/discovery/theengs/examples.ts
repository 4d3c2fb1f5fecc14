import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "advertisements hold some of the values, and come by any gateway",
    messages: [
      ["home/one/LWT", "online"],
      [
        "home/one/BTtoMQTT/AABBCCDDEEFF",
        { id: "AA:BB:CC:DD:EE:FF", brand: "Acme", model_id: "TH1", tempc: 20.5, hum: 40 },
      ],
      ["home/two/BTtoMQTT/AABBCCDDEEFF", { id: "AA:BB:CC:DD:EE:FF", brand: "Acme", model_id: "TH1", tempc: 21 }],
      ["home/two/BTtoMQTT/000000000001", { id: "00:00:00:00:00:01", rssi: -90 }],
    ],
    finds: {
      "TH1 DDEEFF": {
        maker: "Acme",
        entities: { "sensor Temperature": { shows: 21, value: { unit: "°C" } }, "sensor Humidity": { shows: 40 } },
      },
      "one gateway": { entities: { "binary_sensor Status": { shows: true } } },
    },
  },
  {
    name: "units that depend on the model, or stand beside the value; flags and words",
    messages: [
      ["home/g/BTtoMQTT/000000000011", { id: "x", model: "Tyre", model_id: "TPMS", pres: 2.2, alarm: false, count: 1 }],
      ["home/g/BTtoMQTT/000000000012", { id: "x", model_id: "SCALE1", unit: "lb", weight: 131.7 }],
      ["home/g/BTtoMQTT/000000000013", { id: "x", model_id: "BLIND", open: 54, direction: "up", lightlevel: 2 }],
      [
        "home/g/BTtoMQTT/000000000014",
        { id: "x", model_id: "DOOR", open: true, contact: "closed", lightlevel: "dark" },
      ],
      ["home/g/BTtoMQTT/000000000015", { id: "x", model_id: "METER", avg: 2.4, avgu: "kW", sum: 21.3, sumu: "kWh" }],
      ["home/g/BTtoMQTT/000000000016", { id: "x", model_id: "K9", accx: -4, volt: 3.6, type: "ACEL" }],
      ["home/g/BTtoMQTT/000000000018", { id: "x", model_id: "TAG", type: "TRACK", rssi: -70, presence: "present" }],
      ["home/g/BTtoMQTT/000000000018", { id: "x", presence: "absent" }],
      ["home/g/BTtoMQTT/000000000017", { id: "x", model_id: "PHONE", rssi: -60, type: "RMAC", device: "a phone" }],
    ],
    finds: {
      "TPMS 000011": {
        model: "Tyre (TPMS)",
        entities: {
          "sensor Pressure": { shows: 2.2, value: { unit: "bar" } },
          "binary_sensor Alarm": { shows: false },
        },
      },
      "SCALE1 000012": { entities: { "sensor Weight": { shows: 131.7, value: { unit: "lb" } } } },
      "BLIND 000013": {
        entities: { "sensor Open": { shows: 54, value: { unit: "%" } }, "sensor Light level": { shows: 2 } },
      },
      "DOOR 000014": {
        entities: {
          "binary_sensor Open": { shows: true },
          "sensor Contact": { shows: "closed" },
          "sensor Light level": { shows: "dark" },
        },
      },
      "METER 000015": {
        entities: {
          "sensor Average": { shows: 2.4, value: { unit: "kW" } },
          "sensor Total": { shows: 21.3, value: { unit: "kWh" } },
        },
      },
      "K9 000016": { entities: { "sensor Acceleration x": { shows: -4, lacks: { value: ["unit"] } } } },
      "TAG 000018": { entities: { "binary_sensor Presence": { shows: false }, "sensor RSSI": { shows: -70 } } },
      "PHONE 000017": null,
    },
  },
  {
    name: "a gateway: how it is doing, its own sensors and what its receivers hear; words of old gateways",
    messages: [
      ["home/g/LWT", "online"],
      ["home/g/SYStoMQTT", { uptime: 120, version: "v1.8", freemem: 91000, tempc: 48.3, rssi: -61, ip: "10.0.0.7" }],
      ["home/g/CLIMAtoMQTT/bme", { tempc: 20.1, hum: 44, tempf: 68.2 }],
      ["home/g/HCSR501toMQTT", { presence: "true" }],
      ["home/g/433toMQTT", { value: 5592405, protocol: 1 }],
      ["home/g/RTL_433toMQTT/Acme-TH/A/9", { model: "Acme-TH", id: 9, channel: "A", temperature_C: 3.5, rssi: -88 }],
      ["home/g/RTL_433toMQTT", { model: "Acme-TH", id: 4, temperature_C: 1.5 }],
      ["home/g/RTL_433toMQTT", { model: "Acme-TH", id: 5, temperature_C: 2.5 }],
      ["home/g/BTtoMQTT/000000000021", { id: "00:00:00:00:00:21", name: "Flower", rssi: -80, lux: "253" }],
      ["home/g/BTtoMQTT/000000000021", { tem: "18.3" }],
    ],
    finds: {
      "g gateway": {
        entities: {
          "binary_sensor Status": { shows: true },
          "sensor Version": { shows: "v1.8" },
          "sensor Temperature": { shows: 48.3, category: "diagnostic" },
          "sensor Temperature bme": { shows: 20.1, value: { unit: "°C", availability: { filter: "home/g/LWT" } } },
          "binary_sensor Presence": { shows: true },
          "event Last 433 code": { shows: 5592405 },
        },
      },
      "Acme-TH A 9": {
        entities: {
          "sensor Temperature": { shows: 3.5, value: { unit: "°C" } },
          "sensor RSSI": { value: { unit: "dBm" } },
        },
      },
      "Acme-TH 4": { entities: { "sensor Temperature": { shows: 1.5 } } },
      "Acme-TH 5": { entities: { "sensor Temperature": { shows: 2.5 } } },
      "Flower 000021": {
        entities: { "sensor Illuminance": { shows: 253 }, "sensor Temperature": { shows: 18.3 } },
      },
    },
  },
  {
    name: "a name that only an earlier or a later advertisement has, and the signal that came with it",
    messages: [
      ["home/gwshed/BTtoMQTT/A4C138112233", { id: "A4:C1:38:11:22:33", name: "Pot sensor", rssi: -77 }],
      ["home/gwshed/BTtoMQTT/A4C138112233", { moi: 41 }],
      ["home/one/BTtoMQTT/A4C138112244", { id: "A4:C1:38:11:22:44", rssi: -80 }],
      ["home/two/BTtoMQTT/A4C138112244", { tempc: 4.5 }],
      ["home/one/BTtoMQTT/A4C138112244", { id: "A4:C1:38:11:22:44", name: "Freezer", rssi: -81 }],
    ],
    finds: {
      "Pot sensor 112233": {
        entities: {
          "sensor Moisture": { shows: 41, value: { unit: "%" } },
          "sensor RSSI": { shows: -77, value: { unit: "dBm" } },
        },
      },
      "Freezer 112244": {
        entities: { "sensor Temperature": { shows: 4.5 }, "sensor RSSI": { shows: -81 } },
      },
    },
  },
  {
    name: "a name alone is no sensor, and what has a model is called by it; a random address is no device",
    messages: [
      ["home/g/BTtoMQTT/A4C138112255", { id: "A4:C1:38:11:22:55", name: "Ann's phone", rssi: -60 }],
      ["home/g/BTtoMQTT/A4C138112266", { id: "A4:C1:38:11:22:66", name: "LYWSD03MMC", rssi: -61 }],
      ["home/g/BTtoMQTT/A4C138112266", { model_id: "TH1", tempc: 20, rssi: -62 }],
      ["home/g/BTtoMQTT/A4C138112277", { id: "A4:C1:38:11:22:77", name: "Watch", type: "RMAC" }],
      ["home/g/BTtoMQTT/A4C138112277", { type: "RMAC", tempc: 20 }],
    ],
    finds: {
      "Ann's phone 112255": null,
      "TH1 112266": { model: "TH1" },
      "Watch 112277": null,
      "Bluetooth 112277": null,
    },
  },
];
