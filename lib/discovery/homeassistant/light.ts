import { compileTemplate } from "../../templates";
import type { AnnouncedPart, Proposal } from "../announced";
import { get, listOf, textOf } from "../message";
import { type Config, readBy, sentAs } from "./config";
import { choice, onOff, part, setNumber } from "./parts";

/** A light has one of three schemas: a topic for each property, JSON, or templates. */
export function light(c: Config): AnnouncedPart[] {
  const schema = c.text("schema");
  return schema === "json" ? jsonLight(c) : schema === "template" ? templateLight(c) : plainLight(c);
}

/** Mireds unless the config says Kelvin. */
function warmth(c: Config): { min: number; max: number; unit: string } {
  return c.flag("color_temp_kelvin")
    ? { min: c.number("min_kelvin") ?? 2000, max: c.number("max_kelvin") ?? 6535, unit: "K" }
    : { min: c.number("min_mireds") ?? 153, max: c.number("max_mireds") ?? 500, unit: "mired" };
}

function plainLight(c: Config): AnnouncedPart[] {
  const template = get(c.raw, "state_value_template") ? "state_value_template" : "value_template";
  const text = (role: string, name: string): AnnouncedPart[] =>
    choice(
      c,
      role,
      c.state(`${name}_state_topic`, `${name}_value_template`),
      // A command template needs red, green and blue apart, and the point has one text.
      get(c.raw, `${name}_command_template`) ? undefined : c.command(`${name}_command_topic`, ""),
      [],
    );
  return [
    // Such a light is switched on by its brightness; it has no payload for on.
    ...onOff(
      c,
      "state",
      c.state("state_topic", template),
      c.text("on_command_type") === "brightness" ? undefined : c.command("command_topic", ""),
      { on: c.payload("payload_on", "ON"), off: c.payload("payload_off", "OFF") },
    ),
    ...setNumber(
      c,
      "brightness",
      c.state("brightness_state_topic", "brightness_value_template"),
      c.command("brightness_command_topic", "brightness_command_template"),
      { min: 0, max: c.number("brightness_scale") ?? 255 },
    ),
    ...setNumber(
      c,
      "color_temp",
      c.state("color_temp_state_topic", "color_temp_value_template"),
      c.command("color_temp_command_topic", "color_temp_command_template"),
      warmth(c),
    ),
    ...text("rgb", "rgb"),
    ...text("rgbw", "rgbw"),
    ...text("rgbww", "rgbww"),
    ...text("hs", "hs"),
    ...text("xy", "xy"),
    ...setNumber(c, "white", undefined, c.command("white_command_topic", ""), {
      min: 0,
      max: c.number("white_scale") ?? 255,
    }),
    ...choice(
      c,
      "effect",
      c.state("effect_state_topic", "effect_value_template"),
      c.command("effect_command_topic", "effect_command_template"),
      c.texts("effect_list"),
    ),
  ];
}

function jsonLight(c: Config): AnnouncedPart[] {
  const whole = c.state("state_topic", "");
  const member = (path: string): Proposal | undefined => whole && { ...whole, value: path, partial: true };
  const command = c.command("command_topic", "");
  // Zigbee2MQTT accepts each property alone; other devices expect `state` with it, as Home Assistant sends it.
  const lone = textOf(get(c.raw.origin as never, "name")) === "Zigbee2MQTT";
  const send = (key: string, quoted = false) =>
    command && {
      ...command,
      template: `{${lone ? "" : '"state":"ON",'}"${key}":${quoted ? '"{{value}}"' : "{{value}}"}}`,
    };
  const on = c.payload("payload_on", "ON");
  const off = c.payload("payload_off", "OFF");
  const modes = listOf(get(c.raw, "supported_color_modes")).map((mode) => textOf(mode) ?? "");
  const dims = c.flag("brightness") || modes.some((mode) => mode !== "onoff");
  const parts = onOff(c, "state", member("$.state"), command, {
    on: JSON.stringify({ state: on }),
    off: JSON.stringify({ state: off }),
    stateOn: on,
    stateOff: off,
  });
  if (dims)
    parts.push(
      ...setNumber(c, "brightness", member("$.brightness"), send("brightness"), {
        min: 0,
        max: c.number("brightness_scale") ?? 255,
      }),
    );
  if (c.flag("color_temp") || modes.includes("color_temp"))
    parts.push(...setNumber(c, "color_temp", member("$.color_temp"), send("color_temp"), warmth(c)));
  if (modes.some((mode) => /^(rgb|rgbw|rgbww|hs|xy)$/.test(mode)) || c.flag("rgb") || c.flag("hs") || c.flag("xy"))
    // The colour is sent as the document in which it is reported. A colour in x and y is read-only: no control can set one.
    parts.push(
      ...part(
        c,
        "color",
        member("$.color"),
        modes.some((mode) => /^(rgb|rgbw|rgbww|hs)$/.test(mode)) || c.flag("rgb") || c.flag("hs")
          ? command && { ...command, jinja: `{${lone ? "" : '"state":"ON",'}"color":{{ value|from_json|to_json }}}` }
          : undefined,
        { type: "text" },
      ),
    );
  if (c.flag("effect"))
    parts.push(...choice(c, "effect", member("$.effect"), send("effect", true), c.texts("effect_list")));
  return parts;
}

function templateLight(c: Config): AnnouncedPart[] {
  const whole = c.state("state_topic", "");
  const command = c.command("command_topic", "");
  const source = (key: string): string | undefined => {
    const text = get(c.raw, key);
    return typeof text === "string" && text !== "" ? text : undefined;
  };
  const turnOn = source("command_on_template");
  const fixed = (template: string | undefined, word: string): string => {
    const compiled = compileTemplate(template ?? "");
    const text = compiled.ok ? compiled.value.text({ state: word }) : compiled;
    return text.ok ? text.value : "";
  };
  const side = (key: string): Proposal | undefined => {
    const template = source(key);
    return whole && template ? { ...whole, ...readBy(template) } : undefined;
  };
  const send = (name: string) =>
    command && turnOn && new RegExp(`\\b${name}\\b`).test(turnOn)
      ? { ...command, ...sentAs(`{% set state = "on" %}${turnOn}`, [[name, "value"]]) }
      : undefined;
  const channels = ["red", "green", "blue"].map((name, i) => ({
    name,
    template: source(`${name}_template`),
    expression: `value.split(",")[${i}]|int`,
  }));
  const mixed =
    whole && channels.every(({ template }) => template !== undefined)
      ? { ...whole, jinja: channels.map(({ template }) => template).join(",") }
      : undefined;
  const sendMixed =
    command && turnOn && channels.every(({ name }) => new RegExp(`\\b${name}\\b`).test(turnOn))
      ? {
          ...command,
          ...sentAs(
            `{% set state = "on" %}${turnOn}`,
            channels.map(({ name, expression }) => [name, expression] as const),
          ),
        }
      : undefined;
  const on = fixed(turnOn, "on");
  const off = fixed(source("command_off_template"), "off");
  return [
    ...onOff(c, "state", side("state_template") ?? whole, on !== "" && off !== "" ? command : undefined, {
      on,
      off,
      stateOn: "on",
      stateOff: "off",
    }),
    ...setNumber(c, "brightness", side("brightness_template"), send("brightness"), { min: 0, max: 255 }),
    ...setNumber(c, "color_temp", side("color_temp_template"), send("color_temp"), warmth(c)),
    ...part(c, "rgb", mixed, mixed && sendMixed, { type: "text" }),
    ...choice(c, "effect", side("effect_template"), send("effect"), c.texts("effect_list")),
  ];
}
