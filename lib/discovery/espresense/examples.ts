import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a room's node with its settings, and a named device by its distance from each",
    messages: [
      ["espresense/rooms/living_room/status", "online"],
      ["espresense/rooms/living_room/name", "Living room"],
      ["espresense/rooms/living_room/max_distance", "16.00"],
      ["espresense/rooms/living_room/motion", "ON"],
      [
        "espresense/rooms/living_room/telemetry",
        { ip: "10.0.0.9", uptime: 120, rssi: -61, ver: "v3.3", freeHeap: 91000 },
      ],
      ["espresense/devices/iBeacon:1/living_room", { id: "iBeacon:1", name: "Ann", distance: 2.31, rssi: -70 }],
      ["espresense/devices/iBeacon:1/kitchen", { id: "iBeacon:1", name: "Ann", distance: 7.02, rssi: -88 }],
      ["espresense/devices/md:0087/kitchen", { id: "md:0087", distance: 3.1, rssi: -80 }],
    ],
    finds: {
      "Living room": {
        entities: {
          "number Max distance": {
            shows: 16,
            value: { unit: "m", availability: { filter: "espresense/rooms/living_room/status" } },
            sends: [["value", 8, "espresense/rooms/living_room/max_distance/set", "8"]],
          },
          "binary_sensor Motion": { shows: true },
          "sensor Uptime": { shows: 120, value: { unit: "s" } },
          "sensor Version": { shows: "v3.3" },
        },
      },
      Ann: {
        entities: {
          "sensor Distance Living room": { shows: 2.31, value: { unit: "m" } },
          "sensor Distance Kitchen": { shows: 7.02 },
        },
      },
      "md:0087": null,
    },
  },
  {
    name: "another prefix; other rooms and devices are left alone",
    messages: [
      ["ble/rooms/attic/max_distance", "4"],
      ["ble/rooms/attic/absorption", "3.5"],
      ["hotel/rooms/12/status", "online"],
      ["hotel/rooms/12/name", "Suite"],
      ["hotel/devices/lamp/12", { id: "lamp", distance: "far" }],
    ],
    finds: {
      Attic: { entities: { "number Absorption": { shows: 3.5, lacks: { value: ["unit"] } } } },
      Suite: null,
      "12": null,
      lamp: null,
    },
  },
];
