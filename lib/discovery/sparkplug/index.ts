import { DATATYPES, decodePayload, type Metric } from "../../decoders/sparkplug/payload";
import {
  commandTopic,
  metricTopic,
  parseSparkplugTopic,
  type SparkplugTopic,
  stateTopic,
} from "../../decoders/sparkplug/topics";
import type { Convention } from "../convention";
import type { EntityKind, FoundEntity, Proposal } from "../found";
import { single, tidy } from "../proposals";

/**
 * Sparkplug B (https://sparkplug.eclipse.org/specification/): births list every metric with its type. The points read the plain
 * messages that lib/decoders/sparkplug takes the binary ones apart into.
 */
export const sparkplug: Convention = {
  id: "sparkplug",
  label: "Sparkplug B",
  filters: ["spBv1.0/+/NBIRTH/+", "spBv1.0/+/NDEATH/+", "spBv1.0/+/DBIRTH/+/+", "spBv1.0/+/DDEATH/+/+"],
  create(book) {
    return (message) => {
      const at = parseSparkplugTopic(message.topic);
      if (!at) return;
      const key = keyOf(at);
      if (at.kind === "DDEATH") {
        book.withdraw(key, undefined, "the device's death was announced");
        return;
      }
      if (at.kind === "NDEATH") {
        for (const device of [...book.devices()])
          if (device.key === key || device.key.startsWith(`${key}/`))
            book.withdraw(device.key, undefined, "the edge node's death was announced");
        return;
      }
      const payload = decodePayload(message.payload);
      if (!payload.ok) {
        book.refuse();
        return;
      }
      const name = at.device === undefined ? at.node : `${at.node}/${at.device}`;
      if (!book.device(key, { name, area: at.group })) return;
      for (const metric of payload.value.metrics)
        for (const entity of entitiesOf(at, metric.name ?? "", metric)) book.entity(key, entity);
    };
  },
};

const keyOf = ({ group, node, device }: SparkplugTopic): string =>
  [group, node, ...(device === undefined ? [] : [device])].join("/");

/** What is meant to be commanded: the specification's own controls, and outputs by the names that its examples use. */
const COMMANDED = /^(node control|device control|outputs?)\//i;
/** Properties that say so themselves. */
const writable = ({ properties }: Metric): boolean =>
  properties.get("writable") === true || properties.get("readOnly") === false;

function* entitiesOf(at: SparkplugTopic, name: string, metric: Metric): IterableIterator<FoundEntity> {
  if (name === "" || name === "bdSeq" || metric.isDefinition) return;
  if (metric.members) {
    for (const member of metric.members.slice(0, 500))
      if (member.name) yield* entitiesOf(at, `${name}/${member.name}`, member);
    return;
  }
  const shape = shapeOf(metric.datatype);
  if (!shape) return;
  const unit = metric.properties.get("engUnit") ?? metric.properties.get("Engineering Units");
  const settable = COMMANDED.test(name) || writable(metric);
  const numeric = shape.type === "number" || shape.type === undefined;
  const registration: Proposal = tidy({
    filter: metricTopic(at, name),
    value: "$.value",
    time: "$.time",
    type: shape.type ?? (settable ? ("number" as const) : undefined),
    unit: typeof unit === "string" && unit !== "" && numeric ? unit.slice(0, 40) : undefined,
    availability: { filter: stateTopic(at), online: "online", offline: "offline" },
    ...(shape.type === "boolean" ? { payloads: { on: "true", off: "false" } } : {}),
    command: settable ? tidy({ topic: commandTopic(at, name), step: shape.whole ? 1 : undefined }) : undefined,
  });
  const control = /control\//i.test(name);
  yield single(
    tidy({
      key: name,
      name,
      kind: settable ? shape.set : shape.read,
      category: control ? ("config" as const) : undefined,
    }),
    registration,
  );
}

interface Shape {
  /** Undefined: as each message shows it. */
  type: "number" | "boolean" | "text" | undefined;
  whole?: boolean;
  read: EntityKind;
  set: EntityKind;
}

function shapeOf(datatype: number | undefined): Shape | undefined {
  const kind = DATATYPES[datatype ?? 0] ?? "Unknown";
  if (/^U?Int(8|16|32)$/.test(kind)) return { type: "number", whole: true, read: "sensor", set: "number" };
  // 64 bits may be more than a number can hold; then they come as a text.
  if (/^U?Int64$|^DateTime$/.test(kind)) return { type: undefined, whole: true, read: "sensor", set: "number" };
  if (kind === "Float" || kind === "Double") return { type: "number", read: "sensor", set: "number" };
  if (kind === "Boolean") return { type: "boolean", read: "binary_sensor", set: "switch" };
  if (kind === "String" || kind === "Text" || kind === "UUID") return { type: "text", read: "sensor", set: "text" };
  return undefined;
}
