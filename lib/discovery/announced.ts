import type { RegistrationInput } from "../registration";
import type { ConventionId } from "./registry";

/** What a convention makes of what devices say of themselves. Nothing of it is kept until a person (or the option) keeps it. */

/** Home Assistant's words for what an entity is; every convention here speaks them. */
export type EntityKind =
  | "sensor"
  | "binary_sensor"
  | "switch"
  | "light"
  | "number"
  | "select"
  | "button"
  | "text"
  | "cover"
  | "climate"
  | "fan"
  | "lock"
  | "siren"
  | "valve"
  | "humidifier"
  | "water_heater"
  | "vacuum"
  | "lawn_mower"
  | "alarm_control_panel"
  | "update"
  | "device_tracker"
  | "event"
  | "image"
  | "location";

/** What a key of a convention means to people: a row of its table. */
export interface Meaning {
  name: string;
  unit?: string | undefined;
  /** Absent: a sensor. */
  kind?: EntityKind | undefined;
  diagnostic?: boolean | undefined;
}

/** A registration without its id, which is derived from where the part was found (`registrationId`). */
export type Proposal = Omit<RegistrationInput, "id" | "broker">;

/** One point of an entity: a light has `state`, `brightness`, …; a sensor has only `value`. */
export interface AnnouncedPart {
  role: string;
  registration: Proposal;
}

export interface AnnouncedEntity {
  /** Unique within the device, stable over restarts. */
  key: string;
  name: string;
  kind: EntityKind;
  /** What a person rarely looks at: settings of the device, and how it is doing. */
  category?: "config" | "diagnostic";
  /** The device itself suggests not to show it. */
  hidden?: boolean;
  parts: readonly AnnouncedPart[];
  /** The retained topic that announces it, which a person may clear. */
  source?: string;
  /** Announced before, taken back since; in words. */
  withdrawn?: string;
}

export interface AnnouncedDevice {
  /** Unique within the convention, stable over restarts. */
  key: string;
  convention: ConventionId;
  name: string;
  maker?: string;
  model?: string;
  area?: string;
  /** The name is a makeshift: what another convention announces (name, maker, model) is better. */
  unnamed?: boolean;
  entities: readonly AnnouncedEntity[];
  withdrawn?: string;
  /** Withdrawn, but its announcement stands: it is only not there, and may come back. */
  away?: boolean;
}

/** What may be said of a device beside its entities. */
export type DeviceFacts = Omit<AnnouncedDevice, "key" | "convention" | "entities" | "withdrawn" | "away">;
