import { dropUndefined } from "../../dropUndefined";
import type { Steps } from "../../steps";
import { type SaidText, say } from "../../texts/said";
import type { Book } from "../book";
import { boundedMap } from "../convention";
import { type Message, textOf } from "../message";
import { single } from "../proposals";
import { goneBy, type Property, propertyEntity, stateOf } from "./property";

interface Device {
  base: string;
  /** $homie or $nodes was received, so it is a Homie device. */
  sure: boolean;
  name?: string;
  model?: string;
  /** Version 2 has $online instead of $state. */
  online?: boolean;
  /** Version 2 has no datatypes either. */
  untyped?: boolean;
  /** Why it is away, by its $state. Attributes that arrive later do not bring it back. */
  gone?: SaidText | undefined;
  nodes: Map<string, Node>;
  stats: Set<string>;
}

interface Node {
  properties: Map<string, Property>;
  /** Up to version 3 a node may have several instances: `lamps[]` with `$array` 0-3 has the topics lamps_0 to lamps_3. */
  array?: boolean;
  range?: readonly number[];
  /** Version 2: what its property `unit` says is the unit of its numbers. */
  unit?: string;
}

const MAX_NODES = 200;
const MAX_ARRAY = 50;
const MAX_PROPERTIES = 200;

const STATS: Readonly<Record<string, [string, string | undefined]>> = {
  signal: ["Signal", "%"],
  uptime: ["Uptime", "s"],
  cputemp: ["CPU temperature", "°C"],
  cpuload: ["CPU load", "%"],
  battery: ["Battery", "%"],
  freeheap: ["Free memory", "B"],
  supply: ["Supply voltage", "V"],
};

/** Homie 2 to 4: each attribute arrives in a message of its own, in any order. `ask` asks for the values of version 2. */
export function attributes(book: Book, ask: (topic: string) => void): (message: Message) => Steps {
  const devices = boundedMap<Device>(5000);

  /** Adds or updates the device; false while it is not known to be a Homie device. */
  function present(key: string, device: Device): boolean {
    if (!device.sure) return false;
    return book.device(key, dropUndefined({ name: device.name ?? key.split("/").at(-1) ?? key, model: device.model }));
  }

  const availabilityOf = (device: Device) => ({
    availability: device.online
      ? { filter: `${device.base}/$online`, online: "true", offline: "false" }
      : stateOf(`${device.base}/$state`),
  });

  function* renewProperty(key: string, device: Device, nodeId: string, id: string, property: Property): Steps {
    const node = device.nodes.get(nodeId);
    const make = (at: string, one: Property): void => {
      const untyped = isUntyped(device);
      if (untyped && one.datatype === undefined && (one.settable || node?.properties.has("unit")))
        ask(`${device.base}/${at}/${id}`);
      const unit = one.unit ?? (untyped && isNumber(one.said) ? node?.unit : undefined);
      const described = dropUndefined({ ...one, unit, untyped });
      const entity = propertyEntity(`${at}/${id}`, id, `${device.base}/${at}/${id}`, described, availabilityOf(device));
      book.entity(key, entity);
    };
    if (!node?.array) {
      make(nodeId, property);
      return yield;
    }
    book.withdraw(key, `${nodeId}/${id}`, say("withdrawn.instances"));
    for (const i of node.range ?? []) {
      make(`${nodeId}_${i}`, { ...property, name: `${property.name ?? id} ${i}` });
      yield;
    }
  }

  function renewStat(key: string, device: Device, stat: string): void {
    const [name, unit] = STATS[stat] as [string, string | undefined];
    book.entity(
      key,
      single(
        { key: `$stats/${stat}`, name, kind: "sensor", category: "diagnostic" },
        dropUndefined({
          filter: `${device.base}/$stats/${stat}`,
          type: "number" as const,
          unit,
          ...availabilityOf(device),
        }),
      ),
    );
  }

  function* renewAll(key: string, device: Device): Steps {
    for (const [nodeId, node] of device.nodes)
      for (const [id, property] of node.properties) yield* renewProperty(key, device, nodeId, id, property);
    for (const stat of device.stats) renewStat(key, device, stat);
  }

  /** A value of a device without datatypes. */
  function* valued(base: string, device: Device, message: Message): Steps {
    const [, , nodeId = "", id = ""] = message.levels;
    const node = device.nodes.get(nodeId);
    const property = node?.properties.get(id);
    const said = message.text(64)?.trim();
    if (!node || !property || said === undefined || property.said === said) return;
    const before = kindOf(property.said);
    property.said = said;
    if (id === "unit" && isUntyped(device)) {
      node.unit = unitIn(said);
      if (present(base, device))
        for (const [one, of] of node.properties) yield* renewProperty(base, device, nodeId, one, of);
    } else if (kindOf(said) !== before && present(base, device))
      yield* renewProperty(base, device, nodeId, id, property);
    if (device.gone !== undefined) book.away(base, device.gone);
  }

  return function* (message) {
    const { levels } = message;
    const base = levels.slice(0, 2).join("/");
    const attributed = levels.some((level) => level.startsWith("$"));
    if (!attributed) {
      const known = devices.get(base);
      return known && levels.length === 4 ? yield* valued(base, known, message) : undefined;
    }
    const text = textOf(message.text(4096), 1000);
    if (message.empty) {
      if (levels[2] === "$homie") book.withdraw(base, undefined, say("withdrawn.takenBack"));
      return;
    }
    if (text === undefined) return;
    const device = devices.open(base, () => ({ base, sure: false, nodes: new Map(), stats: new Set() }));
    const attribute = levels.at(-1) ?? "";
    const of = levels.slice(2, -1);
    const before = { sure: device.sure, untyped: isUntyped(device) };
    if (of[0] === "$stats") {
      if (!Object.hasOwn(STATS, attribute)) return;
      device.stats.add(attribute);
      if (present(base, device)) renewStat(base, device, attribute);
    } else if (of.length === 0) {
      DEVICE[attribute]?.(device, text);
      const anew = device.sure !== before.sure || isUntyped(device) !== before.untyped || attribute === "$nodes";
      if (present(base, device) && anew) yield* renewAll(base, device);
    } else {
      // Only the changed properties are updated: a device may have thousands, announced one by one.
      const touched = onNode(device, of, attribute, text);
      if (touched.length && present(base, device))
        for (const [id, property] of touched) yield* renewProperty(base, device, of[0] ?? "", id, property);
    }
    if (of.length === 0 && attribute === "$state") {
      device.gone = goneBy(text);
      if (device.gone === undefined) book.revive(base);
    }
    // Retained attributes may arrive after the state, and adding the device ended its withdrawal.
    if (device.gone !== undefined) book.away(base, device.gone);
  };
}

