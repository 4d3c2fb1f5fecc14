import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Proposal } from "../announced";
import type { Book } from "../book";
import { boundedMap } from "../convention";
import type { Message } from "../message";
import { prefixed } from "../prefixed";
import { composite, single } from "../proposals";
import { isWord, plainNumber, shortText } from "../scalar";
import { wordsOfClass } from "../words";
import { CHILD, COMMAND, INTERNAL, LEVEL_UNITS, NODE, TRIPPED, UNIT_PREFIX, VALUES, type ValueType } from "./types";

/**
 * MySensors' MQTT gateway (https://www.mysensors.org/build/mqtt_gateway): `<prefix>-out/<node>/<child>/<command>/<ack>/<type>`; what a node
 * is told goes to `<prefix>-in`. A node presents its children when it starts; until then a child is called by its values.
 */
export const mysensors = prefixed({
  id: "mysensors",
  label: "MySensors",
  prefixes: ["mygateway1-out", "mysensors-out"],
  marks: [{ below: "+/+/+/+/+", mark: "message", fits: (message, below) => isFitting(message, below) }],
  isClear: (marks) => marks.has("message"),
  create(book) {
    const nodes = boundedMap<Node>(2000);
    return (prefix, below, message) => {
      const [node = 0, child = 0, command, ack, type = 0] = below.map(Number);
      if (below.length !== 5 || !below.every((level) => LEVEL.test(level)) || ack !== 0) return;
      const key = `${prefix}/${node}`;
      const known = nodes.open(key, () => ({ name: undefined, children: new Map() }));
      const source: Source = { book, key, node, prefix, known, message };
      if (command === COMMAND.internal && child === NODE) return internal(source, type);
      if (command === COMMAND.presentation && child !== NODE) return present(source, child, type);
      if (command === COMMAND.set && child !== NODE) set(source, child, type);
    };
  },
});

const LEVEL = /^\d{1,3}$/;

