import type { DiscoveryExample } from "../example";

const info = (more: object = {}) => ({
  deviceName: "Kitchen tablet",
  batteryLevel: 100,
  isPlugged: true,
  wifiSignalLevel: 7,
  screenOrientation: 90,
  screenBrightness: 9,
  screenOn: true,
  kioskMode: true,
  maintenanceMode: false,
  isInScreensaver: false,
  internalStorageFreeSpace: 11675512832,
  deviceID: "abcdef-123456",
  appVersionName: "1.42.5",
  deviceModel: "KFDOWI",
  deviceManufacturer: "amzn",
  currentPage: "https://home.local",
  ...more,
});

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a tablet with all that it knows",
    messages: [["fully/deviceInfo/abcdef-123456", info()]],
    finds: {
      "Kitchen tablet": {
        maker: "amzn",
        model: "KFDOWI",
        entities: {
          "sensor Battery": { shows: 100, value: { unit: "%" } },
          "binary_sensor Plugged in": { shows: true },
          "binary_sensor Screen": { shows: true },
          "sensor Screen brightness": { shows: 9, lacks: { value: ["unit"] } },
          "sensor Current page": { shows: "https://home.local" },
          "sensor Free storage": { shows: 11675512832, value: { unit: "B" }, category: "diagnostic" },
        },
      },
    },
  },
  {
    name: "below a prefix of its own; a version that calls things differently",
    messages: [
      [
        "kiosks/deviceInfo/f00",
        info({ deviceID: undefined, deviceId: "f00", deviceName: "Gate", screenOn: undefined, isScreenOn: false }),
      ],
    ],
    finds: { Gate: { entities: { "binary_sensor Screen": { shows: false } } } },
  },
  {
    name: "what only calls itself deviceInfo is no tablet",
    messages: [
      ["fully/deviceInfo/x", { deviceID: "x", batteryLevel: 5 }],
      ["pump/deviceInfo/x", { deviceName: "Pump", deviceID: "x", firmware: "1" }],
    ],
    finds: { Pump: null, "Fully Kiosk x": null },
  },
];
