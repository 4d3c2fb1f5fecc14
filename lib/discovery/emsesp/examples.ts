import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a boiler, its hot water, a thermostat's heating circuit",
    messages: [
      ["ems-esp/status", "online"],
      [
        "ems-esp/boiler_data",
        {
          heatingactive: "off",
          curflowtemp: 41.3,
          rettemp: 36.5,
          syspress: 1.6,
          burnstarts: 73209,
          servicecode: "0Y",
          heatingpumpmod: 0,
          unheardof: 5,
        },
      ],
      ["ems-esp/boiler_data_dhw", { curtemp: 52.1, charging: "off", seltemp: 55 }],
      [
        "ems-esp/thermostat_data",
        { dampedoutdoortemp: 8.4, hc1: { seltemp: 20.5, currtemp: 20.9, mode: "auto", targetflowtemp: 43 } },
      ],
      ["ems-esp/heartbeat", { bus_status: "connected", uptime_sec: 9000, rssi: -63, uptime: "000+02:30:00" }],
    ],
    finds: {
      Boiler: {
        entities: {
          "sensor Current flow temperature": {
            shows: 41.3,
            value: { unit: "°C", availability: { filter: "ems-esp/status", online: "online", offline: "offline" } },
          },
          "sensor System pressure": { shows: 1.6, value: { unit: "bar" } },
          "binary_sensor Heating active": { shows: false },
          "sensor Burner starts": { shows: 73209, lacks: { value: ["unit"] } },
          "sensor Service code": { shows: "0Y" },
          "sensor Hot water current intern temperature": { shows: 52.1, value: { unit: "°C" } },
          "binary_sensor Hot water charging": { shows: false },
        },
      },
      Thermostat: {
        entities: {
          "sensor Damped outdoor temperature": { shows: 8.4 },
          "sensor HC1 target flow temperature": { shows: 43, value: { unit: "°C" } },
          "climate HC1": {
            shows: { current_temperature: 20.9, target_temperature: 20.5, mode: "auto" },
            sends: [
              ["target_temperature", 21, "ems-esp/thermostat/hc1/seltemp", "21"],
              ["mode", "manual", "ems-esp/thermostat/hc1/mode", "manual"],
            ],
          },
        },
      },
      "EMS-ESP": { entities: { "sensor Wifi signal": { shows: -63, category: "diagnostic" } } },
    },
  },
  {
    name: "another prefix, other words for on and off, keys of old versions; others' documents are left alone",
    messages: [
      ["heat/boiler_data", { heatingactive: true, outdoortemp: 3.5, burngas: 1 }],
      ["heat/boiler_data_ww", { wwcurtemp: 48, wwactive: "ON" }],
      ["heat/solar_data", { collectortemp: 61.5, solarpump: "on" }],
      ["lab/boiler_data", { temperature: 3, pressure: 4 }],
      ["lab/thermostat_data", [1]],
    ],
    finds: {
      Boiler: {
        entities: {
          "binary_sensor Heating active": { shows: true },
          "binary_sensor Gas": { shows: true },
          "sensor Hot water current intern temperature": { shows: 48 },
          "binary_sensor Hot water active": { shows: true },
        },
      },
      Solar: {
        entities: { "sensor Collector temperature": { shows: 61.5 }, "binary_sensor Solar pump": { shows: true } },
      },
    },
  },
];
