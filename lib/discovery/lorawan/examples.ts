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
  {
    name: "ChirpStack: how a device is doing, where it is, a gateway, and messages of version 3",
    messages: [
      ["application/1/device/aa/event/join", { ...info, devAddr: "00189440" }],
      [
        "application/1/device/aa/event/status",
        { ...info, margin: 10, externalPowerSource: false, batteryLevelUnavailable: false, batteryLevel: 75.98 },
      ],
      [
        "application/1/device/ab/event/status",
        {
          deviceInfo: { deviceName: "mains" },
          externalPowerSource: true,
          batteryLevelUnavailable: true,
          batteryLevel: 0,
        },
      ],
      [
        "application/1/device/aa/event/location",
        { ...info, location: { latitude: 4.5, longitude: 52.25, altitude: 10, source: "GEO_RESOLVER_TDOA" } },
      ],
      ["application/1/device/aa/event/up", { ...info, fCnt: 7, object: null, rxInfo: [] }],
      [
        "application/2/device/ac/event/up",
        { deviceName: "old", object: { temperature: 7 }, rxInfo: [{ rssi: -9, loRaSNR: 8 }] },
      ],
      ["eu868/gateway/0016c001f1/state/conn", { gatewayId: "0016c001f1", state: "ONLINE" }],
    ],
    finds: {
      "field-1": {
        entities: {
          "sensor Battery level": { shows: 75.98, value: { unit: "%" } },
          "sensor Link margin": { shows: 10, value: { unit: "dB" } },
          "binary_sensor External power": { shows: false },
          "location Location": { shows: { latitude: 4.5, longitude: 52.25, altitude: 10, place: "geo:4.5,52.25" } },
          "sensor Frame count": { shows: 7 },
        },
      },
      mains: {
        entities: { "sensor Battery level": { shows: null }, "binary_sensor External power": { shows: true } },
      },
      old: { entities: { "sensor Temperature": { shows: 7 }, "sensor SNR": { shows: 8 } } },
      "Gateway 0016c001f1": {
        entities: {
          "binary_sensor Status": {
            shows: true,
            value: { availability: { filter: "eu868/gateway/0016c001f1/state/conn", offline: "OFFLINE" } },
          },
        },
      },
    },
  },
  {
    name: "The Things Stack: numbers as text, a probe that is not connected, the battery and the place that the server adds",
    messages: [
      ["v3/app@ttn/devices/probe-2/join", { end_device_ids: { device_id: "probe-2" }, join_accept: {} }],
      [
        "v3/app@ttn/devices/probe-2/up",
        {
          end_device_ids: { device_id: "probe-2" },
          uplink_message: {
            f_port: 2,
            f_cnt: 11,
            decoded_payload: {
              BatV: 3.05,
              TempC_SHT: "21.34",
              TempC_DS: 327.67,
              Hum_SHT: "55.1",
              Level: "24 cm",
              Node: "0001",
              temperature_1: 20.5,
              gps_3: { latitude: 1.5, longitude: 2.5, altitude: 3 },
              voltageL1: { data: 230, unit: "V" },
              tvoc: 3,
              battery: 92,
              decryptionKey: "001122",
            },
            last_battery_percentage: { f_cnt: 3, value: 94.5 },
            locations: { user: { latitude: 51.5, longitude: -0.5, source: "SOURCE_REGISTRY" } },
            rx_metadata: [{ rssi: -70, snr: 8.25 }],
          },
        },
      ],
      [
        "v3/app@ttn/devices/probe-3/up",
        {
          end_device_ids: { device_id: "probe-3" },
          uplink_message: { normalized_payload: [{ air: { temperature: 9.5, relativeHumidity: 71 }, battery: 3.6 }] },
        },
      ],
    ],
    finds: {
      "probe-2": {
        entities: {
          "sensor Battery voltage": { shows: 3.05, value: { unit: "V" } },
          "sensor Temperature SHT": { shows: 21.34, value: { unit: "°C" } },
          "sensor Temperature DS": { shows: null, value: { unit: "°C" } },
          "sensor Humidity SHT": { shows: 55.1, value: { unit: "%" } },
          "sensor Level": { shows: 24 },
          "sensor Node": { shows: "0001" },
          "sensor Temperature 1": { shows: 20.5, value: { unit: "°C" } },
          "sensor Gps 3 Latitude": { shows: 1.5, value: { unit: "°" } },
          "sensor VoltageL1": { shows: 230, value: { unit: "V" } },
          "sensor VoltageL1 Unit": null,
          "sensor Decryption Key": null,
          "sensor TVOC": { shows: 3, lacks: { value: ["unit"] } },
          "sensor Battery": { shows: 92, value: { unit: "%" } },
          "sensor Battery level": { shows: 94.5, value: { unit: "%" } },
          "sensor SNR": { shows: 8.25 },
        },
      },
      "probe-3": {
        entities: {
          "sensor Air Temperature": { shows: 9.5, value: { unit: "°C" } },
          "sensor Air Relative Humidity": { shows: 71, value: { unit: "%" } },
          "sensor Battery voltage": { shows: 3.6, value: { unit: "V" } },
        },
      },
    },
  },
];
