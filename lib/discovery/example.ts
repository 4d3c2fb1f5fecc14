/** What a convention makes of a device's words, as data: one test runs all of them. */
export interface DiscoveryExample {
  name: string;
  /** Topic and payload, in the order of arrival; what is no text is sent as JSON. */
  messages: readonly (readonly [topic: string, payload: unknown])[];
  /** By the device's name; every entity as "kind name", every part by its role. `null`: it must not be there. */
  finds: Readonly<Record<string, DeviceExample | null>>;
}

export interface DeviceExample {
  maker?: string;
  model?: string;
  area?: string;
  withdrawn?: string;
  entities?: Readonly<Record<string, EntityExample | null>>;
}

export interface EntityExample {
  category?: string;
  hidden?: boolean;
  withdrawn?: string;
  /** The members of the registration that matter here; of a lone part without its role. */
  value?: object;
  parts?: Readonly<Record<string, object>>;
  /** Members that the registration of a role must not have. */
  lacks?: Readonly<Record<string, readonly string[]>>;
  /** After all messages: what each part shows. Of a lone part its bare value. */
  shows?: unknown;
  /** A value that is asked for, and the topic and payload that go out. */
  sends?: readonly (readonly [role: string, asked: boolean | number | string | null, topic: string, payload: string])[];
}
