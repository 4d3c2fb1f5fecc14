import type { DiscoveryExample } from "../example";

const topic = "application/app1/device/0011223344556677/event/up";
const info = { deviceInfo: { deviceName: "field-1", deviceProfileName: "soil probe" } };

export const examples: readonly DiscoveryExample[] = [
  {
    name: "ChirpStack: units beside the values, and uplinks that hold only some",
    messages: [
      [
        topic,
        {
          ...info,
          object: { soil: { displayName: "Soil moisture", value: 12.5, unit: "%" }, battery_voltage: 3.1, door: true },
          rxInfo: [{ rssi: -100, snr: 3 }],
        },
      ],
      [topic, { ...info, object: { battery_voltage: 3 }, rxInfo: [{ rssi: -90, snr: 3 }] }],
    ],
    finds: {
      "field-1": {
        model: "soil probe",
        entities: {
          "sensor Soil moisture": { shows: 12.5, value: { unit: "%", value: "$.object.soil.value" } },
          "sensor Battery voltage": { shows: 3, value: { unit: "V" } },
          "binary_sensor Door": { shows: true },
          "sensor RSSI": { shows: -90, value: { unit: "dBm" } },
        },
      },
    },
  },
  {
    name: "The Things Stack",
    messages: [
      [
        "v3/app@ttn/devices/probe-1/up",
        {
          end_device_ids: { device_id: "probe-1" },
          uplink_message: { decoded_payload: { temperature: -19 }, rx_metadata: [{ rssi: -70 }] },
        },
      ],
    ],
    finds: { "probe-1": { entities: { "sensor Temperature": { shows: -19, value: { unit: "°C" } } } } },
  },
  {
    name: "millivolts are not volts, and hundredths of a degree no degrees",
    messages: [
      [
        topic,
        {
          ...info,
          object: {
            battery_voltage: 3602,
            temperature: 2150,
            pressure: 101325,
            humidity: 55,
            batt_mv: 3602,
            pressure_kPa: 101,
          },
        },
      ],
    ],
    finds: {
      "field-1": {
        entities: {
          "sensor Battery voltage": { shows: 3602, lacks: { value: ["unit"] } },
          "sensor Temperature": { shows: 2150, lacks: { value: ["unit"] } },
          "sensor Pressure": { shows: 101325, lacks: { value: ["unit"] } },
          "sensor Humidity": { value: { unit: "%" } },
          "sensor Batt mv": { value: { unit: "mV" } },
        },
      },
    },
  },
];
