import type { Meaning } from "../announced";

/** The meaning of a member of a message (https://owntracks.org/booklet/tech/json/). */
export interface Member extends Meaning {
  text?: boolean;
}

const flag = (name: string): Member => ({ name, kind: "binary_sensor" });
const word = (name: string, diagnostic = true): Member => ({ name, text: true, diagnostic });

/** Members of a location message: the phone's health, and what trackers in cars add. */
const LOCATION: Readonly<Record<string, Member>> = {
  batt: { name: "Battery", unit: "%", diagnostic: true },
  bs: { name: "Battery status", diagnostic: true },
  acc: { name: "Accuracy", unit: "m" },
  alt: { name: "Altitude", unit: "m" },
  vel: { name: "Velocity", unit: "km/h" },
  cog: { name: "Course", unit: "°" },
  vac: { name: "Vertical accuracy", unit: "m", diagnostic: true },
  rad: { name: "Region radius", unit: "m", diagnostic: true },
  p: { name: "Pressure", unit: "kPa" },
  conn: word("Connection"),
  t: word("Trigger"),
  m: { name: "Monitoring mode", diagnostic: true },
  tid: word("Tracker ID"),
  SSID: word("Wifi network"),
  poi: word("Point of interest", false),
  tag: word("Tag", false),
  addr: word("Address", false),
  odometer: { name: "Odometer", unit: "km" },
  ubatt: { name: "Battery voltage", unit: "V", diagnostic: true },
  uext: { name: "External voltage", unit: "V", diagnostic: true },
  aiv: { name: "Analog input", unit: "V" },
  rpm: { name: "Engine speed", unit: "rpm" },
  fcon: { name: "Fuel consumption", unit: "L/100 km" },
  flvl: { name: "Fuel level", unit: "%" },
  hmc: { name: "Hours of operation", unit: "s" },
  don: { name: "Ignition on for", unit: "s" },
  doff: { name: "Ignition off for", unit: "s" },
  ign: flag("Ignition"),
  motion: flag("Motion"),
  tow: flag("Towed"),
  vin: word("Vehicle number"),
  imei: word("IMEI"),
};

const STEPS: Readonly<Record<string, Member>> = {
  steps: { name: "Steps" },
  distance: { name: "Distance walked", unit: "m" },
  floorsup: { name: "Floors up" },
  floorsdown: { name: "Floors down" },
};

/** By the message's type; `below`: the level below the device's topic on which it is published. */
export const MEMBERS: Readonly<
  Record<string, { below: readonly string[]; members: Readonly<Record<string, Member>> }>
> = {
  location: { below: [""], members: LOCATION },
  transition: {
    below: ["event"],
    members: {
      event: { name: "Last transition", kind: "event", text: true },
      desc: word("Last transition region", false),
    },
  },
  steps: { below: ["step", "steps"], members: STEPS },
  beacon: {
    below: ["beacon"],
    members: { desc: word("Last beacon", false), rssi: { name: "Beacon RSSI", unit: "dBm", diagnostic: true } },
  },
};
