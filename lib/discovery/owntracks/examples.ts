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
  {
    name: "a phone that left its region is in none; what a phone says of itself, and how it is called",
    messages: [
      ["owntracks/jo/phone/info", { _type: "card", name: "Jo Doe", tid: "jd" }],
      [
        "owntracks/jo/phone",
        {
          _type: "location",
          lat: 1,
          lon: 2,
          inregions: ["Home"],
          conn: "w",
          t: "u",
          bs: 2,
          m: 1,
          motionactivities: ["walking"],
        },
      ],
      ["owntracks/jo/phone/event", { _type: "transition", event: "leave", desc: "Home", lat: 1, lon: 2 }],
      ["owntracks/jo/phone", { _type: "location", lat: 1.5, lon: 2, inregions: [], conn: "m" }],
      ["owntracks/jo/phone/step", { _type: "steps", steps: 812, distance: 560, from: 1, to: 2 }],
      ["owntracks/jo/phone/waypoint", { _type: "waypoint", desc: "Home", lat: 1, lon: 2, rad: 50 }],
    ],
    finds: {
      "Jo Doe (jo/phone)": {
        entities: {
          "location Location": { shows: { latitude: 1.5, longitude: 2, place: "geo:1.5,2" } },
          "sensor Region": { shows: null },
          "sensor Activity": { shows: "walking" },
          "sensor Connection": { shows: "m", category: "diagnostic" },
          "sensor Trigger": { shows: "u" },
          "sensor Battery status": { shows: 2 },
          "event Last transition": { shows: "leave", value: { availability: { filter: "owntracks/jo/phone" } } },
          "sensor Last transition region": { shows: "Home" },
          "sensor Steps": { shows: 812 },
          "sensor Distance walked": { shows: 560, value: { unit: "m" } },
          "button Report location": {
            sends: [["value", null, "owntracks/jo/phone/cmd", '{"_type":"cmd","action":"reportLocation"}']],
          },
        },
      },
    },
  },
  {
    name: "a transition or a waypoint on the topic of the phone itself moves nothing",
    messages: [
      ["owntracks/jo/phone", { _type: "location", lat: 51.5, lon: -0.1, tst: 1760000000 }],
      ["owntracks/jo/phone", { _type: "transition", event: "leave", lat: 1, lon: 2, tst: 1760000100 }],
      ["owntracks/jo/phone", { _type: "waypoint", desc: "Home", lat: 3, lon: 4, rad: 50, tst: 1760000200 }],
      ["owntracks/jo/phone", { _type: "cmd", action: "reportLocation", lat: 5, lon: 6 }],
    ],
    finds: {
      "jo/phone": {
        entities: {
          "location Location": {
            shows: { latitude: 51.5, longitude: -0.1, place: "geo:51.5,-0.1" },
            value: { time: "$.tst" },
          },
        },
      },
    },
  },
  {
    name: "a tracker in a car, and an app that says numbers as text",
    messages: [
      [
        "owntracks/fleet/van",
        {
          _type: "location",
          lat: 1,
          lon: 2,
          vel: 50,
          odometer: 1200.5,
          uext: 13.8,
          ign: true,
          "temp_c-1": -4.5,
          rpm: 1800,
        },
      ],
      ["owntracks/jo/old", { _type: "location", lat: "51.5", lon: "-0.1", acc: "20", batt: "77" }],
    ],
    finds: {
      "fleet/van": {
        entities: {
          "sensor Velocity": { shows: 50, value: { unit: "km/h" } },
          "sensor Odometer": { shows: 1200.5, value: { unit: "km" } },
          "sensor External voltage": { shows: 13.8, value: { unit: "V" } },
          "binary_sensor Ignition": { shows: true },
          "sensor Temperature 1": { shows: -4.5, value: { unit: "°C" } },
        },
      },
      "jo/old": {
        entities: {
          "sensor Battery": { shows: 77 },
          "location Location": { shows: { latitude: 51.5, longitude: -0.1, place: "geo:51.5,-0.1;u=20" } },
        },
      },
    },
  },
];