/** Five numbers in their ranges, on a topic of a gateway's output; below another prefix a payload that only it sends. */
function isFitting(message: Message, below: readonly string[]): boolean {
  if (!below.every((level) => LEVEL.test(level))) return false;
  const [node = 0, child = 0, command = 0, ack = 0, type = 0] = below.map(Number);
  if (node > 255 || child > 255 || command > 4 || ack > 1 || type > 60) return false;
  if (/-out\//.test(message.topic)) return true;
  return (
    command === COMMAND.internal && child === NODE && type === INTERNAL.sketchName && shortText(message) !== undefined
  );
}

interface Child {
  /** What it was presented as, and how its owner calls it. */
  type: number | undefined;
  description: string | undefined;
  unit: string | undefined;
  /** The newest message of each of its types. */
  values: Map<number, Message>;
}
interface Node {
  name: string | undefined;
  children: Map<number, Child>;
}
interface Source {
  book: Book;
  key: string;
  node: number;
  prefix: string;
  known: Node;
  message: Message;
}

const MAX_CHILDREN = 256;

function childOf({ known }: Source, child: number): Child | undefined {
  const there = known.children.get(child);
  if (there || known.children.size >= MAX_CHILDREN) return there;
  const made: Child = { type: undefined, description: undefined, unit: undefined, values: new Map() };
  known.children.set(child, made);
  return made;
}

function open({ book, key, node, known }: Source): boolean {
  const name = known.name ?? `MySensors node ${node}`;
  return book.device(key, { name, maker: "MySensors", unnamed: known.name === undefined });
}

function internal(source: Source, type: number): void {
  const { book, key, known, message } = source;
  const text = shortText(message, 60);
  if (text === undefined) return;
  if (type === INTERNAL.sketchName) {
    known.name = text;
    if (book.has(key)) open(source);
  } else if (type === INTERNAL.battery && plainNumber(message) !== undefined && open(source))
    book.entity(
      key,
      single(
        { key: "battery", name: "Battery", kind: "sensor", category: "diagnostic" },
        { filter: message.topic, type: "number", unit: "%" },
      ),
    );
  else if (type === INTERNAL.sketchVersion && open(source))
    book.entity(
      key,
      single(
        { key: "version", name: "Sketch version", kind: "sensor", category: "diagnostic" },
        { filter: message.topic, type: "text" },
      ),
    );
}

function present(source: Source, number: number, type: number): void {
  const child = childOf(source, number);
  if (!child) return;
  child.type = type;
  child.description = shortText(source.message, 60);
  again(source, number, child);
}

function set(source: Source, number: number, type: number): void {
  const child = childOf(source, number);
  if (!child) return;
  if (type === UNIT_PREFIX) {
    child.unit = shortText(source.message, 20);
    again(source, number, child);
    return;
  }
  const meaning = VALUES.get(type);
  if (!meaning || !isOf(meaning, source.message)) return;
  child.values.set(type, source.message);
  put(source, number, child, type, source.message);
}

/** What was said before is called and understood as it is known by now. */
function again(source: Source, number: number, child: Child): void {
  for (const [type, message] of child.values) put(source, number, child, type, message);
}

function put(source: Source, number: number, child: Child, type: number, message: Message): void {
  const meaning = VALUES.get(type);
  if (meaning && open(source)) source.book.entity(source.key, entityOf(source, number, child, type, meaning, message));
}

function isOf({ kind, text, options }: ValueType, message: Message): boolean {
  if (kind === "switch" || kind === "binary_sensor" || kind === "lock") return isWord(message, "0", "1");
  if (options) return isWord(message, ...options);
  return text === true || kind === "text" ? shortText(message) !== undefined : plainNumber(message) !== undefined;
}

function entityOf(
  { prefix, node }: Source,
  number: number,
  child: Child,
  type: number,
  meaning: ValueType,
  { topic }: Message,
): AnnouncedEntity {
  const kind = type === 2 && child.type === CHILD.waterQuality ? "binary_sensor" : (meaning.kind ?? "sensor");
  const key = `${number}.${type}`;
  const name =
    child.description === undefined
      ? `${meaning.name} ${number}`
      : `${child.description} ${meaning.name.toLowerCase()}`;
  // Without the usual ending nothing says where commands are awaited.
  const command = prefix.endsWith("-out")
    ? { topic: `${prefix.slice(0, -3)}in/${node}/${number}/1/0/${type}` }
    : undefined;
  const unit = child.unit ?? (type === 37 ? LEVEL_UNITS.get(child.type ?? -1) : meaning.unit);
  if (kind === "switch" || kind === "lock" || kind === "binary_sensor")
    return single(
      { key, name, kind },
      dropUndefined<Proposal>({
        filter: topic,
        type: "boolean",
        payloads: { on: "1", off: "0" },
        words: kind === "lock" ? { on: "Locked", off: "Unlocked" } : wordsOfClass(TRIPPED.get(child.type ?? -1)),
        command: kind === "binary_sensor" ? undefined : command,
      }),
    );
  if (type === 3 && child.type === CHILD.cover)
    return composite({ key, name: child.description ?? `Cover ${number}`, kind: "cover" }, [
      {
        role: "position",
        registration: dropUndefined<Proposal>({
          filter: topic,
          type: "number",
          unit: "%",
          command: command && { ...command, min: 0, max: 100 },
        }),
      },
    ]);
  if (meaning.text || meaning.options || kind === "text")
    return single(
      { key, name, kind: command ? kind : "sensor" },
      dropUndefined<Proposal>({
        filter: topic,
        // A variable may be anything.
        type: meaning.text && type >= 24 ? undefined : "text",
        command: meaning.text
          ? undefined
          : command && dropUndefined({ ...command, options: meaning.options && [...meaning.options] }),
      }),
    );
  const isSet = kind === "number" && command !== undefined;
  return single(
    { key, name, kind: isSet ? "number" : "sensor" },
    dropUndefined<Proposal>({
      filter: topic,
      type: "number",
      unit,
      command: isSet ? { ...command, min: 0, max: 100 } : undefined,
    }),
  );
}
