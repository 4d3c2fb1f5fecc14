import type { AnnouncedPart, EntityKind } from "../announced";
import { boundedMap, type Convention } from "../convention";
import { get, type JsonObject, type Message, shapeOf, textOf } from "../message";
import { composite, tidy, titled } from "../proposals";
import { SIDES, SIMPLE, topicsOf } from "./components";

/** Components that have sides on topics of their own. */
const SIDED = ["cover", "climate", "fan", "valve"];
const isComponent = (level: string | undefined): boolean => level !== undefined && Object.hasOwn(SIMPLE, level);

/**
 * ESPHome (https://esphome.io/components/mqtt.html): `<node>/<component>/<object>/state` and `/command`, `<node>/status` for the node.
 * Nodes with Home Assistant discovery say more there; this is for those without.
 */
export const esphome: Convention = {
  id: "esphome",
  label: "ESPHome",
  filters: [
    // The prefix of a node is its name, or its owner's choice of two levels.
    ...["+", "+/+"].flatMap((prefix) => [
      ...Object.keys(SIMPLE).map((component) => `${prefix}/${component}/+/state`),
      ...SIDED.map((component) => `${prefix}/${component}/+/+/state`),
    ]),
    "esphome/discover/+",
  ],
  // Any topic of two or three levels may end so: subscribed as a whole, a broker sends what is registered there a second time.
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
      // Counted from the end, which says what it is: …/<component>/<object>[/<side>]/state.
      const at = status ? levels.length - 1 : isComponent(levels.at(-3)) ? levels.length - 3 : levels.length - 4;
      if (at < 1 || at > 2) return;
      const node = levels.slice(0, at).join("/");
      const [component = "", object = "", ...rest] = levels.slice(at);
      // A state below homeassistant/ is one that a config there names, and its status is Home Assistant's own.
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

    /** Other people's topics may look the same: its status, its announcement or a second kind of component make it ESPHome's. */
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
      const board = textOf(get(json, "board"));
      // A friendly name does not tell which topics are its.
      const model = name === node ? board : [board, `(${node})`].filter(Boolean).join(" ");
      book.device(node, tidy({ name, maker: "ESPHome", model }));
      trust(
        node,
        nodes.open(node, () => ({ sure: false, kinds: new Set(), waiting: new Map() })),
      );
    }

    /** The sides of a climate, cover or fan come on topics of their own, one after the other. */
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

/** What a topic said of a component. */
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
