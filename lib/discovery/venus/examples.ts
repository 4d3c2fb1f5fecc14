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
  {
    name: "the list of batteries: each is a device by its name, the same as the service's",
    messages: [
      [
        "N/a1b2c3d4e5f6/system/0/Batteries",
        {
          value: [
            { instance: 279, name: "House bank", soc: 63.5, voltage: 26.41 },
            { instance: 280, name: "Starter", voltage: 12.7 },
          ],
        },
      ],
    ],
    finds: {
      "House bank": {
        maker: "Victron Energy",
        entities: {
          "sensor State of charge": { shows: 63.5, value: { value: "$.value[0].soc", unit: "%" } },
          "sensor DC voltage": { shows: 26.41, value: { unit: "V" } },
        },
      },
      Starter: {
        entities: {
          "sensor DC voltage": { shows: 12.7, value: { value: "$.value[1].voltage", unit: "V" } },
          "sensor State of charge": null,
        },
      },
    },
  },
  {
    name: "a list in another order moves no battery's values; what a battery says itself is better; others' lists are none",
    messages: [
      ["N/c0ffee/battery/1/Soc", { value: 90 }],
      ["N/c0ffee/battery/1/CustomName", { value: "Bow" }],
      [
        "N/c0ffee/system/0/Batteries",
        {
          value: [
            { instance: 1, name: "BMV-712", soc: 89, current: -2.5 },
            { instance: 2, name: "Stern", soc: 40 },
          ],
        },
      ],
      [
        "N/c0ffee/system/0/Batteries",
        {
          value: [
            { instance: 2, name: "Stern", soc: 39 },
            { instance: 1, name: "BMV-712", soc: 88, current: -3 },
          ],
        },
      ],
      ["N/c0ffee/system/0/Batteries", { value: [{ instance: "x", soc: 1 }, { name: "nobody", soc: 2 }, 5, null] }],
      ["N/c0ffee/vebus/276/Batteries", { value: [{ instance: 9, name: "None", soc: 1 }] }],
    ],
    finds: {
      Bow: {
        entities: {
          "sensor State of charge": { shows: 90, value: { filter: "N/c0ffee/battery/1/Soc" } },
          "sensor DC current": { shows: -3, value: { unit: "A" } },
        },
      },
      Stern: { entities: { "sensor State of charge": { shows: 39 } } },
      nobody: null,
      None: null,
    },
  },
  {
    name: "outputs: what dimming means stands in the settings, before or after it; without them it has no unit",
    messages: [
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/3/Settings/Unit", { value: "bar" }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/3/Dimming", { value: 2.5 }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/4/Settings/Type", { value: 3 }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/4/Dimming", { value: 55 }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/5/Dimming", { value: 30 }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/5/State", { value: 1 }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/5/Settings/CustomName", { value: "Deck lights" }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/5/Settings/Type", { value: 2 }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/6/Dimming", { value: 2 }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/6/Settings/Type", { value: 4 }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/7/Dimming", { value: 7 }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/7/Settings/Type", { value: 7 }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/7/Settings/Unit", { value: "/S" }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/7/Settings/DimmingMin", { value: 5 }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/7/Settings/DimmingMax", { value: 15 }],
      ["N/a1b2c3d4e5f6/switch/61/SwitchableOutput/8/Settings/Type", { value: 2 }],
    ],
    finds: {
      "Switch 61": {
        entities: {
          "number Switchable output 3 dimming": {
            shows: 2.5,
            value: { unit: "bar" },
            sends: [["value", 3, "W/a1b2c3d4e5f6/switch/61/SwitchableOutput/3/Dimming", '{"value":3}']],
          },
          "number Switchable output 4 setpoint": { shows: 55, value: { unit: "°C" } },
          "switch Deck lights": {
            shows: true,
            sends: [["value", false, "W/a1b2c3d4e5f6/switch/61/SwitchableOutput/5/State", '{"value":0}']],
          },
          "number Deck lights dimming": { shows: 30, value: { unit: "%", command: { min: 0, max: 100 } } },
          "select Switchable output 6 choice": { shows: 2, lacks: { value: ["unit"] } },
          "number Switchable output 7 dimming": {
            shows: 7,
            value: { command: { min: 5, max: 15 } },
            lacks: { value: ["unit"] },
          },
          "number Switchable output 8 dimming": null,
        },
      },
    },
  },
];