const DEVICE: Readonly<Record<string, (device: Device, text: string) => void>> = {
  $homie: (device, text) => {
    device.sure = true;
    device.untyped = /^2\./.test(text);
  },
  $name: (device, text) => {
    device.name = text.slice(0, 200);
  },
  $nodes(device, text) {
    device.sure = true;
    for (const id of text.split(",").slice(0, MAX_NODES)) {
      const node = nodeOf(device, id.trim().replace(/\[\]$/, ""));
      if (node && id.trim().endsWith("[]")) node.array = true;
    }
  },
  $online: (device) => {
    device.online = true;
  },
  $implementation: (device, text) => {
    device.model = text.slice(0, 200);
  },
};

const isUntyped = (device: Device): boolean => device.untyped === true || device.online === true;

const isNumber = (text: string | undefined): boolean => text !== undefined && /^[+-]?\d+(?:\.\d+)?$/.test(text);
const kindOf = (said: string | undefined): string =>
  said === undefined ? "" : said === "true" || said === "false" ? "truth" : isNumber(said) ? "number" : "text";

/** The unit by a property `unit` of version 2, which calls degrees `c` and `f` (https://homieiot.github.io, 2.0.1). */
function unitIn(said: string): string | undefined {
  const known: Readonly<Record<string, string>> = { c: "°C", f: "°F", celsius: "°C", fahrenheit: "°F" };
  const word = said.toLowerCase();
  if (Object.hasOwn(known, word)) return known[word];
  return said === "" || said.length > 12 || isNumber(said) ? undefined : said;
}

function nodeOf(device: Device, id: string) {
  const there = device.nodes.get(id);
  if (there || id === "" || device.nodes.size >= MAX_NODES) return there;
  const made: Node = { properties: new Map() };
  device.nodes.set(id, made);
  return made;
}

/** Updates a node; returns its changed properties. */
function onNode(
  device: Device,
  [nodeId = "", id]: readonly string[],
  attribute: string,
  text: string,
): [string, Property][] {
  const node = nodeOf(device, nodeId);
  if (!node) return [];
  if (id === undefined) {
    if (attribute === "$array") {
      node.array = true;
      node.range = rangeOf(text);
      return [...node.properties];
    }
    if (attribute !== "$properties") return [];
    const told: [string, Property][] = [];
    for (const one of text.split(",")) {
      // Version 2 marks a settable property after its name: `level:settable`.
      const [name = "", mark] = one.trim().split(":");
      if (name === "" || name.startsWith("$") || node.properties.size >= MAX_PROPERTIES) continue;
      const property = node.properties.get(name) ?? {};
      if (mark === "settable") property.settable = true;
      node.properties.set(name, property);
      told.push([name, property]);
    }
    return told;
  }
  let property = node.properties.get(id);
  if (!property) {
    if (node.properties.size >= MAX_PROPERTIES) return [];
    property = {};
    node.properties.set(id, property);
  }
  if (attribute === "$name") property.name = text.slice(0, 200);
  if (attribute === "$datatype") property.datatype = text;
  if (attribute === "$unit") property.unit = text.slice(0, 40);
  if (attribute === "$format") property.format = text;
  if (attribute === "$settable") property.settable = text === "true";
  return [[id, property]];
}

/** "0-3" is 0, 1, 2 and 3. */
function rangeOf(text: string): readonly number[] {
  const [, first, last] = /^(\d{1,6})-(\d{1,6})$/.exec(text) ?? [];
  const count = first === undefined ? 0 : Number(last) - Number(first) + 1;
  return Array.from({ length: Math.max(0, Math.min(count, MAX_ARRAY)) }, (_, i) => Number(first) + i);
}
