import { dropUndefined } from "../../dropUndefined";
import { compileTemplate } from "../../templates";
import { isBooleanUnit } from "../../units/booleanUnit";
import type { AnnouncedPart, EntityKind, Proposal } from "../announced";
import { get } from "../message";
import { wordsOfClass } from "../words";
import { climate, humidifier, waterHeater } from "./climate";
import { type Config, orMember, readBy } from "./config";
import { light } from "./light";
import { alarm, lock, mower, vacuum } from "./machines";
import { choice, choiceOrNone, onOff, part, presses, setNumber, textState } from "./parts";

/** How a component of Home Assistant's MQTT integration is read. */
export interface Component {
  kind: EntityKind;
  parts(c: Config): AnnouncedPart[];
}

const NOT_NUMBERS = new Set(["timestamp", "date", "enum"]);

function sensor(c: Config): AnnouncedPart[] {
  const state = c.state("state_topic", "value_template");
  if (!state) return [];
  const unit = c.text("unit_of_measurement");
  if (unit !== undefined && isBooleanUnit(unit))
    return part(c, "value", state, undefined, { type: "boolean", ...expiry(c) });
  const counts = unit !== undefined || c.text("state_class") !== undefined;
  const precision = c.number("suggested_display_precision");
  const isText = !counts && textual(c);
  return part(c, "value", state, undefined, {
    ...dropUndefined({
      type:
        counts && !NOT_NUMBERS.has(c.text("device_class") ?? "")
          ? ("number" as const)
          : isText
            ? ("text" as const)
            : undefined,
      unknown: isText ? ["None", "unknown", "unavailable"] : undefined,
      unit,
      precision: precision !== undefined && precision >= 0 && precision <= 10 ? Math.round(precision) : undefined,
    }),
    ...expiry(c),
  });
}

/** Whether the value is a text though it may look like a number, such as the version 1.10. */
const textual = (c: Config): boolean =>
  /(^|[^a-z])(version|firmware|serial|model|ssid)([^a-z]|$)/i.test(
    `${c.text("name") ?? ""} ${c.text("object_id") ?? ""} ${c.text("unique_id") ?? ""}`,
  );

const expiry = (c: Config): { staleAfter?: string } => {
  const seconds = c.number("expire_after");
  return seconds !== undefined && seconds >= 1 && seconds <= 31_536_000
    ? { staleAfter: `${Math.round(seconds)}s` }
    : {};
};

/** The limits of a scale. The unit is percent only if the device's own scale is 0 to 100. */
const scale = (a: number, b: number) => {
  const [min, max] = [Math.min(a, b), Math.max(a, b)];
  return { min, max, unit: min === 0 && max === 100 ? "%" : undefined };
};

/** In Home Assistant a template gets the device's own number as `value`, and the percentage as `position` or `tilt_position`. */
const inPercent = (name: string, closed: number, open: number): [string, string] => [
  name,
  closed === 0 && open === 100 ? "value" : `((value - ${closed}) * 100 / ${open - closed}) | round | int`,
];

function cover(c: Config): AnnouncedPart[] {
  const closed = c.number("position_closed") ?? 0;
  const open = c.number("position_open") ?? 100;
  const position = c.state("position_topic", "position_template");
  const tilted = String(get(c.raw, "position_template")).includes("tilt_position") ? position : undefined;
  const tilt = { min: c.number("tilt_min") ?? 0, max: c.number("tilt_max") ?? 100 };
  const moves: [string, string][] = [];
  // `null` means that the cover does not support it.
  for (const [role, key, payload] of [
    ["open", "payload_open", "OPEN"],
    ["close", "payload_close", "CLOSE"],
    ["stop", "payload_stop", "STOP"],
  ] as const)
    if (get(c.raw, key) !== null) moves.push([role, c.payload(key, payload)]);
  return [
    ...textState(c, "state", c.state("state_topic", "value_template")),
    ...setNumber(
      c,
      // Some covers report how far they are closed. That is shown as "closed", never as the position.
      closed > open ? "closed" : "position",
      position?.jinja === undefined ? position : orMember(position, "position"),
      c.command("set_position_topic", "set_position_template", inPercent("position", closed, open)),
      scale(closed, open),
    ),
    ...setNumber(
      c,
      "tilt",
      c.state("tilt_status_topic", "tilt_status_template") ?? orMember(tilted, "tilt_position", "none"),
      c.command("tilt_command_topic", "tilt_command_template", inPercent("tilt_position", tilt.min, tilt.max)),
      scale(tilt.min, tilt.max),
    ),
    ...presses(c, c.command("command_topic", "command_template"), moves),
  ];
}

