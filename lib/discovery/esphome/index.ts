import { boundedMap, type Convention } from "../convention";
import type { EntityKind, FoundEntity, FoundPart, Proposal } from "../found";
import { get, type JsonObject, type Message, shapeOf, textOf } from "../message";
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
    "+/status",
    "esphome/discover/+",
  ],
  repeats(message) {
    if (message.levels[0] === "esphome" || message.levels.length === 2) return undefined;
    return message.levels[1] === "light" ? `${message.topic} ${shapeOf(message.json(), 1)}` : message.topic;
  },
  create(book) {
    const nodes = boundedMap<Node>(5000);
    return (message) => {
      const [node = "", component = "", object = "", ...rest] = message.levels;
      if (node === "esphome" && component === "discover") return discovered(object, message);
      // A state below homeassistant/ is one that a config there names, and its status is Home Assistant's own.
      if (message.empty || node === "" || node === "homeassistant" || message.payload.length > 4096) return;
      const entry = nodes.open(node, () => ({ sure: false, kinds: new Set(), waiting: new Map() }));
      if (message.levels.length === 2) {
        if (/^(online|offline)$/.test(message.text(20) ?? "")) trust(node, entry);
        return;
      }
      if (object === "") return;
      const said: Said = { component, object, side: rest.length === 2 ? rest[0] : undefined, json: message.object() };
      if (entry.sure) return announce(node, said);
      if (entry.waiting.size < MAX_WAITING) entry.waiting.set(message.topic, said);
      entry.kinds.add(component);
      if (entry.kinds.size > 1) trust(node, entry);
    };

    /** Other people's topics may look the same: its status, its announcement or a second kind of component make it ESPHome's. */
    function trust(node: string, entry: Node): void {
      entry.sure = true;
      for (const said of entry.waiting.values()) announce(node, said);
      entry.waiting.clear();
    }

    function announce(node: string, { component, object, side, json }: Said): void {
      const before = book.get(node)?.entities.find((one) => one.key === `${component}.${object}`);
      const make = side === undefined && Object.hasOwn(SIMPLE, component) ? SIMPLE[component] : undefined;
      if (!make && side === undefined) return;
      if (!book.has(node) && !book.device(node, { name: node, maker: "ESPHome" })) return;
      if (side !== undefined) grow(node, component, object, side);
      else if (make) {
        const entity = make(place(node, component, object), object, json, before);
        // What had sides already keeps them.
        const more = before?.parts.filter((part) => !entity.parts.some((one) => one.role === part.role)) ?? [];
        book.entity(node, { ...entity, parts: [...entity.parts, ...more] });
      }
    }

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
      trust(
        node,
        nodes.open(node, () => ({ sure: false, kinds: new Set(), waiting: new Map() })),
      );
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

/** What a topic said of a component. */
interface Said {
  component: string;
  object: string;
  side: string | undefined;
  json: JsonObject | undefined;
}
interface Node {
  sure: boolean;
  kinds: Set<string>;
  waiting: Map<string, Said>;
}
const MAX_WAITING = 300;

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

type Make = (place: Place, object: string, json?: JsonObject, before?: FoundEntity) => FoundEntity;

const SIMPLE: Readonly<Record<string, Make>> = {
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
  light({ state, command }, object, json, before) {
    const member = (key: string): Proposal => ({ ...state, value: `$.${key}`, partial: true });
    // Only what its state speaks of: most lamps have no colour, some are only on or off.
    const has = (key: string, role: string): boolean =>
      get(json, key) !== undefined || before?.parts.some((part) => part.role === role) === true;
    const parts: FoundPart[] = [
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
    if (has("color", "color")) parts.push({ role: "color", registration: { ...member("color"), type: "text" } });
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
