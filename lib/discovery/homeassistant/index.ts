import { dropUndefined } from "../../dropUndefined";
import { GLYPH_NAME } from "../../glyphs/tables";
import type { Steps } from "../../steps";
import { say } from "../../texts/said";
import type { AnnouncedEntity, AnnouncedPart, DeviceFacts } from "../announced";
import type { Convention } from "../convention";
import { legalClass } from "../deviceClass";
import { get, isObject, type JsonObject, type Message, objectOf, textOf } from "../message";
import { ownPage } from "../ownPage";
import { composite, titled } from "../proposals";
import { createAttributes } from "./attributes";
import { componentOf } from "./components";
import { createConfig, expandConfig } from "./config";

/**
 * Home Assistant MQTT discovery (https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery), which most MQTT devices support:
 * `homeassistant/<component>/[<node>/]<object>/config`, retained, and per device `homeassistant/device/<object>/config`.
 * An empty payload withdraws the announcement.
 */
export const homeassistant: Convention = {
  id: "homeassistant",
  label: "Home Assistant discovery",
  filters: ["homeassistant/+/+/config", "homeassistant/+/+/+/config"],
  create(book, ask) {
    const attributes = createAttributes(book, ask);
    /** The entities that each config topic announced. Bounded by the book's limits. */
    const announced = new Map<string, { device: string; entities: string[] }>();

    function takeBack(topic: string, except: ReadonlySet<string> = new Set()): void {
      const before = announced.get(topic);
      if (!before) return;
      for (const key of before.entities)
        if (!except.has(`${before.device}\n${key}`)) {
          book.withdraw(before.device, key, say("withdrawn.takenBack"));
          attributes.forget(`${topic} ${key}`);
        }
    }

    function* announce(topic: string, raw: JsonObject, components: Iterable<[string, string, JsonObject]>): Steps {
      const config = expandConfig(raw);
      const { id, facts, named } = deviceOf(config, topic);
      // Devices of different models with the same identifier are a firmware's mistake; they are kept apart.
      const other = book.get(id)?.model;
      const key =
        other === undefined || facts.model === undefined || other === facts.model ? id : `${id}|${facts.model}`;
      const before = book.get(key);
      facts.identities = joined(before?.identities, facts.identities);
      // Several configs may describe a device without naming it: the name of the first one is kept.
      if (before && !named) facts.name = before.name;
      if (!book.device(key, facts)) return;
      const kept: string[] = [];
      for (const [id, component, one] of components) {
        yield;
        const entity = entityOf(id, component, one, facts.name, topic);
        if (!entity) continue;
        if (!book.entity(key, entity)) continue;
        kept.push(entity.key);
        attributes.note(`${topic} ${id}`, key, createConfig(one));
      }
      takeBack(topic, new Set(kept.map((entity) => `${key}\n${entity}`)));
      if (kept.length) announced.set(topic, { device: key, entities: kept });
    }

    return function* (message) {
      const path = pathOf(message);
      if (!path) return attributes.read(message);
      if (message.empty) {
        takeBack(message.topic);
        return;
      }
      if (IGNORED.has(path.component)) return;
      if (book.full && !announced.has(message.topic)) {
        book.cap();
        return;
      }
      const raw = message.object();
      if (!raw) {
        book.refuse();
        return;
      }
      // The device will announce the same again in a device config.
      const moves = get(raw, "migrate_discovery") ?? get(raw, "migr_discvry");
      if (path.component !== "device" && moves === true) return takeBack(message.topic);
      if (path.component === "device") return yield* announce(message.topic, raw, componentsOf(raw));
      if (!componentOf(path.component)) {
        book.refuse();
        return;
      }
      yield* announce(message.topic, raw, [[path.id, path.component, expandConfig(raw)]]);
    };
  },
};

/** Components without a state or a command. */
const IGNORED = new Set(["device_automation", "tag"]);

function pathOf({ levels }: Message): { component: string; id: string } | undefined {
  const [, component] = levels;
  if ((levels.length !== 4 && levels.length !== 5) || levels[levels.length - 1] !== "config" || !component)
    return undefined;
  return { component, id: [component, ...levels.slice(2, -1)].join(".") };
}

/** Keys of a device config that apply to all its components. */
const SHARED = [
  "availability",
  "availability_mode",
  "availability_topic",
  "availability_template",
  "payload_available",
  "payload_not_available",
  "state_topic",
  "command_topic",
  "qos",
  "retain",
  "encoding",
  "origin",
];

