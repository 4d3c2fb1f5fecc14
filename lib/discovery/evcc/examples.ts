import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "the site and a charge point with its title",
    messages: [
      ["evcc/site/homePower", "412"],
      ["evcc/site/grid/power", "-1890.5"],
      ["evcc/loadpoints/2/title", "Carport left"],
      ["evcc/loadpoints/2/mode", "now"],
      ["evcc/loadpoints/2/limitSoc", "80"],
    ],
    finds: {
      evcc: {
        entities: {
          "sensor Home power": {
            shows: 412,
            value: { unit: "W", availability: { filter: "evcc/status", online: "online", offline: "offline" } },
          },
          "sensor Grid power": { shows: -1890.5, value: { unit: "W" } },
        },
      },
      "Carport left": {
        maker: "evcc",
        entities: {
          "select Mode": { shows: "now", sends: [["value", "pv", "evcc/loadpoints/2/mode/set", "pv"]] },
          "number Limit SoC": {
            shows: 80,
            value: { unit: "%" },
            sends: [["value", 65, "evcc/loadpoints/2/limitSoc/set", "65"]],
          },
        },
      },
    },
  },
  {
    name: "a session, a vehicle and a battery below a root of its own; the title comes last",
    messages: [
      ["house/ev/loadpoints/1/chargePower", "7360"],
      ["house/ev/loadpoints/1/chargedEnergy", "1250.5"],
      ["house/ev/loadpoints/1/chargeDuration", "1800"],
      ["house/ev/loadpoints/1/charging", "true"],
      ["house/ev/loadpoints/1/chargeCurrents", "31.9"],
      ["house/ev/loadpoints/1/chargeCurrents/l2", "15.9"],
      ["house/ev/loadpoints/1/chargeTotalImport", "5120.1"],
      ["house/ev/loadpoints/1/maxCurrent", "16"],
      ["house/ev/loadpoints/1/batteryBoost", "false"],
      ["house/ev/loadpoints/1/phasesConfigured", "0"],
      ["house/ev/loadpoints/1/effectivePlanTime", "1700000000"],
      ["house/ev/loadpoints/1/vehicleTitle", "Zoe"],
      ["house/ev/loadpoints/1/title", "Street"],
      ["house/ev/vehicles/db:1/title", "Zoe"],
      ["house/ev/vehicles/db:1/minSoc", "20"],
      ["house/ev/site/siteTitle", "Home"],
      ["house/ev/site/battery/1/soc", "63"],
      ["house/ev/site/batteryMode", "normal"],
      ["house/ev/site/bufferSoc", "90"],
      ["house/ev/site/greenShareHome", "0.81"],
      ["house/ev/site/statistics/30d/avgPrice", "0.2"],
    ],
    finds: {
      Street: {
        entities: {
          "sensor Charge power": { shows: 7360, value: { unit: "W" } },
          "sensor Charged energy": { shows: 1250.5, value: { unit: "Wh" } },
          "sensor Charge duration": { shows: 1800, value: { unit: "s" } },
          "binary_sensor Charging": { shows: true },
          "sensor Charge currents": null,
          "sensor Charge currents L2": { shows: 15.9, value: { unit: "A" } },
          // Documented in Wh, counted in kWh.
          "sensor Charge total import": { lacks: { value: ["unit"] } },
          "number Max current": {
            value: { unit: "A" },
            sends: [["value", 10, "house/ev/loadpoints/1/maxCurrent/set", "10"]],
          },
          "switch Battery boost": { sends: [["value", true, "house/ev/loadpoints/1/batteryBoost/set", "true"]] },
          "select Phases configured": { sends: [["value", "3", "house/ev/loadpoints/1/phasesConfigured/set", "3"]] },
          "sensor Effective plan time": null,
          "sensor Vehicle title": { shows: "Zoe" },
        },
      },
      Zoe: { entities: { "number Min SoC": { value: { unit: "%" } } } },
      Home: {
        model: "evcc",
        entities: {
          "sensor Battery 1 SoC": { shows: 63, value: { unit: "%" } },
          "select Battery mode": { sends: [["value", "hold", "house/ev/site/batteryMode/set", "hold"]] },
          "number Buffer SoC": { shows: 90 },
          "sensor Green share home": { shows: 0.81, lacks: { value: ["unit"] } },
          "sensor Statistics 30d avg price": null,
        },
      },
    },
  },
  {
    name: "a heating rod has a temperature where a car has a charge",
    messages: [
      ["evcc/loadpoints/3/mode", "pv"],
      ["evcc/loadpoints/3/vehicleSoc", "51.5"],
      ["evcc/loadpoints/3/chargerFeatureHeating", "true"],
      ["evcc/loadpoints/3/limitSoc", "60"],
    ],
    finds: {
      "Loadpoint 3": {
        entities: {
          "sensor Vehicle SoC": { shows: 51.5, value: { unit: "°C" } },
          "number Limit SoC": { shows: 60, value: { unit: "°C" } },
        },
      },
    },
  },
  {
    name: "only the meter of a site, below the usual root",
    messages: [["evcc/site/grid/power", "812"]],
    finds: { evcc: { entities: { "sensor Grid power": { shows: 812 } } } },
  },
  {
    name: "another program with a site, charge points or a mode of its own is not evcc",
    messages: [
      ["park/site/grid/power", "3"],
      ["park/site/homepower", "3"],
      ["park/site/homePower", "high"],
      ["park/loadpoints/1/mode", "fast"],
      ["park/loadpoints/mode", "pv"],
      ["evcc/status", "online"],
      ["evcc/loadpoints/1/mode", "fast"],
    ],
    finds: { evcc: null, "Loadpoint 1": null },
  },
];
