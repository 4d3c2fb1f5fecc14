import type { Json } from "../../decoders/decoder";
import { parseJsonList } from "../../decoders/jsonList";
import { dropUndefined } from "../../dropUndefined";
import type { Steps } from "../../steps";
import { say } from "../../texts/said";
import type { Book } from "../book";
import { boundedMap, type Convention } from "../convention";
import { get, type JsonObject, listOf, numberOf, objectOf, textOf } from "../message";
import { entitiesOf } from "./exposes";
import { groupExposes, sharedByGroups } from "./groups";

/** Lists of a hundred devices with their definitions are far larger than ordinary payloads. */
const MAX_LIST = 8 * 1024 * 1024;
const MAX_BASES = 50;

/**
 * Zigbee2MQTT (https://www.zigbee2mqtt.io/guide/usage/exposes.html): `<base>/bridge/devices` lists every device with its exposes,
 * `<base>/bridge/groups` every group with its members. States are JSON on `<base>/<name>`, commands go to `<base>/<name>/set`. When the
 * bridge is offline, so are its devices.
 */
export const zigbee2mqtt: Convention = {
  id: "zigbee2mqtt",
  label: "Zigbee2MQTT",
  filters: ["+/bridge/devices", "+/+/bridge/devices", "+/bridge/groups", "+/+/bridge/groups"],
  create(book) {
    const bases = boundedMap<Base>(MAX_BASES);
    return function* (message) {
      const text = message.text(MAX_LIST);
      const list = text === undefined ? undefined : yield* parseJsonList(text);
      if (!list) {
        book.refuse();
        return;
      }
      const topic = message.levels.slice(0, -2).join("/");
      const base = bases.open(topic, () => ({ topic, groups: [], shared: new Map() }));
      if (message.levels.at(-1) === "groups") base.groups = list.map(objectOf).filter((one) => one !== undefined);
      else yield* devicesOf(book, base, list);
      // After either list, since a group's exposes depend on its members.
      yield* groupsOf(book, base);
    };
  },
};

interface Base {
  readonly topic: string;
  groups: readonly JsonObject[];
  /** The exposes that members share with their groups, by address. */
  shared: Map<string, readonly JsonObject[]>;
}

function* devicesOf(book: Book, base: Base, list: readonly Json[]): Steps {
  const present = new Set<string>();
  base.shared = new Map();
  for (const item of list) {
    const device = objectOf(item);
    const address = textOf(get(device, "ieee_address"));
    const name = textOf(get(device, "friendly_name"));
    if (!device || !address || !name) {
      book.refuse();
      continue;
    }
    const key = `${base.topic}/${address}`;
    present.add(key);
    const definition = objectOf(get(device, "definition"));
    // The coordinator, disabled devices and devices without a definition have nothing to show.
    if (device.disabled === true) book.withdraw(key, undefined, say("withdrawn.disabled", { by: "Zigbee2MQTT" }));
    if (!definition || device.type === "Coordinator" || device.disabled === true) continue;
    const exposes = listOf(get(definition, "exposes"));
    base.shared.set(address, sharedByGroups(exposes));
    const maker = textOf(get(definition, "vendor")) ?? textOf(get(device, "manufacturer"));
    const model = textOf(get(definition, "description")) ?? textOf(get(definition, "model"));
    const firmware = textOf(get(device, "software_build_id"), 100);
    yield* announce(book, base, key, dropUndefined({ name, maker, model, firmware }), exposes);
  }
  yield* withdrawAllBut(book, `${base.topic}/0x`, present);
}

function* groupsOf(book: Book, base: Base): Steps {
  const present = new Set<string>();
  for (const group of base.groups) {
    const id = numberOf(get(group, "id"));
    const name = textOf(get(group, "friendly_name"));
    if (id === undefined || name === undefined) continue;
    const key = `${base.topic}/group ${id}`;
    present.add(key);
    const members = listOf(get(group, "members"))
      .map((member) => base.shared.get(textOf(get(objectOf(member), "ieee_address")) ?? ""))
      .filter((exposes) => exposes !== undefined);
    const exposes = groupExposes(members);
    // A group without members has nothing to show.
    if (exposes.length || book.has(key)) yield* announce(book, base, key, { name, model: "Zigbee group" }, exposes);
  }
  yield* withdrawAllBut(book, `${base.topic}/group `, present);
}

function* announce(
  book: Book,
  { topic }: Base,
  key: string,
  facts: Parameters<Book["device"]>[1],
  exposes: Parameters<typeof entitiesOf>[2],
): Steps {
  if (!book.device(key, facts)) return;
  const before = book.get(key)?.entities ?? [];
  const kept = new Set<string>();
  for (const entity of entitiesOf(`${topic}/${facts.name}`, `${topic}/bridge/state`, exposes)) {
    book.entity(key, entity);
    kept.add(entity.key);
    yield;
  }
  for (const entity of before)
    if (!kept.has(entity.key)) book.withdraw(key, entity.key, say("withdrawn.notExposed", { by: "Zigbee2MQTT" }));
}

function* withdrawAllBut(book: Book, start: string, present: ReadonlySet<string>): Steps {
  for (const { key } of book.devices()) {
    if (key.startsWith(start) && !present.has(key))
      book.withdraw(key, undefined, say("withdrawn.notListed", { by: "Zigbee2MQTT" }));
    yield;
  }
}
