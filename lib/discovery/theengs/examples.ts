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
];
