import { DATATYPES, type Metric, type Payload, readPayload, readValue } from "../../decoders/sparkplug/payload";
import {
  commandTopic,
  metricTopic,
  parseSparkplugTopic,
  type SparkplugTopic,
  stateTopic,
} from "../../decoders/sparkplug/topics";
import { dropUndefined } from "../../dropUndefined";
import type { Value } from "../../reading";
import { say } from "../../texts/said";
import type { AnnouncedEntity, EntityKind, Proposal } from "../announced";
import type { Book } from "../book";
import { boundedMap, type Convention } from "../convention";
import type { Message } from "../message";
import { single } from "../proposals";

/**
 * Sparkplug B (https://sparkplug.eclipse.org/specification/): births list every metric with its type. The points read the plain
 * messages into which lib/decoders/sparkplug splits the binary ones.
 */
export const sparkplug: Convention = {
  id: "sparkplug",
  label: "Sparkplug B",
  filters: [
    "spBv1.0/+/NBIRTH/+",
    "spBv1.0/+/NDEATH/+",
    "spBv1.0/+/DBIRTH/+/+",
    "spBv1.0/+/DDEATH/+/+",
    "spBv1.0/STATE/+",
    "STATE/+",
  ],
  create(book) {
    /** The bdSeq of each node's current connection. */
    const sessions = boundedMap<Value | undefined>(5000);
    return function* (message) {
      if (message.levels.at(-2) === "STATE") return host(book, message);
      const at = parseSparkplugTopic(message.topic);
      if (!at) return;
      const key = keyOf(at);
      if (at.kind === "DDEATH") {
        book.withdraw(key, undefined, say("withdrawn.deviceDeath"));
        return;
      }
      if (at.kind === "NDEATH") {
        // The last will of an earlier connection says nothing about the current one.
        const death = yield* readPayload(message.payload);
        const ended = death.ok ? bdSeqOf(death.value) : undefined;
        if (ended !== undefined && sessions.get(key) !== undefined && sessions.get(key) !== ended) return;
        for (const device of [...book.devices()])
          if (device.key === key || device.key.startsWith(`${key}/`))
            book.withdraw(device.key, undefined, say("withdrawn.nodeDeath"));
        return;
      }
      const payload = yield* readPayload(message.payload);
      if (!payload.ok) {
        book.refuse();
        return;
      }
      if (at.kind === "NBIRTH") sessions.set(key, bdSeqOf(payload.value));
      const name = at.device === undefined ? at.node : `${at.node}/${at.device}`;
      if (!book.device(key, { name, area: at.group })) return;
      for (const metric of payload.value.metrics)
        for (const entity of entitiesOf(at, metric.name ?? "", metric)) {
          book.entity(key, entity);
          yield;
        }
    };
  },
};

const keyOf = ({ group, node, device }: SparkplugTopic): string =>
  [group, node, ...(device === undefined ? [] : [device])].join("/");

function bdSeqOf(payload: Payload): Value | undefined {
  const metric = payload.metrics.find(({ name }) => name === "bdSeq");
  return metric && readValue(metric);
}

/** A host application reports whether it is connected: since version 3 in JSON, before as a word. */
function host(book: Book, message: Message): void {
  const id = message.levels.at(-1) ?? "";
  const json = message.object();
  const words = json ? { on: "true", off: "false" } : { on: "ONLINE", off: "OFFLINE" };
  const legal = json ? typeof json.online === "boolean" : /^(ONLINE|OFFLINE)$/.test(message.text(20) ?? "");
  const key = `host ${id}`;
  if (!legal || !book.device(key, { name: `Host ${id}` })) return;
  const place = dropUndefined({ filter: message.topic, value: json ? "$.online" : undefined });
  book.entity(
    key,
    single(
      { key: "state", name: "Status", kind: "binary_sensor", category: "diagnostic" },
      {
        ...place,
        type: "boolean",
        payloads: words,
        availability: { ...place, online: words.on, offline: words.off },
      },
    ),
  );
}

/** Metrics that accept commands: the specification's own controls, and outputs as its examples name them. */
const COMMANDED = /^(node control|device control|outputs?)\//i;
/** Metrics whose properties declare them writable. */
const writable = ({ properties }: Metric): boolean =>
  properties.get("writable") === true || properties.get("readOnly") === false;

const property = ({ properties }: Metric, called: RegExp): Value | undefined =>
  [...properties].find(([key]) => called.test(key))?.[1];

function* entitiesOf(at: SparkplugTopic, name: string, metric: Metric): IterableIterator<AnnouncedEntity> {
  if (name === "" || name === "bdSeq" || metric.isDefinition) return;
  if (metric.members) {
    for (const member of metric.members.slice(0, 500))
      if (member.name) yield* entitiesOf(at, `${name}/${member.name}`, member);
    return;
  }
  const shape = shapeOf(metric.datatype);
  if (!shape) return;
  const unit = property(metric, /^(eng(ineering)?[ _]?)?units?$/i);
  const low = property(metric, /^eng(ineering)?[ _]?low$/i);
  const high = property(metric, /^eng(ineering)?[ _]?high$/i);
  const limits =
    typeof low === "number" && typeof high === "number" && low < high && shape.set === "number"
      ? { min: low, max: high }
      : {};
  const settable = COMMANDED.test(name) || writable(metric);
  const numeric = shape.type === "number" || shape.type === undefined;
  const registration: Proposal = dropUndefined({
    filter: metricTopic(at, name),
    value: "$.value",
    time: "$.time",
    type: shape.type ?? (settable ? ("number" as const) : undefined),
    unit: typeof unit === "string" && unit !== "" && numeric ? unit.slice(0, 40) : undefined,
    availability: { filter: stateTopic(at), online: "online", offline: "offline" },
    ...(shape.type === "boolean" ? { payloads: { on: "true", off: "false" } } : {}),
    command: settable
      ? dropUndefined({ topic: commandTopic(at, name), step: shape.whole ? 1 : undefined, ...limits })
      : undefined,
  });
  const control = /control\//i.test(name);
  yield single(
    dropUndefined({
      key: name,
      name,
      kind: settable ? shape.set : shape.read,
      category: control ? ("config" as const) : undefined,
    }),
    registration,
  );
}

interface Shape {
  /** Undefined: detected from each message. */
  type: "number" | "boolean" | "text" | undefined;
  whole?: boolean;
  read: EntityKind;
  set: EntityKind;
}

function shapeOf(datatype: number | undefined): Shape | undefined {
  const kind = DATATYPES[datatype ?? 0] ?? "Unknown";
  if (/^U?Int(8|16|32)$/.test(kind)) return { type: "number", whole: true, read: "sensor", set: "number" };
  // Large 64-bit integers arrive as text, because a number cannot hold them exactly.
  if (/^U?Int64$|^DateTime$/.test(kind)) return { type: undefined, whole: true, read: "sensor", set: "number" };
  if (kind === "Float" || kind === "Double") return { type: "number", read: "sensor", set: "number" };
  if (kind === "Boolean") return { type: "boolean", read: "binary_sensor", set: "switch" };
  if (kind === "String" || kind === "Text" || kind === "UUID") return { type: "text", read: "sensor", set: "text" };
  return undefined;
}