function valve(c: Config): AnnouncedPart[] {
  const state = orMember(c.state("state_topic", "value_template"), c.flag("reports_position") ? "position" : "state");
  const command = c.command("command_topic", "command_template");
  if (c.flag("reports_position"))
    return setNumber(
      c,
      "position",
      state,
      command,
      scale(c.number("position_closed") ?? 0, c.number("position_open") ?? 100),
    );
  return [
    ...onOff(c, "state", state, command, {
      on: c.payload("payload_open", "OPEN"),
      off: c.payload("payload_close", "CLOSE"),
      stateOn: c.payload("state_open", "open"),
      stateOff: c.payload("state_closed", "closed"),
      neither: [c.payload("state_opening", "opening"), c.payload("state_closing", "closing")],
    }),
    ...(get(c.raw, "payload_stop") ? presses(c, command, [["stop", c.payload("payload_stop", "STOP")]]) : []),
  ];
}

function fan(c: Config): AnnouncedPart[] {
  return [
    ...onOff(
      c,
      "state",
      c.state("state_topic", "state_value_template"),
      c.command("command_topic", "command_template"),
      {
        on: c.payload("payload_on", "ON"),
        off: c.payload("payload_off", "OFF"),
      },
    ),
    ...setNumber(
      c,
      "speed",
      c.state("percentage_state_topic", "percentage_value_template"),
      c.command("percentage_command_topic", "percentage_command_template"),
      {
        ...scale(0, c.number("speed_range_max") ?? 100),
        // Home Assistant converts speeds of a range that does not start at 1, so the number is not a percentage.
        ...((c.number("speed_range_min") ?? 1) > 1 && { unit: undefined }),
        step: 1,
      },
    ),
    ...choiceOrNone(
      c,
      "preset",
      c.state("preset_mode_state_topic", "preset_mode_value_template"),
      c.command("preset_mode_command_topic", "preset_mode_command_template"),
      c.texts("preset_modes"),
    ),
    ...onOff(
      c,
      "oscillation",
      c.state("oscillation_state_topic", "oscillation_value_template"),
      c.command("oscillation_command_topic", "oscillation_command_template"),
      {
        on: c.payload("payload_oscillation_on", "oscillate_on"),
        off: c.payload("payload_oscillation_off", "oscillate_off"),
      },
    ),
    ...choice(
      c,
      "direction",
      c.state("direction_state_topic", "direction_value_template"),
      c.command("direction_command_topic", "direction_command_template"),
      ["forward", "reverse"],
    ),
  ];
}

/** Without a template Home Assistant sends JSON to a siren. */
function siren(c: Config): AnnouncedPart[] {
  const words = { on: c.payload("payload_on", "ON"), off: c.payload("payload_off", "OFF") };
  const made = (key: string, word: string): string | undefined => {
    const source = c.text(key) === undefined ? undefined : get(c.raw, key);
    if (typeof source !== "string") return undefined;
    const template = compileTemplate(source);
    const text = template.ok ? template.value.text({ value: word, state: word }) : template;
    return text.ok ? text.value : undefined;
  };
  const on = made("command_template", words.on) ?? JSON.stringify({ state: words.on });
  const off =
    made("command_off_template", words.off) ??
    made("command_template", words.off) ??
    JSON.stringify({ state: words.off });
  return onOff(
    c,
    "state",
    orMember(c.state("state_topic", "state_value_template"), "state"),
    c.command("command_topic", ""),
    {
      on,
      off,
      stateOn: c.payload("state_on", words.on),
      stateOff: c.payload("state_off", words.off),
    },
  );
}

/** The state may be JSON with both versions, sent by the device or rendered by the template. */
function versionOf(c: Config, member: string, otherwise: "value" | "none"): Proposal | undefined {
  const state = c.state("state_topic", "");
  const template = get(c.raw, "value_template");
  if (!state) return undefined;
  // Without a topic for the latest version, that version is in the same message.
  if (typeof template !== "string" || template === "")
    return c.text("latest_version_topic") === undefined
      ? { ...state, jinja: `{{ value_json.${member} if value_json is mapping else ${otherwise} }}` }
      : orMember(state, member);
  // A template that writes the document out contains the expression for each version.
  const written = new RegExp(`["']${member}["']\\s*:\\s*["']?(\\{\\{.*?\\}\\})`).exec(template)?.[1];
  if (written !== undefined && !template.includes("{%")) return { ...state, ...readBy(written) };
  return orMember({ ...state, jinja: template }, member, otherwise === "value" ? "made" : "none");
}

function update(c: Config): AnnouncedPart[] {
  const own = c.state("latest_version_topic", "latest_version_template");
  const install = c.text("payload_install");
  const template = get(c.raw, "value_template");
  const both = typeof template !== "string" || template.includes("latest_version");
  const latest = own ?? (both ? versionOf(c, "latest_version", "none") : undefined);
  return [
    ...part(c, "installed", versionOf(c, "installed_version", "value"), undefined, { type: "text" }),
    ...part(c, "latest", latest, undefined, { type: "text" }),
    ...(install === undefined ? [] : presses(c, asked(c.command("command_topic", "")), [["install", install]])),
  ];
}

/** A device is unavailable during a firmware update, so the person is asked first. */
const asked = (command: ReturnType<Config["command"]>): ReturnType<Config["command"]> =>
  command && { ...command, ask: "Install the update?" };

