import type { ConfigFile } from "../../lib/configFile";
import { ConfigFile as ConfigFileSchema } from "../../lib/configFile";
import { BrokerId } from "../../lib/ids";
import { comfortDashboard, comfortTopics } from "./comfort";
import { ROOMS } from "./devices/rooms";
import { gardenDashboard, gardenTopics } from "./garden";

/**
 * The demo house as configuration: what a telltale.yaml would say about these devices. It goes through the same schema as a
 * person's file, so that the demo cannot do what a telltale.yaml could not.
 */

export const DEMO_BROKER = BrokerId.parse("demo");

const online = (topic: string) => ({ filter: topic, online: "online", offline: "offline" });

const topics = [
  // Heating
  {
    id: "boiler",
    name: "Boiler",
    filter: "heating/boiler/status",
    time: "$.ts",
    device: "Boiler",
    area: "Heating",
    availability: online("heating/boiler/lwt"),
    values: {
      pressure: {
        value: "$.pressure",
        name: "Boiler pressure",
        unit: "bar",
        precision: 2,
        range: [0, 4],
        thresholds: [
          { below: 0.8, level: "warning" },
          { above: 2.5, level: "warning" },
          { above: 3, level: "critical" },
        ],
      },
      flue: {
        value: "$.flue",
        name: "Flue temperature",
        unit: "°C",
        precision: 0,
        range: [0, 260],
        thresholds: [
          { above: 200, level: "warning" },
          { above: 240, level: "critical" },
        ],
      },
      flow: { value: "$.flow", name: "Flow temperature", unit: "°C", precision: 1, range: [0, 90] },
      return: { value: "$.return", name: "Return temperature", unit: "°C", precision: 1, range: [0, 90] },
      burner: { value: "$.burner", name: "Burner", type: "boolean", payloads: { on: "ON", off: "OFF" } },
    },
  },
  {
    id: "pump",
    name: "Circulation pump",
    filter: "heating/pump/state",
    type: "boolean",
    payloads: { on: "ON", off: "OFF" },
    device: "Circulation pump",
    area: "Heating",
    staleAfter: "never",
    availability: { filter: "heating/pump/lwt", online: "Online", offline: "Offline" },
    command: { topic: "heating/pump/set" },
  },
  {
    id: "setpoint",
    name: "Thermostat",
    filter: "heating/thermostat/state",
    value: "$.target",
    type: "number",
    unit: "°C",
    precision: 1,
    range: [5, 30],
    device: "Thermostat",
    area: "Heating",
    staleAfter: "never",
    availability: online("heating/thermostat/lwt"),
    command: { topic: "heating/thermostat/set", min: 5, max: 30, step: 0.5 },
  },
  // Rooms
  {
    id: "climate",
    filter: "climate/room/+",
    device: "{1} sensor",
    area: "{1}",
    availability: online("climate/bridge"),
    values: {
      temperature: { value: "$.temperature", name: "{1}", unit: "°C", precision: 1, range: [10, 30] },
      humidity: { value: "$.humidity", name: "{1} humidity", unit: "%", precision: 0, range: [0, 100] },
      battery: { value: "$.battery", name: "{1} sensor battery", unit: "%", precision: 0, range: [0, 100] },
    },
  },
  {
    id: "freezer",
    name: "Freezer",
    filter: "kitchen/freezer/temperature",
    type: "number",
    unit: "°C",
    precision: 1,
    range: [-30, 5],
    thresholds: [
      { above: -15, level: "warning" },
      { above: -8, level: "critical" },
    ],
    device: "Freezer",
    area: "Kitchen",
  },
  {
    id: "lamp",
    name: "Lamp, desk",
    filter: "living/lamp/state",
    value: "$.brightness",
    type: "number",
    unit: "%",
    precision: 0,
    range: [0, 100],
    device: "Desk lamp",
    area: "Living room",
    staleAfter: "never",
    availability: online("living/lamp/lwt"),
    command: { topic: "living/lamp/set", min: 0, max: 100, step: 1, template: '{"brightness": {{value}}}' },
  },
  {
    id: "fan",
    name: "Ceiling fan",
    filter: "bedroom/fan/mode",
    format: "text",
    type: "text",
    device: "Ceiling fan",
    area: "Bedroom",
    staleAfter: "never",
    availability: online("bedroom/fan/lwt"),
    command: { topic: "bedroom/fan/mode/set", options: ["off", "low", "high", "auto"] },
  },
  {
    id: "display",
    name: "Kitchen display",
    filter: "kitchen/display/text",
    format: "text",
    type: "text",
    device: "Kitchen display",
    area: "Kitchen",
    staleAfter: "never",
    availability: online("kitchen/display/lwt"),
    command: { topic: "kitchen/display/set" },
  },
  {
    id: "washer",
    name: "Washing machine",
    filter: "bathroom/washer/phase",
    format: "text",
    type: "text",
    device: "Washing machine",
    area: "Bathroom",
  },
  // Outside
  {
    id: "weather",
    filter: "outside/weather",
    time: "$.ts",
    device: "Weather station",
    area: "Garden",
    values: {
      temperature: { value: "$.temp", name: "Outside temperature", unit: "°C", precision: 1, range: [-15, 40] },
      wind: { value: "$.wind", name: "Wind", unit: "km/h", precision: 0, range: [0, 80] },
    },
  },
  {
    id: "soil",
    name: "Greenhouse soil",
    filter: "garden/soil/up",
    value: "$.moisture",
    type: "number",
    unit: "%",
    precision: 0,
    range: [0, 100],
    thresholds: [{ below: 25, level: "warning" }],
    staleAfter: "20s",
    device: "Soil sensor",
    area: "Garden",
  },
  {
    id: "tank",
    name: "Rain tank",
    filter: "garden/tank/level",
    format: "number",
    type: "number",
    unit: "cm",
    precision: 0,
    range: [0, 160],
    device: "Rain tank",
    area: "Garden",
  },
  {
    id: "valve",
    name: "Garden valve",
    filter: "garden/valve/state",
    type: "boolean",
    payloads: { on: "open", off: "closed" },
    words: { on: "Open", off: "Closed" },
    device: "Garden valve",
    area: "Garden",
    staleAfter: "never",
    availability: online("garden/valve/lwt"),
    command: { topic: "garden/valve/set", payloads: { on: "OPEN", off: "CLOSE" }, confirm: "8s" },
  },
  {
    id: "workshop-light",
    name: "Workshop light",
    filter: "workshop/light/state",
    type: "boolean",
    payloads: { on: "ON", off: "OFF" },
    device: "Workshop light",
    area: "Workshop",
    staleAfter: "never",
    availability: { filter: "workshop/light/lwt", online: "Online", offline: "Offline" },
    command: { topic: "workshop/light/set" },
  },
  {
    id: "garage-heater",
    name: "Garage heater",
    filter: "garage/heater/state",
    type: "boolean",
    payloads: { on: "ON", off: "OFF" },
    device: "Garage heater",
    area: "Workshop",
    staleAfter: "never",
    availability: online("garage/heater/lwt"),
    command: { topic: "garage/heater/set", ask: "Switch the garage heater? Nobody may be there." },
  },
  {
    id: "front-door",
    name: "Front door",
    filter: "entrance/door/contact",
    type: "boolean",
    payloads: { on: "open", off: "closed" },
    words: { on: "Open", off: "Closed" },
    device: "Front door",
    area: "Entrance",
    staleAfter: "never",
  },
  {
    id: "chime",
    name: "Door chime",
    device: "Door chime",
    area: "Entrance",
    availability: online("entrance/chime/lwt"),
    command: { topic: "entrance/chime/set", press: "RING" },
  },
  // Energy
  {
    id: "meter",
    filter: "energy/meter/SENSOR",
    device: "House meter",
    area: "Energy",
    values: {
      power: {
        value: "$.ENERGY.Power",
        name: "House power",
        unit: "W",
        precision: 0,
        range: [0, 6000],
        thresholds: [
          { above: 4500, level: "warning" },
          { above: 5500, level: "critical" },
        ],
      },
      total: { value: "$.ENERGY.Total", name: "House meter reading", unit: "kWh", precision: 1 },
      voltage: {
        value: "$.ENERGY.Voltage",
        name: "Mains voltage",
        unit: "V",
        precision: 0,
        range: [200, 260],
        thresholds: [
          { below: 215, level: "warning" },
          { above: 250, level: "warning" },
        ],
      },
    },
  },
  {
    id: "solar",
    filter: "energy/solar",
    device: "Solar inverter",
    area: "Energy",
    availability: online("energy/solar/status"),
    values: {
      power: { value: "$.power", name: "Solar power", unit: "W", precision: 0, range: [0, 4500] },
      today: { value: "$.today", name: "Solar today", unit: "kWh", precision: 2 },
      inverter: { value: "$.inverter", name: "Inverter temperature", unit: "°C", precision: 1, range: [0, 90] },
    },
  },
  {
    id: "battery",
    name: "House battery",
    filter: "energy/battery/charge",
    type: "number",
    unit: "%",
    precision: 0,
    range: [0, 100],
    thresholds: [{ below: 15, level: "warning" }],
    device: "House battery",
    area: "Energy",
  },
];

