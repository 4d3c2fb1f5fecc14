import type { AnnouncedPart } from "../announced";
import { get, listOf, textOf } from "../message";
import type { Config } from "./config";
import { choice, onOff, part, presses, textState } from "./parts";

/** The supported features by the config, else Home Assistant's defaults. */
const able = (c: Config, otherwise: readonly string[]): ReadonlySet<string> =>
  new Set(
    Array.isArray(get(c.raw, "supported_features"))
      ? listOf(get(c.raw, "supported_features")).map((one) => textOf(one) ?? "")
      : otherwise,
  );

/** Telltale cannot ask for a code, and without it the device refuses commands: they are not offered. */
const asksForCode = (c: Config): boolean =>
  c.text("code") !== undefined || c.text("code_format") !== undefined || sendsCode(c);

const sendsCode = (c: Config): boolean => {
  const template = get(c.raw, "command_template");
  return typeof template === "string" && /\bcode\b/.test(template);
};

/** Some panels need the code only for arming, or only for disarming. */
const needsCode = (c: Config, what: "arm" | "disarm"): boolean =>
  sendsCode(c) || (c.text("code") !== undefined && !c.off(`code_${what}_required`));

/** The states of a lock beside locked and unlocked. */
const LOCK_NEITHER = ["locking", "unlocking", "opening", "open", "jammed"];

export function lock(c: Config): AnnouncedPart[] {
  const command = asksForCode(c) ? undefined : c.command("command_topic", "command_template");
  return [
    ...onOff(c, "state", c.state("state_topic", "value_template"), command, {
      on: c.payload("payload_lock", "LOCK"),
      off: c.payload("payload_unlock", "UNLOCK"),
      stateOn: c.payload("state_locked", "LOCKED"),
      stateOff: c.payload("state_unlocked", "UNLOCKED"),
      neither: LOCK_NEITHER.flatMap((state) => {
        const word = c.payload(`state_${state}`, state.toUpperCase());
        return [word, word.toLowerCase()];
      }),
    }),
    ...(c.text("payload_open") ? presses(c, command, [["open", c.payload("payload_open", "OPEN")]]) : []),
  ];
}

const ARMING = ["arm_home", "arm_away", "arm_night", "arm_vacation", "arm_custom_bypass"];

export function alarm(c: Config): AnnouncedPart[] {
  const can = able(c, ARMING);
  const command = c.command("command_topic", "command_template", ["action", "value"]);
  const words = [
    ...(needsCode(c, "disarm") ? [] : ["disarm"]),
    ...(needsCode(c, "arm") ? [] : ARMING.filter((what) => can.has(what))),
  ];
  return [
    ...textState(c, "state", c.state("state_topic", "value_template")),
    ...presses(
      c,
      command,
      words.map((what) => [what, c.payload(`payload_${what}`, what.toUpperCase())]),
    ),
  ];
}

/** The commands of a vacuum, and the feature that each one needs. */
const VACUUM: readonly (readonly [word: string, feature: string])[] = [
  ["start", "start"],
  ["pause", "pause"],
  ["stop", "stop"],
  ["return_to_base", "return_home"],
  ["clean_spot", "clean_spot"],
  ["locate", "locate"],
];

export function vacuum(c: Config): AnnouncedPart[] {
  const can = able(c, ["start", "stop", "return_home", "status", "clean_spot"]);
  const state = c.state("state_topic", "value_template");
  const plain = state && state.value === undefined && state.jinja === undefined;
  return [
    ...part(c, "state", plain ? { ...state, value: "$.state", partial: true } : state, undefined, { type: "text" }),
    ...(plain && can.has("battery")
      ? part(c, "battery level", { ...state, value: "$.battery_level", partial: true }, undefined, {
          type: "number",
          unit: "%",
        })
      : []),
    ...presses(
      c,
      c.command("command_topic", ""),
      VACUUM.filter(([, feature]) => can.has(feature)).map(([what]) => [what, c.payload(`payload_${what}`, what)]),
    ),
    ...choice(
      c,
      "fan speed",
      plain && can.has("fan_speed") ? { ...state, value: "$.fan_speed", partial: true } : undefined,
      c.command("set_fan_speed_topic", ""),
      c.texts("fan_speed_list"),
    ),
  ];
}

export const mower = (c: Config): AnnouncedPart[] => [
  ...textState(c, "state", c.state("activity_state_topic", "activity_value_template")),
  ...["start_mowing", "pause", "dock"].flatMap((what) =>
    presses(c, c.command(`${what}_command_topic`, `${what}_command_template`), [[what, what]]),
  ),
];
