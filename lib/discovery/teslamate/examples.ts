import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a car by its name, with units of the documentation; asleep is a state",
    messages: [
      ["teslamate/cars/1/state", "asleep"],
      ["teslamate/cars/1/healthy", "true"],
      ["teslamate/cars/1/display_name", "Blue Thunder"],
      ["teslamate/cars/1/model", "3"],
      ["teslamate/cars/1/battery_level", "88"],
      ["teslamate/cars/1/rated_battery_range_km", "401.63"],
      ["teslamate/cars/1/outside_temp", "18.4"],
      ["teslamate/cars/1/locked", "true"],
      ["teslamate/cars/1/power", "-9"],
      ["teslamate/cars/1/charger_power", "11"],
      ["teslamate/cars/1/location", { latitude: 35.27, longitude: 29.74 }],
      ["teslamate/cars/1/since", "2019-02-28T23:00:07Z"],
      ["teslamate/cars/1/odometer", ""],
    ],
    finds: {
      "Blue Thunder": {
        maker: "Tesla",
        model: "Model 3",
        entities: {
          "sensor State": {
            shows: "asleep",
            value: { availability: { filter: "teslamate/cars/1/healthy", online: "true", offline: "false" } },
          },
          "sensor Battery level": { shows: 88, value: { unit: "%" } },
          "sensor Rated battery range": { shows: 401.63, value: { unit: "km" } },
          "sensor Outside temperature": { shows: 18.4, value: { unit: "°C" } },
          "binary_sensor Locked": { shows: true, value: { words: { on: "Locked", off: "Unlocked" } } },
          "sensor Power": { shows: -9, lacks: { value: ["unit"] } },
          "sensor Charger power": { shows: 11, value: { unit: "kW" } },
          "location Location": { parts: { latitude: { filter: "teslamate/cars/1/location" } } },
          "sensor Since": null,
          "sensor Odometer": null,
        },
      },
    },
  },
  {
    name: "a second instance, and another prefix that is clear by two of its topics; a car without a name",
    messages: [
      ["teslamate/ann/cars/2/inside_temp", "20.5"],
      ["tesla/cars/1/healthy", "true"],
      ["tesla/cars/1/rated_battery_range_km", "300"],
      ["tesla/cars/1/odometer", "1653"],
      ["tesla/cars/1/odometer", "1654"],
    ],
    finds: {
      "Car 2": { entities: { "sensor Inside temperature": { shows: 20.5 } } },
      "Car 1": { entities: { "sensor Odometer": { shows: 1654, value: { unit: "km" } } } },
    },
  },
  {
    name: "other cars are left alone",
    messages: [
      ["garage/cars/1/speed", "12"],
      ["garage/cars/1/healthy", "true"],
      ["teslamate/cars/red/speed", "12"],
      ["teslamate/cars/1/speed", "fast"],
      ["teslamate/notes/1/speed", "12"],
    ],
    finds: { "Car 1": null, "Car red": null },
  },
];