function* componentsOf(raw: JsonObject): Generator<[string, string, JsonObject]> {
  const whole = expandConfig(raw);
  const shared = Object.fromEntries(SHARED.flatMap((key) => (whole[key] === undefined ? [] : [[key, whole[key]]])));
  const base = textOf(raw["~"]);
  for (const [id, value] of Object.entries(objectOf(whole.components) ?? {})) {
    const one = objectOf(value);
    const platform = textOf(get(one, "platform") ?? get(one, "p"));
    // A component with only a platform is withdrawn.
    if (!one || platform === undefined || Object.keys(one).length === 1) continue;
    const own = expandConfig(base === undefined || Object.hasOwn(one, "~") ? one : { "~": base, ...one });
    if (Array.isArray(own.availability) && own.availability.length === 0) delete own.availability;
    yield [id, platform, { ...shared, ...own }];
  }
}

function deviceOf(config: JsonObject, topic: string): { id: string; facts: DeviceFacts; named: boolean } {
  const device = objectOf(config.device);
  const ids = get(device, "identifiers");
  const first = textOf(Array.isArray(ids) ? ids[0] : ids);
  const connections = get(device, "connections");
  const connection = Array.isArray(connections) && Array.isArray(connections[0]) ? connections[0] : connections;
  const linked = Array.isArray(connection) ? connection.map((part) => textOf(part) ?? "").join(":") : undefined;
  // An entity without a device becomes a device of its own, under its own name.
  const id = first ?? linked ?? `topic:${topic}`;
  const own = textOf(get(device, "name"));
  const name = own ?? textOf(config.name);
  const all = [
    ...(Array.isArray(ids) ? ids : [ids]).map((one) => textOf(one)),
    ...(Array.isArray(connections) ? connections : []).map((one) =>
      Array.isArray(one) && one.length === 2 ? `${textOf(one[0])}:${textOf(one[1])}` : undefined,
    ),
  ].filter((one) => one !== undefined);
  return {
    id,
    named: own !== undefined,
    facts: dropUndefined({
      name: name ?? first ?? titled(topic.split("/").at(-2) ?? topic),
      maker: textOf(get(device, "manufacturer")),
      model: textOf(get(device, "model")) ?? textOf(get(device, "model_id")),
      area: textOf(get(device, "suggested_area")),
      firmware: textOf(get(device, "sw_version"), 100),
      url: ownPage(textOf(get(device, "configuration_url"), 600)),
      unnamed: own === undefined ? true : undefined,
      identities: all.length > 0 ? all.slice(0, MAX_IDENTITIES).join("\n") : undefined,
    }),
  };
}

const MAX_IDENTITIES = 20;

/** All that its configs call a device; each of them may name only some. */
function joined(known: string | undefined, more: string | undefined): string | undefined {
  if (known === undefined || more === undefined || known === more) return more ?? known;
  return [...new Set([...known.split("\n"), ...more.split("\n")])].sort().slice(0, MAX_IDENTITIES).join("\n");
}

const CATEGORIES = new Set(["config", "diagnostic"]);

function entityOf(
  id: string,
  component: string,
  raw: JsonObject,
  device: string,
  topic: string,
): AnnouncedEntity | undefined {
  const known = componentOf(component);
  if (!known || !isObject(raw)) return undefined;
  const config = createConfig(raw);
  const deviceClass = legalClass(config.text("device_class"));
  const parts = known.parts(config).map((part) => classed(part, deviceClass));
  if (parts.length === 0) return undefined;
  const category = config.text("entity_category");
  // A null or empty name means that the entity is the device's main one, and has the device's name.
  const name = config.text("name") ?? (raw.name === null || raw.name === "" ? device : fallbackName(config, id));
  return composite(
    dropUndefined({
      key: id,
      name,
      kind: known.kind,
      category: category !== undefined && CATEGORIES.has(category) ? (category as "config" | "diagnostic") : undefined,
      hidden: config.off("enabled_by_default") || config.text("mode") === "password" ? true : undefined,
      source: topic,
    }),
    parts.map((part) => (PICTURED.has(part.role) ? withIcon(part, iconOf(config)) : part)),
  );
}

/** The roles that are the entity itself. */
const PICTURED: ReadonlySet<string> = new Set(["value", "state"]);

const withIcon = (part: AnnouncedPart, icon: string | undefined): AnnouncedPart =>
  icon === undefined ? part : { ...part, registration: { ...part.registration, icon } };

const iconOf = (config: ReturnType<typeof createConfig>): string | undefined => {
  const icon = config.text("icon");
  return icon !== undefined && icon.length <= 80 && GLYPH_NAME.test(icon) ? icon : undefined;
};

/** An announced class is of the entity's state, not of its other parts. */
const classed = (part: AnnouncedPart, deviceClass: string | undefined): AnnouncedPart =>
  deviceClass === undefined || (part.role !== "value" && part.role !== "state")
    ? part
    : { ...part, registration: { ...part.registration, deviceClass } };

const fallbackName = (config: ReturnType<typeof createConfig>, id: string): string =>
  titled(config.text("device_class") ?? config.text("object_id") ?? id.split(".").at(-1) ?? id);
