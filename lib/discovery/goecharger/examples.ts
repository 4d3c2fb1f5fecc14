import type { DiscoveryExample } from "../example";

const NRG = [231, 230, 232, 1, 15.9, 16, 15.8, 3672, 3680, 3665, 0, 11017, 99, 99, 98, 0];

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a charger with its name, what it measures and what can be set",
    messages: [
      ["go-eCharger/212345/car", "2"],
      ["go-eCharger/212345/fna", '"Carport"'],
      ["go-eCharger/212345/nrg", NRG],
      ["go-eCharger/212345/amp", "16"],
      ["go-eCharger/212345/frc", "0"],
      ["go-eCharger/212345/alw", "true"],
      ["go-eCharger/212345/wh", "5321.4"],
      ["go-eCharger/212345/eto", "1234567"],
      ["go-eCharger/212345/dwo", "null"],
      ["go-eCharger/212345/tma", [31.5, 29]],
      ["go-eCharger/212345/fup", "false"],
      ["go-eCharger/212345/fwv", '"59.4"'],
      ["go-eCharger/212345/utc", '"2026-01-01T00:00:00"'],
    ],
    finds: {
      Carport: {
        maker: "go-e",
        model: "go-eCharger",
        entities: {
          "sensor Car state": { shows: "2", value: { words: { "2": "Charging" } } },
          "sensor Voltage L2": { shows: 230, value: { unit: "V" } },
          "sensor Current L1": { shows: 15.9, value: { unit: "A" } },
          "sensor Power": { shows: 11017, value: { unit: "W", value: "$[11]" } },
          "number Requested current": {
            shows: 16,
            value: { unit: "A" },
            sends: [["value", 10, "go-eCharger/212345/amp/set", "10"]],
          },
          "select Force state": { shows: "0", sends: [["value", "2", "go-eCharger/212345/frc/set", "2"]] },
          "binary_sensor Charging allowed": { shows: true },
          "sensor Energy since connected": { shows: 5321.4, value: { unit: "Wh" } },
          "sensor Energy total": { shows: 1234567, value: { unit: "Wh" } },
          "number Energy limit": { shows: null, value: { unit: "Wh" } },
          "sensor Temperature 2": { shows: 29, lacks: { value: ["unit"] } },
          "switch Use PV surplus": { sends: [["value", true, "go-eCharger/212345/fup/set", "true"]] },
          "sensor Firmware version": { shows: "59.4", category: "diagnostic" },
        },
      },
    },
  },
  {
    name: "with the older slash in front, and below a prefix of its own",
    messages: [
      ["/go-eCharger/087654/eto", "99"],
      ["house/box/nrg", NRG],
      ["house/box/car", "1"],
      ["house/box/acu", "0"],
    ],
    finds: {
      "go-eCharger 087654": { entities: { "sensor Energy total": { shows: 99 } } },
      "go-eCharger box": { entities: { "sensor Allowed current": { shows: 0, value: { unit: "A" } } } },
    },
  },
  {
    name: "a few words of three letters are no charger",
    messages: [
      ["train/a/car", "3"],
      ["train/a/amp", "12"],
      ["train/a/wh", "5"],
      ["lab/x/nrg", [1, 2, 3]],
      ["lab/x/car", "1"],
    ],
    finds: { "go-eCharger a": null, "go-eCharger x": null },
  },
];
