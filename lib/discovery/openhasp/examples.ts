import type { DiscoveryExample } from "../example";

const STATUS = {
  node: "plate01",
  idle: "long",
  version: "0.6.3",
  uptime: 11027,
  ssid: "my_network",
  rssi: -60,
  ip: "192.168.0.133",
  heapFree: 58756,
  page: 1,
  numPages: 12,
  tftDriver: "ILI9488",
};

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a plate with its backlight, page and idle state",
    messages: [
      ["hasp/hall/LWT", "online"],
      ["hasp/hall/state/idle", "short"],
      ["hasp/hall/state/page", "3"],
      ["hasp/hall/state/backlight", { state: "on", brightness: 128 }],
      ["hasp/hall/state/output26", { state: "off" }],
      ["hasp/hall/state/input4", { state: "on" }],
      ["hasp/hall/state/p1b2", { event: "up", val: 1 }],
    ],
    finds: {
      hall: {
        maker: "openHASP",
        entities: {
          "select Idle": {
            shows: "short",
            value: { availability: { filter: "hasp/hall/LWT", online: "online", offline: "offline" } },
            sends: [["value", "off", "hasp/hall/command/idle", "off"]],
          },
          "number Page": { shows: 3, sends: [["value", 5, "hasp/hall/command/page", "5"]] },
          "light Backlight": {
            shows: { state: true, brightness: 128 },
            sends: [
              ["state", false, "hasp/hall/command/backlight", '{"state":"off"}'],
              ["brightness", 200, "hasp/hall/command/backlight", '{"brightness":200}'],
            ],
          },
          "switch Output 26": { sends: [["value", true, "hasp/hall/command/output26", '{"state":"on"}']] },
          "binary_sensor Input 4": { shows: true },
        },
      },
    },
  },
  {
    name: "below a prefix of its own, by its status; a moodlight",
    messages: [
      ["house/panels/plate01/state/statusupdate", STATUS],
      ["house/panels/plate01/state/moodlight", { state: "ON", brightness: 255, color: "#ff0000", r: 255, g: 0, b: 0 }],
    ],
    finds: {
      plate01: {
        entities: {
          "sensor RSSI": { shows: -60, value: { unit: "dBm" }, category: "diagnostic" },
          "sensor Uptime": { value: { unit: "s" } },
          "sensor Version": { shows: "0.6.3" },
          "light Moodlight": {
            shows: { state: true, brightness: 255, color: "#ff0000" },
            sends: [["color", "#00ff00", "house/panels/plate01/command/moodlight", '{"color":"#00ff00"}']],
          },
        },
      },
    },
  },
  {
    name: "an idle state or a backlight of another program is no plate",
    messages: [
      ["shop/till/state/idle", "off"],
      ["shop/till/LWT", "online"],
      ["shop/till/state/backlight", { state: "on", brightness: 3 }],
      ["hasp/till/state/page", "3"],
      ["hasp/till/LWT", "online"],
    ],
    finds: { till: null },
  },
];
