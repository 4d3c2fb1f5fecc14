import { ahoydtu } from "./ahoydtu";
import { collectd } from "./collectd";
import type { Convention } from "./convention";
import { dsmrreader } from "./dsmrreader";
import { ebusd } from "./ebusd";
import { emsesp } from "./emsesp";
import { espeasy } from "./espeasy";
import { esphome } from "./esphome";
import { espresense } from "./espresense";
import { evcc } from "./evcc";
import { frigate } from "./frigate";
import { fullykiosk } from "./fullykiosk";
import { goecharger } from "./goecharger";
import { homeassistant } from "./homeassistant";
import { homie } from "./homie";
import { influx } from "./influx";
import { lorawan } from "./lorawan";
import { meshtastic } from "./meshtastic";
import { mysensors } from "./mysensors";
import { opendtu } from "./opendtu";
import { openhasp } from "./openhasp";
import { openwb } from "./openwb";
import { owntracks } from "./owntracks";
import { rtl433 } from "./rtl433";
import { ruuvi } from "./ruuvi";
import { shelly } from "./shelly";
import { sparkplug } from "./sparkplug";
import { tasmota } from "./tasmota";
import { teslamate } from "./teslamate";
import { theengs } from "./theengs";
import { venus } from "./venus";
import { wirenboard } from "./wirenboard";
import { wled } from "./wled";
import { zigbee2mqtt } from "./zigbee2mqtt";
import { zwavejs } from "./zwavejs";

/**
 * Every convention, best first: where two announce the same point, the first one wins. rtl_433 and Theengs come before Home Assistant,
 * because their Home Assistant configs round the values and name them after their keys. README.md says how to add one.
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
  frigate,
  evcc,
  opendtu,
  collectd,
  influx,
  mysensors,
  goecharger,
  ruuvi,
  openhasp,
  fullykiosk,
  ebusd,
  espeasy,
  ahoydtu,
  dsmrreader,
  teslamate,
  wled,
  espresense,
  openwb,
  emsesp,
  zwavejs,
};

/** Ids of registrations are derived from it, so it never changes. */
export type ConventionId = keyof typeof registry;

export const conventions: readonly Convention[] = Object.values(registry);

/** The names of conventions for people. */
export const conventionLabels = (ids: readonly ConventionId[]): string[] => ids.map((id) => registry[id].label);
