import type { RegistrationInput } from "../registration";
import type { SaidText } from "../texts/said";
import type { ConventionId } from "./registry";

/** The kinds of entities, in Home Assistant's words, for all conventions. */
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

/** What a key of a convention means: a row of its table. */
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
  /** Set for what people rarely look at: the device's settings and its health. */
  category?: "config" | "diagnostic";
  /** The announcement asks not to show it by default. */
  hidden?: boolean;
  /** Listed only where no convention announces the same point. */
  spare?: boolean;
  parts: readonly AnnouncedPart[];
  /** The topic of its retained announcement, which a person may clear. */
  source?: string;
  /** Why it is withdrawn; undefined while it is announced. */
  withdrawn?: SaidText;
}

export interface AnnouncedDevice {
  /** Unique within the convention, stable over restarts. */
  key: string;
  convention: ConventionId;
  name: string;
  maker?: string;
  model?: string;
  area?: string;
  /** Its software's version. */
  firmware?: string;
  /** Its own page (`ownPage.ts`). */
  url?: string;
  /** Its identifiers, one a line, where it has several: devices of one convention that share one are the same device. */
  identities?: string;
  /** It announced no name of its own: another convention's name, maker and model are better. */
  unnamed?: boolean;
  entities: readonly AnnouncedEntity[];
  withdrawn?: SaidText;
  /** With `withdrawn`: it is only disconnected. Its announcement is still valid, and it may come back. */
  away?: boolean;
}

/** A device's own facts, without its entities. */
export type DeviceFacts = Omit<AnnouncedDevice, "key" | "convention" | "entities" | "withdrawn" | "away">;
