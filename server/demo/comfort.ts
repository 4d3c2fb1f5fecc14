/** Devices of the demo house that are several points each and one thing to people, as a telltale.yaml would say it. */

const online = (topic: string) => ({ filter: topic, online: "online", offline: "offline" });

const lamp = (role: string) => ({ of: "reading-lamp", kind: "light", role, name: "Reading lamp" });
const lampSet = { topic: "living/reading-lamp/set" };
const blind = {
  device: "Bedroom blind",
  area: "Bedroom",
  staleAfter: "never",
  availability: online("bedroom/blind/availability"),
};
const slat = (role: string) => ({ of: "blind", kind: "cover", role, name: "Bedroom blind" });
const head = (role: string) => ({ of: "office-thermostat", kind: "climate", role, name: "Office thermostat" });
const fan = (role: string) => ({ of: "tower-fan", kind: "fan", role, name: "Tower fan" });
const fanSet = { topic: "office/fan/set" };
const yesNo = (key: string) => ({
  type: "boolean",
  payloads: { on: "true", off: "false" },
  command: { ...fanSet, payloads: { on: `{"${key}": true}`, off: `{"${key}": false}` } },
});

export const comfortTopics = [
  {
    id: "reading-lamp",
    filter: "living/reading-lamp",
    device: "Reading lamp",
    area: "Living room",
    staleAfter: "never",
    availability: online("living/reading-lamp/availability"),
    values: {
      power: {
        value: "$.state",
        name: "Reading lamp",
        type: "boolean",
        payloads: { on: "ON", off: "OFF" },
        command: { ...lampSet, payloads: { on: '{"state": "ON"}', off: '{"state": "OFF"}' } },
        part: lamp("power"),
      },
      brightness: {
        value: "$.brightness",
        name: "Reading lamp brightness",
        type: "number",
        command: { ...lampSet, min: 1, max: 254, step: 1, template: '{"brightness": {{value}}}' },
        part: lamp("brightness"),
      },
      warmth: {
        value: "$.color_temp",
        name: "Reading lamp colour temperature",
        type: "number",
        unit: "mired",
        command: { ...lampSet, min: 153, max: 454, step: 1, template: '{"color_temp": {{value}}}' },
        part: lamp("colorTemperature"),
      },
      effect: {
        value: "$.effect",
        name: "Reading lamp effect",
        type: "text",
        command: { ...lampSet, options: ["none", "candle", "sunrise"], template: '{"effect": "{{value}}"}' },
        part: lamp("effect"),
      },
    },
  },
  {
    ...blind,
    id: "blind-state",
    name: "Bedroom blind state",
    filter: "bedroom/blind/state",
    format: "text",
    part: slat("state"),
  },
  {
    ...blind,
    id: "blind-position",
    name: "Bedroom blind",
    filter: "bedroom/blind/position",
    type: "number",
    unit: "%",
    precision: 0,
    command: { topic: "bedroom/blind/position/set", min: 0, max: 100, step: 1, confirm: "15s" },
    part: slat("position"),
  },
  ...["open", "stop", "close"].map((move) => ({
    id: `blind-${move}`,
    name: `Bedroom blind ${move}`,
    device: blind.device,
    area: blind.area,
    availability: blind.availability,
    command: { topic: "bedroom/blind/set", press: move.toUpperCase() },
    part: slat(move),
  })),
  {
    id: "office-thermostat",
    filter: "office/thermostat",
    device: "Office thermostat",
    area: "Office",
    availability: online("office/thermostat/availability"),
    values: {
      current: {
        value: "$.current",
        name: "Office thermostat",
        type: "number",
        unit: "°C",
        precision: 1,
        part: head("current"),
      },
      target: {
        value: "$.target",
        name: "Office thermostat target",
        type: "number",
        unit: "°C",
        precision: 1,
        command: { topic: "office/thermostat/target/set", min: 5, max: 30, step: 0.5 },
        part: head("target"),
      },
      mode: {
        value: "$.mode",
        name: "Office thermostat mode",
        type: "text",
        command: { topic: "office/thermostat/mode/set", options: ["off", "heat", "auto"] },
        part: head("mode"),
      },
      preset: {
        value: "$.preset",
        name: "Office thermostat preset",
        type: "text",
        command: { topic: "office/thermostat/preset/set", options: ["comfort", "eco", "away"] },
        part: head("preset"),
      },
      action: { value: "$.action", name: "Office thermostat action", type: "text", part: head("action") },
      humidity: {
        value: "$.humidity",
        name: "Office thermostat humidity",
        type: "number",
        unit: "%",
        precision: 0,
        part: head("humidity"),
      },
    },
  },
  {
    id: "tower-fan",
    filter: "office/fan",
    device: "Tower fan",
    area: "Office",
    staleAfter: "never",
    availability: online("office/fan/availability"),
    values: {
      power: { value: "$.on", name: "Tower fan", ...yesNo("on"), part: fan("power") },
      speed: {
        value: "$.speed",
        name: "Tower fan speed",
        type: "number",
        unit: "%",
        command: { ...fanSet, min: 0, max: 100, step: 1, template: '{"speed": {{value}}}' },
        part: fan("speed"),
      },
      oscillate: { value: "$.oscillate", name: "Tower fan oscillation", ...yesNo("oscillate"), part: fan("oscillate") },
      direction: {
        value: "$.direction",
        name: "Tower fan direction",
        type: "text",
        command: { ...fanSet, options: ["forward", "reverse"], template: '{"direction": "{{value}}"}' },
        part: fan("direction"),
      },
    },
  },
];

const parts = (id: string, ...keys: string[]) => ({
  parts: Object.fromEntries(keys.map((key) => [key === "warmth" ? "colorTemperature" : key, `${id}.${key}`])),
});

export const comfortDashboard = {
  slug: "comfort",
  title: "Comfort",
  sections: [
    {
      tiles: [
        {
          kind: "light",
          point: "reading-lamp.power",
          options: parts("reading-lamp", "brightness", "warmth", "effect"),
        },
        {
          kind: "cover",
          point: "blind-position",
          options: {
            parts: { state: "blind-state", open: "blind-open", stop: "blind-stop", close: "blind-close" },
          },
        },
        {
          kind: "climate",
          point: "office-thermostat.current",
          options: parts("office-thermostat", "target", "mode", "preset", "action", "humidity"),
        },
        { kind: "fan", point: "tower-fan.power", options: parts("tower-fan", "speed", "oscillate", "direction") },
      ],
    },
  ],
};
