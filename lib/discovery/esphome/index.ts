import type { Convention } from "../convention";
import type { EntityKind, FoundEntity, FoundPart, Proposal } from "../found";
import { get, type Message, textOf } from "../message";
import { composite, single, tidy, titled } from "../proposals";

/**
 * ESPHome (https://esphome.io/components/mqtt.html): `<node>/<component>/<object>/state` and `/command`, `<node>/status` for the node.
 * Nodes with Home Assistant discovery say more there; this is for those without.
 */
export const esphome: Convention = {
  id: "esphome",
  label: "ESPHome",
  filters: [
    ...[
      "sensor",
      "binary_sensor",
      "text_sensor",
      "switch",
      "number",
      "select",
      "text",
      "light",
      "lock",
      "cover",
      "fan",
    ].map((c) => `+/${c}/+/state`),
    "+/cover/+/+/state",
    "+/climate/+/+/state",
    "+/fan/+/+/state",
    "esphome/discover/+",
  ],
  repeats: (message) => (message.levels[0] === "esphome" ? undefined : message.topic),
  create(book) {
    return (message) => {
      const [node = "", component = "", object = "", ...rest] = message.levels;
      if (node === "esphome" && component === "discover") return discovered(object, message);
      if (message.empty || node === "" || object === "") return;
      if (message.payload.length > 4096) return;
      const entity = rest.length === 1 ? SIMPLE[component]?.(place(node, component, object), object) : undefined;
      const part = rest.length === 2 ? rest[0] : undefined;
      if (!entity && part === undefined) return;
      if (!book.has(node) && !book.device(node, { name: node, maker: "ESPHome" })) return;
      if (entity) book.entity(node, entity);
      else if (part !== undefined) grow(node, component, object, part);
    };

    function discovered(node: string, message: Message): void {
      if (message.empty) {
        book.withdraw(node, undefined, "its announcement was taken back");
        return;
      }
      const json = message.object();
      if (!json) {
        book.refuse();
        return;
      }
      const name = textOf(get(json, "friendly_name")) ?? textOf(get(json, "name")) ?? node;
      book.device(node, tidy({ name, maker: "ESPHome", model: textOf(get(json, "board")) }));
    }

    /** The sides of a climate, cover or fan come on topics of their own, one after the other. */
    function grow(node: string, component: string, object: string, side: string): void {
      const registration = SIDES[side]?.(place(node, component, object, side));
      if (!registration) return;
      const key = `${component}.${object}`;
      const before = book.get(node)?.entities.find((one) => one.key === key);
      if (before?.parts.some((part) => part.role === side)) return;
      const parts: FoundPart[] = [...(before?.parts ?? []), { role: side, registration }];
      book.entity(node, composite({ key, name: titled(object), kind: component as EntityKind }, parts));
    }
  },
};

interface Place {
  state: Proposal;
  command: string;
}

const place = (node: string, ...path: readonly string[]): Place => ({
  state: {
    filter: `${node}/${path.join("/")}/state`,
    availability: { filter: `${node}/status`, online: "online", offline: "offline" },
  },
  command: `${node}/${path.join("/")}/command`,
});

const onOff =
  (kind: EntityKind, settable: boolean, words = { on: "ON", off: "OFF" }) =>
  ({ state, command }: Place, object: string): FoundEntity =>
    single(
      { key: `${kind}.${object}`, name: titled(object), kind },
      tidy({ ...state, type: "boolean" as const, payloads: words, command: settable ? { topic: command } : undefined }),
    );

const plain =
  (kind: EntityKind, registration: Proposal, settable = false) =>
  ({ state, command }: Place, object: string): FoundEntity =>
    single(
      { key: `${kind}.${object}`, name: titled(object), kind },
      tidy({ ...state, ...registration, command: settable ? { topic: command } : undefined }),
    );

const SIMPLE: Readonly<Record<string, (place: Place, object: string) => FoundEntity>> = {
  sensor: plain("sensor", {}),
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
  light({ state, command }, object) {
    const member = (key: string): Proposal => ({ ...state, value: `$.${key}`, partial: true });
    return composite({ key: `light.${object}`, name: titled(object), kind: "light" }, [
      {
        role: "state",
        registration: {
          ...member("state"),
          type: "boolean",
          payloads: { on: "ON", off: "OFF" },
          command: { topic: command, payloads: { on: '{"state":"ON"}', off: '{"state":"OFF"}' } },
        },
      },
      {
        role: "brightness",
        registration: {
          ...member("brightness"),
          type: "number",
          range: [0, 255],
          command: { topic: command, min: 0, max: 255, step: 1, template: '{"state":"ON","brightness":{{value}}}' },
        },
      },
    ]);
  },
  cover: ({ state, command }, object) =>
    composite({ key: `cover.${object}`, name: titled(object), kind: "cover" }, [
      { role: "state", registration: { ...state, type: "text" } },
      ...["OPEN", "CLOSE", "STOP"].map((press) => ({
        role: press.toLowerCase(),
        registration: { command: { topic: command, press }, availability: state.availability },
      })),
    ]),
};

const text = ({ state, command }: Place): Proposal => ({ ...state, type: "text", command: { topic: command } });
const told = ({ state }: Place): Proposal => state;
const wanted = ({ state, command }: Place): Proposal => ({ ...state, type: "number", command: { topic: command } });

const SIDES: Readonly<Record<string, (place: Place) => Proposal>> = {
  mode: text,
  current_temperature: told,
  target_temperature: wanted,
  target_temperature_low: wanted,
  target_temperature_high: wanted,
  current_humidity: told,
  target_humidity: wanted,
  action: told,
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
  speed_level: wanted,
  oscillation: text,
  direction: text,
};
