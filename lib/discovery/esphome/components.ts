import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, AnnouncedPart, EntityKind, Proposal } from "../announced";
import { get, type JsonObject } from "../message";
import { composite, single, titled } from "../proposals";

export interface EntityTopics {
  state: Proposal;
  command: string;
}

export const topicsOf = (node: string, ...path: readonly string[]): EntityTopics => ({
  state: {
    filter: `${node}/${path.join("/")}/state`,
    availability: { filter: `${node}/status`, online: "online", offline: "offline" },
  },
  command: `${node}/${path.join("/")}/command`,
});

const onOff =
  (kind: EntityKind, settable: boolean, words = { on: "ON", off: "OFF" }) =>
  ({ state, command }: EntityTopics, object: string): AnnouncedEntity =>
    single(
      { key: `${kind}.${object}`, name: titled(object), kind },
      dropUndefined({
        ...state,
        type: "boolean" as const,
        payloads: words,
        command: settable ? { topic: command } : undefined,
      }),
    );

const plain =
  (kind: EntityKind, registration: Proposal, settable = false) =>
  ({ state, command }: EntityTopics, object: string): AnnouncedEntity =>
    single(
      { key: `${kind}.${object}`, name: titled(object), kind },
      dropUndefined({ ...state, ...registration, command: settable ? { topic: command } : undefined }),
    );

/** A cover or a valve. */
const moved =
  (kind: "cover" | "valve") =>
  ({ state, command }: EntityTopics, object: string): AnnouncedEntity =>
    composite({ key: `${kind}.${object}`, name: titled(object), kind }, [
      { role: "state", registration: { ...state, type: "text" } },
      ...["OPEN", "CLOSE", "STOP"].map((press) => ({
        role: press.toLowerCase(),
        registration: { command: { topic: command, press }, availability: state.availability },
      })),
    ]);

type Make = (topics: EntityTopics, object: string, json?: JsonObject, before?: AnnouncedEntity) => AnnouncedEntity;

/** Components with a single state topic. */
export const SIMPLE: Readonly<Record<string, Make>> = {
  // A sensor that is missing or has failed sends `nan`.
  sensor: plain("sensor", { jinja: "{{ 'None' if value == 'nan' else value }}" }),
  text_sensor: plain("sensor", { type: "text" }),
  binary_sensor: onOff("binary_sensor", false),
  switch: onOff("switch", true),
  number: plain("number", { type: "number" }, true),
  select: plain("select", { type: "text" }, true),
  text: plain("text", { type: "text" }, true),
  fan: onOff("fan", true),
  lock({ state, command }, object) {
    return single(
      { key: `lock.${object}`, name: titled(object), kind: "lock" },
      {
        ...state,
        type: "boolean",
        payloads: { on: "LOCKED", off: "UNLOCKED" },
        command: { topic: command, payloads: { on: "LOCK", off: "UNLOCK" } },
      },
    );
  },
  light({ state, command }, object, json, before) {
    const member = (key: string): Proposal => ({ ...state, value: `$.${key}`, partial: true });
    // Only parts that its state has: most lamps have no colour, some only on and off.
    const has = (key: string, role: string): boolean =>
      get(json, key) !== undefined || before?.parts.some((part) => part.role === role) === true;
    const parts: AnnouncedPart[] = [
      {
        role: "state",
        registration: {
          ...member("state"),
          type: "boolean",
          payloads: { on: "ON", off: "OFF" },
          command: { topic: command, payloads: { on: '{"state":"ON"}', off: '{"state":"OFF"}' } },
        },
      },
    ];
    const number = (key: string, extra: Proposal, limits: { min?: number; max?: number }): void => {
      const template = `{"state":"ON","${key}":{{value}}}`;
      if (has(key, key))
        parts.push({
          role: key,
          registration: {
            ...member(key),
            type: "number",
            ...extra,
            command: { topic: command, ...limits, step: 1, template },
          },
        });
    };
    number("brightness", { range: [0, 255] }, { min: 0, max: 255 });
    number("color_temp", { unit: "mired" }, {});
    if (has("color", "rgb")) {
      const part = (key: string): string => `{{ value_json.color.${key} }}`;
      parts.push({
        role: "rgb",
        registration: {
          ...state,
          jinja: `${part("r")},${part("g")},${part("b")}`,
          type: "text",
          command: {
            topic: command,
            jinja:
              "{% set c = value.split(',') %}" +
              '{"state":"ON","color":{"r":{{ c[0] }},"g":{{ c[1] }},"b":{{ c[2] }}}}',
          },
        },
      });
    }
    if (has("effect", "effect"))
      parts.push({
        role: "effect",
        registration: {
          ...member("effect"),
          type: "text",
          command: { topic: command, template: '{"state":"ON","effect":"{{value}}"}' },
        },
      });
    return composite({ key: `light.${object}`, name: titled(object), kind: "light" }, parts);
  },
  cover: moved("cover"),
  valve: moved("valve"),
  event: plain("event", { value: "$.event_type", partial: true, type: "text" }),
  alarm_control_panel: plain("alarm_control_panel", { type: "text" }, true),
  update: ({ state, command }, object) =>
    composite({ key: `update.${object}`, name: titled(object), kind: "update" }, [
      {
        role: "installed_version",
        registration: { ...state, value: "$.installed_version", partial: true, type: "text" },
      },
      { role: "latest_version", registration: { ...state, value: "$.latest_version", partial: true, type: "text" } },
      {
        role: "install",
        registration: { command: { topic: command, press: "INSTALL", ask: true }, availability: state.availability },
      },
    ]),
};

const text = ({ state, command }: EntityTopics): Proposal => ({ ...state, type: "text", command: { topic: command } });
const reported = ({ state }: EntityTopics): Proposal => state;
const settableNumber = ({ state, command }: EntityTopics): Proposal => ({
  ...state,
  type: "number",
  command: { topic: command },
});

/** Parts of a component that have topics of their own. */
export const SIDES: Readonly<Record<string, (topics: EntityTopics) => Proposal>> = {
  mode: text,
  // Always sent in Celsius, whatever the display shows.
  current_temperature: (topics) => ({ ...reported(topics), type: "number", unit: "°C" }),
  target_temperature: (topics) => ({ ...settableNumber(topics), unit: "°C" }),
  target_temperature_low: (topics) => ({ ...settableNumber(topics), unit: "°C" }),
  target_temperature_high: (topics) => ({ ...settableNumber(topics), unit: "°C" }),
  current_humidity: (topics) => ({ ...reported(topics), type: "number", unit: "%" }),
  target_humidity: (topics) => ({ ...settableNumber(topics), unit: "%" }),
  action: reported,
  preset: text,
  fan_mode: text,
  swing_mode: text,
  position: ({ state, command }) => ({
    ...state,
    type: "number",
    unit: "%",
    range: [0, 100],
    command: { topic: command, min: 0, max: 100 },
  }),
  tilt: ({ state, command }) => ({
    ...state,
    type: "number",
    unit: "%",
    range: [0, 100],
    command: { topic: command, min: 0, max: 100 },
  }),
  speed_level: settableNumber,
  speed: text,
  away: ({ state, command }) => ({
    ...state,
    type: "boolean",
    payloads: { on: "ON", off: "OFF" },
    command: { topic: command },
  }),
  oscillation: ({ state, command }) => ({
    ...state,
    type: "boolean",
    payloads: { on: "oscillate_on", off: "oscillate_off" },
    command: { topic: command },
  }),
  direction: text,
};
