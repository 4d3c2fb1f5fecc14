import type { Json } from "../../decoders/decoder";
import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, AnnouncedPart, EntityKind, Proposal } from "../announced";
import { get, type JsonObject, listOf, numberOf, objectOf, textOf } from "../message";
import { composite, jsonPath, single, titled } from "../proposals";
import { wordsOfProperty } from "../words";

const STATE = 1;
const SET = 2;

/** A device's topic and availability. */
interface ExposedDevice {
  topic: string;
  availability: Pick<Proposal, "availability" | "availabilityMode">;
}

type Command = NonNullable<Proposal["command"]>;

/** Exposes with several features, and the kind of entity that each becomes. */
const GROUPS: Readonly<Record<string, EntityKind>> = {
  light: "light",
  cover: "cover",
  climate: "climate",
  fan: "fan",
  lock: "lock",
};

export function* entitiesOf(
  topic: string,
  bridge: string,
  exposes: readonly Json[],
): IterableIterator<AnnouncedEntity> {
  const words = { online: "online", offline: "offline" };
  const device: ExposedDevice = {
    topic,
    availability: {
      availability: [
        { filter: `${topic}/availability`, ...words },
        { filter: bridge, ...words },
      ],
      availabilityMode: "all",
    },
  };
  const used = new Set<string>();
  for (const item of exposes.slice(0, 300)) {
    const expose = objectOf(item);
    if (!expose) continue;
    for (const entity of entityOf(device, expose)) {
      if (used.has(entity.key)) continue;
      used.add(entity.key);
      yield entity;
    }
  }
}

function* entityOf(device: ExposedDevice, expose: JsonObject): IterableIterator<AnnouncedEntity> {
  const type = textOf(get(expose, "type")) ?? "";
  const features = listOf(get(expose, "features"))
    .map((one) => objectOf(one))
    .filter((one) => one !== undefined);
  const endpoint = textOf(get(expose, "endpoint"));
  const group = Object.hasOwn(GROUPS, type) ? GROUPS[type] : undefined;
  if (group) {
    const parts = features.flatMap((feature) => partsOf(device, feature, []));
    // A colour is several numbers that are set together; it is read as the document that the device sends.
    const color = features.find((one) => one.type === "composite" && textOf(get(one, "property")) !== undefined);
    if (group === "light" && color)
      parts.push({
        role: "color",
        registration: {
          filter: device.topic,
          value: jsonPath(textOf(get(color, "property")) ?? "color"),
          partial: true,
          type: "text",
          ...device.availability,
        },
      });
    if (parts.length)
      yield composite(
        { key: [type, endpoint].filter(Boolean).join("_"), name: withEndpoint(titled(type), endpoint), kind: group },
        parts,
      );
    return;
  }
  if (type === "switch") {
    for (const feature of features) {
      const label = textOf(get(expose, "label"));
      yield* leafEntity(device, feature, [], label ?? withEndpoint("Switch", endpoint));
    }
    return;
  }
  if (type === "composite") {
    yield* composed(device, expose, [], nameOf(expose), 0);
    return;
  }
  yield* leafEntity(device, expose, [], withEndpoint(nameOf(expose), endpoint));
}

const MAX_DEPTH = 3;

/** Each leaf of a composite is an entity of its own, at any depth. */
function* composed(
  device: ExposedDevice,
  expose: JsonObject,
  within: readonly string[],
  name: string,
  depth: number,
): IterableIterator<AnnouncedEntity> {
  const property = textOf(get(expose, "property"));
  if (property === undefined || depth > MAX_DEPTH) return;
  const path = [...within, property];
  for (const item of listOf(get(expose, "features"))) {
    const feature = objectOf(item);
    if (!feature) continue;
    const label = `${name} ${nameOf(feature)}`;
    if (feature.type === "composite") yield* composed(device, feature, path, label, depth + 1);
    else yield* leafEntity(device, feature, path, label);
  }
}

const nameOf = (expose: JsonObject): string =>
  textOf(get(expose, "label")) ?? titled(textOf(get(expose, "name")) ?? "value");
const withEndpoint = (name: string, endpoint: string | undefined): string => (endpoint ? `${name} ${endpoint}` : name);

const KIND_SET: Readonly<Record<string, EntityKind>> = {
  binary: "switch",
  numeric: "number",
  enum: "select",
  text: "text",
};
const KIND_READ: Readonly<Record<string, EntityKind>> = {
  binary: "binary_sensor",
  numeric: "sensor",
  enum: "sensor",
  text: "sensor",
  list: "sensor",
};