const section = (title: string, tiles: object[]) => ({ title, tiles });

const house = {
  slug: "house",
  title: "House",
  sections: [
    section("Heating", [
      { kind: "value", point: "weather.temperature" },
      { kind: "value", point: "climate/Living room.temperature" },
      { kind: "value", point: "freezer" },
      { kind: "gauge", point: "boiler.pressure" },
      { kind: "switch", point: "pump" },
      { kind: "number", point: "setpoint" },
      { kind: "status", point: "boiler.burner", options: { on: "Burning", off: "Resting" } },
    ]),
    section("Living", [
      { kind: "value", point: "meter.power" },
      { kind: "slider", point: "lamp" },
      { kind: "select", point: "fan" },
      { kind: "gauge", point: "boiler.flue" },
      { kind: "status", point: "front-door" },
      { kind: "button", point: "chime" },
      { kind: "text", point: "display" },
    ]),
    section("Garden and workshop", [
      { kind: "value", point: "soil" },
      { kind: "switch", point: "valve" },
      { kind: "switch", point: "workshop-light" },
      { kind: "switch", point: "garage-heater" },
    ]),
  ],
};

const energy = {
  slug: "energy",
  title: "Energy",
  sections: [
    section("Now", [
      { kind: "gauge", point: "meter.power" },
      { kind: "gauge", point: "solar.power" },
      { kind: "gauge", point: "battery" },
      { kind: "value", point: "meter.voltage" },
      { kind: "value", point: "solar.inverter" },
      { kind: "chart", point: "meter.power", title: "Power", options: { points: ["solar.power"], span: "1h" } },
    ]),
    section("Meters", [
      { kind: "value", point: "meter.total" },
      { kind: "value", point: "solar.today" },
      { kind: "value", point: "tank" },
      { kind: "text", point: "washer" },
    ]),
    section(
      "Rooms",
      ROOMS.slice(0, 4).map((room) => ({ kind: "value", point: `climate/${room.name}.temperature` })),
    ),
  ],
};

/** The house for a broker at this address. */
export const demoHouse = (url: string): ConfigFile =>
  ConfigFileSchema.parse({
    brokers: [{ id: DEMO_BROKER, name: "Demo house", url }],
    // By name: when a person's own broker becomes the default one, the demo must neither read from it nor switch anything on it.
    topics: [...topics, ...comfortTopics, ...gardenTopics].map((topic) => ({ ...topic, broker: DEMO_BROKER })),
    dashboards: [house, comfortDashboard, gardenDashboard, energy],
  });
