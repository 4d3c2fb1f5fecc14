import { dropUndefined } from "../../dropUndefined";
import { say } from "../../texts/said";
import type { AnnouncedDevice, AnnouncedEntity, Proposal } from "../announced";
import type { Book } from "../book";
import { boundedMap } from "../convention";
import { likelyUnit } from "../infer";
import { get, isObject, type JsonObject, type Message, shapeOf } from "../message";
import { jsonPath, single, titled } from "../proposals";
import type { Config } from "./config";

/**
 * The members of the document on a device's `json_attributes_topic` that none of its entities show are further values of it
 * (https://www.home-assistant.io/integrations/sensor.mqtt/#json_attributes_topic). They are `spare`: where any convention announces the
 * same point, its words are better.
 */
export interface Attributes {
  /** A config names this topic. */
  note(source: string, device: string, config: Config): void;
  /** The config is no longer announced. */
  forget(source: string): void;
  read(message: Message): void;
}

interface Source {
  device: string;
  within: readonly string[];
  availability: Pick<Proposal, "availability" | "availabilityMode">;
}
interface AttributeTopic {
  /** By the topic of the config that names it. */
  sources: Map<string, Source>;
  /** Of the last document, with the number of the device's entities: the same says nothing new. */
  shape?: string;
  entities: Set<string>;
}

const MAX_TOPICS = 5000;
const MAX_SOURCES = 500;
const MAX_MEMBERS = 40;