function* leafEntity(
  device: ExposedDevice,
  expose: JsonObject,
  within: readonly string[],
  name: string,
): IterableIterator<AnnouncedEntity> {
  const type = textOf(get(expose, "type")) ?? "";
  const [part] = partsOf(device, expose, within);
  const kind = (part?.registration.command ? KIND_SET : KIND_READ)[type];
  if (!part || !kind) return;
  const category = textOf(get(expose, "category"));
  yield single(
    {
      key: [...within, textOf(get(expose, "property"))].join("."),
      name,
      kind: textOf(get(expose, "name")) === "action" ? "event" : kind,
      ...(category === "config" || category === "diagnostic" ? { category } : {}),
    },
    part.registration,
  );
}

/** One property as a part, with a state and a command as its `access` allows. */
function partsOf(device: ExposedDevice, expose: JsonObject, within: readonly string[]): AnnouncedPart[] {
  const property = textOf(get(expose, "property"));
  const type = textOf(get(expose, "type")) ?? "";
  const access = numberOf(get(expose, "access")) ?? 0;
  if (property === undefined || !Object.hasOwn(KIND_READ, type) || !(access & (STATE | SET))) return [];
  const path = [...within, property];
  const state: Proposal = access & STATE ? { filter: device.topic, value: jsonPath(...path), partial: true } : {};
  const command = access & SET ? commandOf(device, expose, path, type) : undefined;
  if (!state.filter && !command) return [];
  const registration = { ...state, ...shape(expose, type), ...device.availability, command };
  const role = textOf(get(expose, "name")) ?? property;
  return [{ role, registration: dropUndefined(registration) }];
}

function shape(expose: JsonObject, type: string): Proposal {
  if (type === "binary") {
    const on = textOf(get(expose, "value_on")) ?? "true";
    const off = textOf(get(expose, "value_off")) ?? "false";
    const payloads = { on, off };
    return dropUndefined({
      type: "boolean" as const,
      payloads,
      words: wordsOfProperty(textOf(get(expose, "name")) ?? "", payloads),
    });
  }
  if (type !== "numeric") return { type: "text" };
  const min = numberOf(get(expose, "value_min"));
  const max = numberOf(get(expose, "value_max"));
  const unit = textOf(get(expose, "unit"), 40);
  return dropUndefined({
    type: "number" as const,
    unit,
    range: min !== undefined && max !== undefined && min < max ? ([min, max] as [number, number]) : undefined,
  });
}

function commandOf(
  { topic }: ExposedDevice,
  expose: JsonObject,
  path: readonly string[],
  type: string,
): Command | undefined {
  const endpoint = textOf(get(expose, "endpoint"));
  const name = textOf(get(expose, "name"));
  if (type === "binary") {
    const raw = { on: get(expose, "value_on") ?? true, off: get(expose, "value_off") ?? false };
    // The topic of one endpoint accepts the bare word.
    if (endpoint && name === "state" && typeof raw.on === "string" && typeof raw.off === "string")
      return { topic: `${topic}/${endpoint}/set`, payloads: { on: raw.on, off: raw.off } };
    return {
      topic: `${topic}/set`,
      payloads: { on: document(path, JSON.stringify(raw.on)), off: document(path, JSON.stringify(raw.off)) },
    };
  }
  if (type === "numeric") {
    const min = numberOf(get(expose, "value_min"));
    const max = numberOf(get(expose, "value_max"));
    const step = numberOf(get(expose, "value_step"));
    const limits = min !== undefined && max !== undefined && min < max ? { min, max } : {};
    return dropUndefined({
      topic: `${topic}/set`,
      template: document(path, "{{value}}"),
      ...limits,
      step: step !== undefined && step > 0 ? step : undefined,
    });
  }
  if (type === "enum") {
    const options = listOf(get(expose, "values"))
      .map((one) => textOf(one))
      .filter((one) => one !== undefined);
    if (options.length === 0) return undefined;
    const numbers = listOf(get(expose, "values")).every((one) => typeof one === "number");
    return {
      topic: `${topic}/set`,
      template: document(path, numbers ? "{{value}}" : '"{{value}}"'),
      options: [...new Set(options)].slice(0, 200),
    };
  }
  return type === "text" ? { topic: `${topic}/set`, template: document(path, '"{{value}}"') } : undefined;
}

/** `{"a":{"b":<json>}}` */
const document = (path: readonly string[], json: string): string =>
  path.reduceRight((inner, key) => `{${JSON.stringify(key)}:${inner}}`, json);
