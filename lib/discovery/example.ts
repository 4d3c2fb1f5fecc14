/** An example of a convention as data; one test runs all of them. */
export interface DiscoveryExample {
  name: string;
  /** Topics and payloads in the order of arrival; a payload that is not a text is sent as JSON. */
  messages: readonly (readonly [topic: string, payload: unknown])[];
  /** By the device's name; entities by "kind name", parts by role. `null`: must not be found. */
  finds: Readonly<Record<string, DeviceExample | null>>;
}

export interface DeviceExample {
  maker?: string;
  model?: string;
  area?: string;
  /** In words. */
  withdrawn?: string;
  entities?: Readonly<Record<string, EntityExample | null>>;
}

export interface EntityExample {
  category?: string;
  hidden?: boolean;
  /** In words. */
  withdrawn?: string;
  /** For an entity of a single part: the expected members of its registration. */
  value?: object;
  parts?: Readonly<Record<string, object>>;
  /** Members that the registration of a role must not have. */
  lacks?: Readonly<Record<string, readonly string[]>>;
  /** The value of each part after all messages; for a single part just its value. */
  shows?: unknown;
  /** Commands: the role, the requested value, and the topic and payload to expect. */
  sends?: readonly (readonly [role: string, asked: boolean | number | string | null, topic: string, payload: string])[];
}