export function createAttributes(book: Book, ask: (topic: string) => void): Attributes {
  const topics = boundedMap<AttributeTopic>(MAX_TOPICS);
  /** The attribute topic by the topic of its config. */
  const named = boundedMap<string>(MAX_TOPICS * 4);

  function withdraw(device: string, { entities }: AttributeTopic): void {
    for (const key of entities) book.withdraw(device, key, say("withdrawn.takenBack"));
    entities.clear();
  }

  function forget(source: string): void {
    const topic = named.get(source);
    const one = topic === undefined ? undefined : topics.get(topic);
    named.delete(source);
    const was = one?.sources.get(source);
    if (!one || !was) return;
    one.sources.delete(source);
    if (![...one.sources.values()].some(({ device }) => device === was.device)) withdraw(was.device, one);
    delete one.shape;
  }

  return {
    note(source, device, config) {
      const topic = config.text("json_attributes_topic");
      const within = withinOf(get(config.raw, "json_attributes_template"));
      if (topic === undefined || /[+#]/.test(topic) || !within) return forget(source);
      if (named.get(source) !== topic) forget(source);
      const one = topics.open(topic, () => ({ sources: new Map(), entities: new Set() }));
      if (one.sources.size >= MAX_SOURCES && !one.sources.has(source)) return;
      const others = new Set([...one.sources.values()].map((known) => known.device));
      one.sources.set(source, { device, within, availability: config.availability });
      named.set(source, topic);
      // Whose values they are is not known where two devices name the same topic.
      for (const other of others) if (other !== device) withdraw(other, one);
      delete one.shape;
      ask(topic);
    },
    forget,
    read(message) {
      // A topic with wildcards is shared by many devices, or read at several gateways whose own convention knows it better.
      const one = topics.get(message.topic);
      const [source, ...more] = one?.sources.values() ?? [];
      if (!one || !source || more.some(({ device }) => device !== source.device)) return;
      const json = at(message.object(), source.within);
      const device = book.get(source.device);
      if (!json || !device) return;
      if (one.shape === `${device.entities.length} ${shapeOf(json, 1)}`) return;
      for (const entity of further(message.topic, json, source, device, one.entities)) {
        one.entities.add(entity.key);
        book.entity(source.device, entity);
      }
      one.shape = `${book.get(source.device)?.entities.length ?? 0} ${shapeOf(json, 1)}`;
    },
  };
}

/** Without a template the document itself, else the member that the template selects; undefined for any other template. */
function withinOf(template: unknown): readonly string[] | undefined {
  if (template === undefined || template === null || template === "") return [];
  if (typeof template !== "string" || template.length > 500) return undefined;
  const [, path] =
    /^\s*\{\{-?\s*value_json((?:\.[A-Za-z_]\w*|\[\s*'[^'\\]*'\s*\])*)\s*(?:\|\s*to_?json\s*)?-?\}\}\s*$/.exec(
      template,
    ) ?? [];
  return path === undefined ? undefined : [...path.matchAll(/\.(\w+)|'([^']*)'/g)].map(([, a, b]) => a ?? b ?? "");
}

const at = (json: JsonObject | undefined, path: readonly string[]): JsonObject | undefined =>
  path.reduce<JsonObject | undefined>((node, key) => {
    const inner = get(node, key);
    return isObject(inner) ? inner : undefined;
  }, json);

/** Ids, times and addresses, and what describes an entity instead of being a value. */
const NOT_VALUES =
  /^(?:name|friendly_?name|icon|unit(?:_of_measurement)?|device_?class|state_?class|entity_?picture|attribution|restored|supported_features|options|latitude|longitude|altitude|gps_accuracy|state|value|topic|type|model(?:_id)?|brand|manufacturer|maker|device|vendor|version|firmware|sw|hw)$|(?:^|_)(?:id|ids|uid|uuid|guid|mac|address|addr|ip|ipv[46]|host|hostname|bssid|ssid|url|uri|href|picture|image|thumbnail|token|password|secret|key|serial|sn|time|timestamp|ts|date|datetime|epoch|since|until|seen|updated?|changed|started|created)$|^(?:last|next|first|start|end|previous)_/;

/** "lastSeen", "IPAddress" and "last seen" in the spelling of the table above. */
const plain = (key: string): string =>
  key
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase();

const LOOKS_OTHERWISE =
  /^\d{4}-\d\d-\d\d|^\d\d?:\d\d|^[a-z][a-z0-9+.-]*:\/\/|^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$|^\d{1,3}(?:\.\d{1,3}){3}$|^[0-9a-f]{12,}$|^(?:0x)[0-9a-f]+$|^\s*[[{]/i;
const NUMERIC = /^[+-]?\d+(?:\.\d+)?$/;

function* further(
  topic: string,
  json: JsonObject,
  { within, availability }: Source,
  device: AnnouncedDevice,
  ours: ReadonlySet<string>,
): Generator<AnnouncedEntity> {
  const others = device.entities.filter(({ key }) => !ours.has(key));
  const used = membersUsed(topic, others);
  const names = new Set(others.map(({ name }) => plain(name)));
  let count = 0;
  for (const [key, value] of Object.entries(json)) {
    if (count >= MAX_MEMBERS) return;
    const isText = typeof value === "string";
    if (typeof value !== "number" && typeof value !== "boolean" && !isText) continue;
    if (key === "" || key.length > 60 || NOT_VALUES.test(plain(key)) || used.has(key) || names.has(plain(key)))
      continue;
    if (isText && (value.length > 60 || value.trim() === "" || LOOKS_OTHERWISE.test(value))) continue;
    // Seconds or milliseconds since 1970.
    if (typeof value === "number" && value > 1e9 && Number.isInteger(value)) continue;
    const number = typeof value === "number" ? value : isText && NUMERIC.test(value) ? Number(value) : undefined;
    count++;
    yield {
      ...single(
        {
          key: `${topic} ${[...within, key].join(".")}`,
          name: titled(key),
          kind: typeof value === "boolean" ? "binary_sensor" : "sensor",
        },
        dropUndefined<Proposal>({
          filter: topic,
          value: jsonPath(...within, key),
          partial: true,
          type: typeof value === "boolean" ? "boolean" : number !== undefined ? "number" : "text",
          unit: number === undefined ? undefined : unitFor(key, number, others),
          ...availability,
        }),
      ),
      spare: true,
    };
  }
}

/** What the templates of the other entities read in the messages of this topic; rather too much than too little. */
function membersUsed(topic: string, entities: readonly AnnouncedEntity[]): Set<string> {
  const used = new Set<string>();
  for (const { parts } of entities)
    for (const { registration } of parts) {
      if (registration.filter !== topic) continue;
      const text = `${registration.value ?? ""} ${registration.jinja ?? ""}`;
      for (const [token] of text.matchAll(/[\p{L}_][\p{L}\p{N}_]*|'[^']*'|"[^"]*"/gu))
        used.add(token.replace(/^['"]|['"]$/g, ""));
    }
  return used;
}

/** The usual unit of such a key; a device that says its temperatures in °F does so in its attributes too. */
function unitFor(key: string, sample: number, entities: readonly AnnouncedEntity[]): string | undefined {
  const unit = likelyUnit(key, sample);
  if (unit !== "°C") return unit;
  const said = new Set(entities.flatMap(({ parts }) => parts.map(({ registration }) => registration.unit)));
  return said.has("°F") ? (said.has("°C") ? undefined : "°F") : unit;
}