/** An event is JSON with an `event_type`. */
function event(c: Config): AnnouncedPart[] {
  const state = c.state("state_topic", "");
  if (!state) return [];
  const source = get(c.raw, "value_template");
  const template = typeof source === "string" && source !== "" ? source : "{{ value }}";
  const jinja = `{% set made %}${template}{% endset %}{% set doc = made|trim|from_json(default=none) %}{{ doc.event_type if doc is mapping }}`;
  return part(c, "value", { ...state, jinja }, undefined, { type: "text", staleAfter: "never" });
}

function tracker(c: Config): AnnouncedPart[] {
  const attributes = c.state("json_attributes_topic", "");
  const coordinate = (role: string): AnnouncedPart[] =>
    attributes
      ? part(c, role, { ...attributes, value: `$.${role}`, partial: true }, undefined, { type: "number", unit: "°" })
      : [];
  return [
    ...textState(c, "state", c.state("state_topic", "value_template"), c.payload("payload_reset", "None")),
    ...coordinate("latitude"),
    ...coordinate("longitude"),
    ...part(c, "place", attributes && { ...attributes, partial: true }, undefined, { format: "location" }),
  ];
}

const COMPONENTS: Readonly<Record<string, Component>> = {
  sensor: { kind: "sensor", parts: sensor },
  binary_sensor: {
    kind: "binary_sensor",
    parts: (c) =>
      onOff(c, "value", withExpiry(c), undefined, {
        on: c.payload("payload_on", "ON"),
        off: c.payload("payload_off", "OFF"),
        shown: wordsOfClass(c.text("device_class")),
      }),
  },
  switch: {
    kind: "switch",
    parts: (c) =>
      onOff(c, "value", c.state("state_topic", "value_template"), c.command("command_topic", "command_template"), {
        on: c.payload("payload_on", "ON"),
        off: c.payload("payload_off", "OFF"),
        stateOn: c.payload("state_on", c.payload("payload_on", "ON")),
        stateOff: c.payload("state_off", c.payload("payload_off", "OFF")),
      }),
  },
  light: { kind: "light", parts: light },
  cover: { kind: "cover", parts: cover },
  valve: { kind: "valve", parts: valve },
  climate: { kind: "climate", parts: climate },
  water_heater: { kind: "water_heater", parts: waterHeater },
  humidifier: { kind: "humidifier", parts: humidifier },
  fan: { kind: "fan", parts: fan },
  siren: { kind: "siren", parts: siren },
  update: { kind: "update", parts: update },
  event: { kind: "event", parts: event },
  device_tracker: { kind: "device_tracker", parts: tracker },
  vacuum: { kind: "vacuum", parts: vacuum },
  lock: { kind: "lock", parts: lock },
  number: {
    kind: "number",
    parts: (c) =>
      setNumber(c, "value", c.state("state_topic", "value_template"), c.command("command_topic", "command_template"), {
        min: c.number("min") ?? 1,
        max: c.number("max") ?? 100,
        step: c.number("step") ?? 1,
        unit: c.text("unit_of_measurement"),
      }),
  },
  select: {
    kind: "select",
    parts: (c) =>
      choiceOrNone(
        c,
        "value",
        c.state("state_topic", "value_template"),
        c.command("command_topic", "command_template"),
        c.texts("options"),
      ),
  },
  text: {
    kind: "text",
    parts: (c) =>
      choice(c, "value", c.state("state_topic", "value_template"), c.command("command_topic", "command_template"), []),
  },
  notify: {
    kind: "text",
    parts: (c) => choice(c, "value", undefined, c.command("command_topic", "command_template"), []),
  },
  button: {
    kind: "button",
    parts: (c) =>
      presses(c, c.command("command_topic", "command_template"), [["value", c.payload("payload_press", "PRESS")]]),
  },
  scene: {
    kind: "button",
    parts: (c) => presses(c, c.command("command_topic", ""), [["value", c.payload("payload_on", "ON")]]),
  },
  alarm_control_panel: { kind: "alarm_control_panel", parts: alarm },
  lawn_mower: { kind: "lawn_mower", parts: mower },
  camera: { kind: "image", parts: (c) => picture(c, "topic") },
  image: {
    kind: "image",
    parts: (c) => [
      ...picture(c, "image_topic"),
      ...part(c, "value", c.state("url_topic", "url_template"), undefined, { type: "text" }),
    ],
  },
};

/** A JPEG or PNG as it is, or as base64. */
const picture = (c: Config, topic: string): AnnouncedPart[] =>
  part(c, "value", c.state(topic, ""), undefined, {
    format: "image",
    ...(c.text("image_encoding") === "b64" && { encoding: "base64" as const }),
  });

function withExpiry(c: Config): ReturnType<Config["state"]> {
  const state = c.state("state_topic", "value_template");
  return state && { ...state, ...expiry(c) };
}

export const componentOf = (name: string): Component | undefined =>
  Object.hasOwn(COMPONENTS, name) ? COMPONENTS[name] : undefined;
