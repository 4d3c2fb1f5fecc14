import type { AnnouncedPart } from "../announced";
import type { Config } from "./config";
import { choice, choiceOrNone, onOff, part, setNumber, textState } from "./parts";

const MODES = ["auto", "off", "cool", "heat", "dry", "fan_only"];
const HEATING = ["off", "eco", "electric", "gas", "heat_pump", "high_demand", "performance"];

const unitOf = (c: Config): string | undefined => {
  const unit = c.text("temperature_unit");
  return unit === undefined ? undefined : `°${unit.replace(/^°/, "").toUpperCase()}`;
};

const measured = (c: Config, role: string, name: string, unit: string | undefined): AnnouncedPart[] =>
  part(c, role, c.state(`${name}_topic`, `${name}_template`), undefined, { type: "number", ...(unit ? { unit } : {}) });

const wanted = (c: Config, role: string, name: string): AnnouncedPart[] =>
  setNumber(
    c,
    role,
    c.state(`${name}_state_topic`, `${name}_state_template`),
    c.command(`${name}_command_topic`, `${name}_command_template`),
    { min: c.number("min_temp"), max: c.number("max_temp"), step: c.number("temp_step"), unit: unitOf(c) },
  );

const mode = (
  c: Config,
  role: string,
  name: string,
  options: readonly string[],
  template = `${name}_state_template`,
): AnnouncedPart[] =>
  // `None` is a valid preset: no preset is active.
  (role === "preset" ? choice : choiceOrNone)(
    c,
    role,
    c.state(`${name}_state_topic`, template),
    c.command(`${name}_command_topic`, `${name}_command_template`),
    options,
  );

export const climate = (c: Config): AnnouncedPart[] => [
  ...mode(c, "mode", "mode", c.texts("modes").length ? c.texts("modes") : MODES),
  ...measured(c, "current_temperature", "current_temperature", unitOf(c)),
  ...wanted(c, "target_temperature", "temperature"),
  ...wanted(c, "target_temperature_low", "temperature_low"),
  ...wanted(c, "target_temperature_high", "temperature_high"),
  ...textState(c, "action", c.state("action_topic", "action_template")),
  ...mode(
    c,
    "fan_mode",
    "fan_mode",
    c.texts("fan_modes").length ? c.texts("fan_modes") : ["auto", "low", "medium", "high"],
  ),
  ...mode(c, "preset", "preset_mode", c.texts("preset_modes"), "preset_mode_value_template"),
  ...mode(c, "swing_mode", "swing_mode", c.texts("swing_modes").length ? c.texts("swing_modes") : ["on", "off"]),
  ...mode(
    c,
    "swing_horizontal_mode",
    "swing_horizontal_mode",
    c.texts("swing_horizontal_modes").length ? c.texts("swing_horizontal_modes") : ["on", "off"],
  ),
  ...measured(c, "current_humidity", "current_humidity", "%"),
  ...humidity(c),
  ...power(c),
];

export const waterHeater = (c: Config): AnnouncedPart[] => [
  ...mode(c, "mode", "mode", c.texts("modes").length ? c.texts("modes") : HEATING),
  ...measured(c, "current_temperature", "current_temperature", unitOf(c)),
  ...wanted(c, "target_temperature", "temperature"),
  ...power(c),
];

const power = (c: Config): AnnouncedPart[] =>
  onOff(
    c,
    "power",
    c.state("power_state_topic", "power_state_template"),
    c.command("power_command_topic", "power_command_template"),
    { on: c.payload("payload_on", "ON"), off: c.payload("payload_off", "OFF") },
  );

const humidity = (c: Config): AnnouncedPart[] =>
  setNumber(
    c,
    "target_humidity",
    c.state("target_humidity_state_topic", "target_humidity_state_template"),
    c.command("target_humidity_command_topic", "target_humidity_command_template"),
    { min: c.number("min_humidity") ?? 0, max: c.number("max_humidity") ?? 100, unit: "%" },
  );

export const humidifier = (c: Config): AnnouncedPart[] => [
  ...onOff(c, "state", c.state("state_topic", "state_value_template"), c.command("command_topic", "command_template"), {
    on: c.payload("payload_on", "ON"),
    off: c.payload("payload_off", "OFF"),
  }),
  ...measured(c, "current_humidity", "current_humidity", "%"),
  ...humidity(c),
  ...mode(c, "mode", "mode", c.texts("modes")),
  ...textState(c, "action", c.state("action_topic", "action_template")),
];
