import { dropUndefined } from "../../dropUndefined";
import { say } from "../../texts/said";
import type { AnnouncedPart, EntityKind } from "../announced";
import { boundedMap, type Convention } from "../convention";
import { get, type JsonObject, type Message, shapeOf, textOf } from "../message";
import { composite, titled } from "../proposals";
import { SIDES, SIMPLE, topicsOf } from "./components";

/** Components with parts on topics of their own. */
const SIDED = ["cover", "climate", "fan", "valve"];
const isComponent = (level: string | undefined): boolean => level !== undefined && Object.hasOwn(SIMPLE, level);

/**
 * ESPHome (https://esphome.io/components/mqtt.html): `<node>/<component>/<object>/state` and `/command`, `<node>/status` for the node.
 * This is for nodes without Home Assistant discovery, which describes them better.
 */
export const esphome: Convention = {
  id: "esphome",
  label: "ESPHome",
  filters: [
    // A node's prefix is its name, or two levels of the owner's choice.
    ...["+", "+/+"].flatMap((prefix) => [
      ...Object.keys(SIMPLE).map((component) => `${prefix}/${component}/+/state`),
      ...SIDED.map((component) => `${prefix}/${component}/+/+/state`),
    ]),
    "esphome/discover/+",
  ],
  // Not subscribed to: many topics of other devices match, and the broker would send those that are registered twice.
  overhears: ["+/status", "+/+/status"],
  repeats(message) {
    if (message.levels[0] === "esphome" || message.levels.at(-1) === "status") return undefined;
    return /\/light\/[^/]+\/state$/.test(message.topic)
      ? `${message.topic} ${shapeOf(message.json(), 1)}`
      : message.topic;
  },
  create(book, ask) {
    const nodes = boundedMap<Node>(5000);
    return (message) => {
      const { levels } = message;
      if (levels[0] === "esphome" && levels[1] === "discover") return discovered(levels[2] ?? "", message);
      const status = levels.at(-1) === "status";
      // Counted from the end of the topic: …/<component>/<object>[/<part>]/state.
      const at = status ? levels.length - 1 : isComponent(levels.at(-3)) ? levels.length - 3 : levels.length - 4;
      if (at < 1 || at > 2) return;
      const node = levels.slice(0, at).join("/");
      const [component = "", object = "", ...rest] = levels.slice(at);
      // States below homeassistant/ belong to configs there, and homeassistant/status is Home Assistant's own.
      if (message.empty || node === "" || levels[0] === "homeassistant" || message.payload.length > 4096) return;
      const entry = nodes.open(node, () => ({ sure: false, kinds: new Set(), waiting: new Map() }));
      if (status) {
        if (/^(online|offline)$/.test(message.text(20) ?? "")) trust(node, entry);
        return;
      }
      if (object === "") return;
      const said: ComponentMessage = {
        component,
        object,
        side: rest.length === 2 ? rest[0] : undefined,
        json: message.object(),
      };
      if (entry.sure) return announce(node, said);
      ask(`${node}/status`);
      if (entry.waiting.size < MAX_WAITING) entry.waiting.set(message.topic, said);
      entry.kinds.add(component);
      if (entry.kinds.size > 1 && at === 1) trust(node, entry);
    };

    /** Other topics may look the same. A node counts as ESPHome's once its status, its announcement or a second kind of component was seen. */
    function trust(node: string, entry: Node): void {
      entry.sure = true;
      for (const said of entry.waiting.values()) announce(node, said);
      entry.waiting.clear();
    }

    function announce(node: string, { component, object, side, json }: ComponentMessage): void {
      const before = book.get(node)?.entities.find((one) => one.key === `${component}.${object}`);
      const make = side === undefined && Object.hasOwn(SIMPLE, component) ? SIMPLE[component] : undefined;
      if (!make && side === undefined) return;
      if (!book.has(node) && !book.device(node, { name: node, maker: "ESPHome" })) return;
      if (side !== undefined) grow(node, component, object, side);
      else if (make) {
        const entity = make(topicsOf(node, component, object), object, json, before);
        // Keep the parts that came on topics of their own.
        const more = before?.parts.filter((part) => !entity.parts.some((one) => one.role === part.role)) ?? [];
        book.entity(node, { ...entity, parts: [...entity.parts, ...more] });
      }
    }

    function discovered(node: string, message: Message): void {
      if (message.empty) {
        book.withdraw(node, undefined, say("withdrawn.takenBack"));
        return;
      }
      const json = message.object();
      if (!json) {
        book.refuse();
        return;
      }
      const name = textOf(get(json, "friendly_name")) ?? textOf(get(json, "name")) ?? node;
      const board = textOf(get(json, "board"));
      // The model has the node's id too, since a friendly name does not show which topics belong to it.
      const model = name === node ? board : [board, `(${node})`].filter(Boolean).join(" ");
      book.device(node, dropUndefined({ name, maker: "ESPHome", model }));
      trust(
        node,
        nodes.open(node, () => ({ sure: false, kinds: new Set(), waiting: new Map() })),
      );
    }

    /** Adds one part of a climate, cover or fan: each arrives on a topic of its own. */
    function grow(node: string, component: string, object: string, side: string): void {
      const registration = SIDES[side]?.(topicsOf(node, component, object, side));
      if (!registration) return;
      const key = `${component}.${object}`;
      const before = book.get(node)?.entities.find((one) => one.key === key);
      if (before?.parts.some((part) => part.role === side)) return;
      const parts: AnnouncedPart[] = [...(before?.parts ?? []), { role: side, registration }];
      book.entity(node, composite({ key, name: titled(object), kind: component as EntityKind }, parts));
    }
  },
};

/** A state message of a component. */
interface ComponentMessage {
  component: string;
  object: string;
  side: string | undefined;
  json: JsonObject | undefined;
}
interface Node {
  sure: boolean;
  kinds: Set<string>;
  waiting: Map<string, ComponentMessage>;
}
const MAX_WAITING = 300;
