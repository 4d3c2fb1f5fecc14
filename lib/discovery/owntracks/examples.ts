import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a place with its accuracy; the last will comes on the same topic",
    messages: [
      [
        "owntracks/jo/phone",
        { _type: "location", lat: 51.5, lon: -0.1, acc: 12, batt: 80, tst: 1760000000, inregions: ["Home"] },
      ],
      ["owntracks/jo/phone", { _type: "lwt", tst: 1760000100 }],
    ],
    finds: {
      "jo/phone": {
        entities: {
          "location Location": { shows: { latitude: 51.5, longitude: -0.1, place: "geo:51.5,-0.1;u=12" } },
          "sensor Battery": { shows: 80, value: { unit: "%" } },
          "sensor Region": { shows: "Home" },
        },
      },
    },
  },
];
