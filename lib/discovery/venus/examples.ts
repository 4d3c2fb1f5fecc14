import type { DiscoveryExample } from "../example";

export const examples: readonly DiscoveryExample[] = [
  {
    name: "a battery and a relay; names that its owner gave",
    messages: [
      ["N/c0ffee/battery/512/Soc", { value: 87.5 }],
      ["N/c0ffee/battery/512/Dc/0/Voltage", { value: 52.1 }],
      ["N/c0ffee/battery/512/ProductName", { value: "Smart Shunt" }],
      ["N/c0ffee/battery/512/CustomName", { value: "House battery" }],
      ["N/c0ffee/system/0/Relay/0/State", { value: 1 }],
      ["N/c0ffee/settings/0/Settings/Secret", { value: "x" }],
    ],
    finds: {
      "House battery": {
        model: "Smart Shunt (battery 512)",
        entities: {
          "sensor State of charge": { shows: 87.5, value: { unit: "%" } },
          "sensor DC voltage": { shows: 52.1, value: { unit: "V" } },
        },
      },
      "System 0": {
        entities: {
          "switch Relay 0 state": {
            shows: true,
            sends: [["value", false, "W/c0ffee/system/0/Relay/0/State", '{"value":0}']],
          },
        },
      },
    },
  },
  {
    name: "a tank's capacity is no charge; what has no value yet is unknown; limits that the device tells",
    messages: [
      ["N/c0ffee/tank/3/Capacity", { value: 0.2 }],
      ["N/c0ffee/tank/3/Level", { value: 40 }],
      ["N/c0ffee/tank/3/Remaining", { value: null }],
      ["N/c0ffee/vebus/276/Mode", { value: null }],
      ["N/c0ffee/vebus/276/Ac/ActiveIn/CurrentLimit", { value: 16, min: 0, max: 32 }],
    ],
    finds: {
      "Tank 3": {
        entities: {
          "sensor Capacity": { shows: 0.2, value: { unit: "m³" } },
          "sensor Level": { shows: 40, value: { unit: "%" } },
          "sensor Remaining": { shows: null, value: { unit: "m³" } },
        },
      },
      "Vebus 276": {
        entities: {
          "number Mode": { shows: null },
          "number AC active input current limit": {
            shows: 16,
            value: { command: { min: 0, max: 32 } },
            sends: [["value", 10, "W/c0ffee/vebus/276/Ac/ActiveIn/CurrentLimit", '{"value":10}']],
          },
        },
      },
    },
  },
  {
    name: "a name of its own stays whenever the make is told; names in words, alarms without the unit of what they watch",
    messages: [
      ["N/c0ffee/solarcharger/278/CustomName", { value: "Roof south" }],
      ["N/c0ffee/solarcharger/278/ProductName", { value: "SmartSolar 150/35" }],
      ["N/c0ffee/solarcharger/278/Pv/V", { value: 71.3 }],
      ["N/c0ffee/solarcharger/278/Yield/Power", { value: 410 }],
      ["N/c0ffee/solarcharger/278/History/Daily/0/Yield", { value: 2.4 }],
      ["N/c0ffee/solarcharger/278/State", { value: 3 }],
      ["N/c0ffee/solarcharger/279/CustomName", { value: "" }],
      ["N/c0ffee/solarcharger/279/ProductName", { value: "SmartSolar 150/35" }],
      ["N/c0ffee/solarcharger/279/Load/I", { value: 1.5 }],
      ["N/c0ffee/battery/1/Alarms/LowVoltage", { value: 0 }],
      ["N/c0ffee/battery/1/Info/MaxChargeCurrent", { value: 200 }],
      ["N/c0ffee/battery/1/System/MinVoltageCellId", { value: "C3" }],
      ["N/c0ffee/battery/1/Voltages/Cell3", { value: 3.31 }],
      ["N/c0ffee/battery/1/History/ChargedEnergy", { value: 812.5 }],
      ["N/c0ffee/battery/1/Connected", { value: 1 }],
      ["N/c0ffee/vebus/276/Ac/Out/L1/P", { value: 815 }],
      ["N/c0ffee/vebus/276/Mode", { value: 3 }],
      ["N/c0ffee/vebus/276/Hub4/L1/AcPowerSetpoint", { value: -500 }],
      ["N/c0ffee/vebus/276/Hub4/DisableFeedIn", { value: 0 }],
      ["N/c0ffee/grid/30/Ac/L2/Energy/Forward", { value: 120.5 }],
      ["N/c0ffee/grid/30/Ac/L2/PowerFactor", { value: 0.98 }],
      ["N/c0ffee/platform/0/Device/Model", { value: "Cerbo GX" }],
      ["N/c0ffee/system/0/Dc/Battery/Power", { value: -230 }],
      ["N/c0ffee/settings/0/Settings/CGwacs/AcPowerSetPoint", { value: 50, min: 0, max: 0 }],
    ],
    finds: {
      "Roof south": {
        model: "SmartSolar 150/35 (solarcharger 278)",
        entities: {
          "sensor PV voltage": { shows: 71.3, value: { unit: "V" } },
          "sensor PV power": { shows: 410, value: { unit: "W" } },
          "sensor PV yield today": { shows: 2.4, value: { unit: "kWh" } },
          "sensor State": { shows: 3 },
        },
      },
      "SmartSolar 150/35": { entities: { "sensor Load current": { shows: 1.5, value: { unit: "A" } } } },
      "Battery 1": {
        entities: {
          "sensor Alarms low voltage": { shows: 0, category: "diagnostic", lacks: { value: ["unit"] } },
          "sensor Info max charge current": { shows: 200, value: { unit: "A" } },
          "sensor System min voltage cell id": { shows: "C3", lacks: { value: ["unit"] } },
          "sensor Voltages cell 3": { shows: 3.31, value: { unit: "V" } },
          "sensor History charged energy": { shows: 812.5, value: { unit: "kWh" } },
          "binary_sensor Connected": { shows: true },
        },
      },
      "Vebus 276": {
        entities: {
          "number ESS L1 AC power setpoint": {
            shows: -500,
            value: { unit: "W" },
            sends: [["value", 100, "W/c0ffee/vebus/276/Hub4/L1/AcPowerSetpoint", '{"value":100}']],
          },
          "switch ESS disable feed in": {
            shows: false,
            sends: [["value", true, "W/c0ffee/vebus/276/Hub4/DisableFeedIn", '{"value":1}']],
          },
          "sensor AC output L1 power": { shows: 815, value: { unit: "W" } },
          "number Mode": {
            shows: 3,
            value: { command: { ask: true } },
            sends: [["value", 4, "W/c0ffee/vebus/276/Mode", '{"value":4}']],
          },
        },
      },
      "Grid 30": {
        entities: {
          "sensor AC L2 energy forward": { shows: 120.5, value: { unit: "kWh" } },
          "sensor AC L2 power factor": { shows: 0.98, lacks: { value: ["unit"] } },
        },
      },
      "System 0": {
        model: "Cerbo GX (system 0)",
        entities: { "sensor DC battery power": { shows: -230, value: { unit: "W" } } },
      },
      "Settings 0": {
        entities: {
          "number AC power set point": {
            shows: 50,
            category: "config",
            value: { unit: "W" },
            sends: [["value", -200, "W/c0ffee/settings/0/Settings/CGwacs/AcPowerSetPoint", '{"value":-200}']],
          },
        },
      },
    },
  },
];
