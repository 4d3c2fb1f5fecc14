/**
 * Things that are one to people though they are several points: a lamp with its brightness, a blind with its moves. Not zod: a live
 * page needs this, and should not pay for a schema library with it.
 */
export const COMPOSITE_KINDS = ["light", "cover", "climate", "fan"] as const;
export type CompositeKind = (typeof COMPOSITE_KINDS)[number];

/** The roles that a tile of the kind draws, in its order. Any other role is kept where it stands, and is a tile of its own. */
export const ROLES = {
  light: ["power", "brightness", "colorTemperature", "color", "hs", "effect"],
  cover: ["state", "position", "closed", "tilt", "open", "stop", "close"],
  climate: [
    "current",
    "target",
    "targetLow",
    "targetHigh",
    "action",
    "power",
    "mode",
    "preset",
    "fanMode",
    "swing",
    "humidity",
    "targetHumidity",
  ],
  fan: ["power", "speed", "preset", "mode", "direction", "oscillate"],
} as const satisfies Record<CompositeKind, readonly string[]>;

/** Which of the roles the tile is named after, counted by and opened with: the first that is there. */
const MAIN: Readonly<Record<CompositeKind, readonly string[]>> = {
  light: ["power", "brightness"],
  cover: ["position", "closed", "state"],
  climate: ["current", "target", "targetLow", "mode"],
  fan: ["power", "speed"],
};

export const isCompositeKind = (kind: string): kind is CompositeKind =>
  (COMPOSITE_KINDS as readonly string[]).includes(kind);

export const isRole = (kind: CompositeKind, role: string): boolean => (ROLES[kind] as readonly string[]).includes(role);

/** Of these roles the main one; undefined where none of them is drawn. */
export function mainRole(kind: CompositeKind, roles: ReadonlySet<string>): string | undefined {
  return [...MAIN[kind], ...ROLES[kind]].find((role) => roles.has(role));
}

/** How conventions call the same; what is not here keeps its name. */
const SPOKEN: Readonly<Record<CompositeKind, Readonly<Record<string, string>>>> = {
  light: {
    state: "power",
    value: "power",
    color_temp: "colorTemperature",
    rgb: "color",
    color_hs: "hs",
  },
  cover: { value: "state" },
  climate: {
    current_temperature: "current",
    local_temperature: "current",
    target_temperature: "target",
    current_heating_setpoint: "target",
    occupied_heating_setpoint: "target",
    target_temperature_low: "targetLow",
    target_temperature_high: "targetHigh",
    system_mode: "mode",
    running_state: "action",
    fan_mode: "fanMode",
    preset_mode: "preset",
    swing_mode: "swing",
    current_humidity: "humidity",
    target_humidity: "targetHumidity",
    state: "power",
  },
  fan: {
    state: "power",
    value: "power",
    percentage: "speed",
    speed_level: "speed",
    oscillation: "oscillate",
    preset_mode: "preset",
    fan_mode: "mode",
  },
};

/** A convention's name for a part as the role that tiles know. */
export const roleOf = (kind: CompositeKind, said: string): string =>
  Object.hasOwn(SPOKEN[kind], said) ? (SPOKEN[kind][said] ?? said) : said;
