import type { Convention } from "./convention";
import { esphome } from "./esphome";
import { homeassistant } from "./homeassistant";
import { homie } from "./homie";
import { lorawan } from "./lorawan";
import { meshtastic } from "./meshtastic";
import { owntracks } from "./owntracks";
import { rtl433 } from "./rtl433";
import { shelly } from "./shelly";
import { sparkplug } from "./sparkplug";
import { tasmota } from "./tasmota";
import { theengs } from "./theengs";
import { venus } from "./venus";
import { wirenboard } from "./wirenboard";
import { zigbee2mqtt } from "./zigbee2mqtt";

/**
 * Every convention, best first: where two speak of the same point, the first one's words are taken. rtl_433 and Theengs come before
 * Home Assistant, whose configs for them round the values and name them after their keys. How to add one: README.md.
 */
const registry = {
  rtl433,
  theengs,
  homeassistant,
  zigbee2mqtt,
  tasmota,
  homie,
  shelly,
  esphome,
  wirenboard,
  lorawan,
  owntracks,
  sparkplug,
  venus,
  meshtastic,
};

/** Ids of registrations are made of it, so it never changes. */
export type ConventionId = keyof typeof registry;

export const conventions: readonly Convention[] = Object.values(registry);

/** What people call them. */
export const conventionLabels = (ids: readonly ConventionId[]): string[] => ids.map((id) => registry[id].label);
