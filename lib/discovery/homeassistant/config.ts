import { dropUndefined } from "../../dropUndefined";
import { compileTemplate } from "../../templates";
import type { Proposal } from "../announced";
import { get, isObject, type JsonObject, listOf, numberOf, objectOf, textOf } from "../message";
import { expandDeviceKey, expandKey } from "./abbreviations";

type Command = NonNullable<Proposal["command"]>;
type Availability = Extract<NonNullable<Proposal["availability"]>, readonly unknown[]>[number];

/** Expands the abbreviations and the `~` of a config. */
export function expandConfig(raw: JsonObject): JsonObject {
  const made: JsonObject = {};
  for (const [key, value] of Object.entries(raw)) {
    const name = expandKey(key);
    // `__proto__` is not a config key, and assigning it would change the object's prototype.
    if (name === "__proto__") continue;
    made[name] = value;
  }
  const device = objectOf(made.device);
  if (device) made.device = renamed(device, expandDeviceKey);
  const origin = objectOf(made.origin);
  if (origin) made.origin = renamed(origin, expandDeviceKey);
  const availability = Array.isArray(made.availability)
    ? made.availability
    : made.availability
      ? [made.availability]
      : [];
  made.availability = availability.filter(isObject).map((one) => renamed(one, expandKey));
  const base = textOf(raw["~"]);
  if (base !== undefined) {
    withBase(made, base);
    for (const one of made.availability) if (isObject(one)) withBase(one, base);
  }
  return made;
}

const renamed = (o: JsonObject, name: (key: string) => string): JsonObject =>
  Object.fromEntries(
    Object.entries(o)
      .filter(([key]) => key !== "__proto__")
      .map(([key, value]) => [name(key), value]),
  );

/** Replaces one `~` at the start or end of a topic; a `~` in the base itself stays. */
function withBase(o: JsonObject, base: string): void {
  for (const [key, value] of Object.entries(o)) {
    if (typeof value !== "string" || !/(^|_)topic$/.test(key)) continue;
    if (value.startsWith("~")) o[key] = base + value.slice(1);
    else if (value.endsWith("~")) o[key] = value.slice(0, -1) + base;
  }
}

/** One component's config, by Home Assistant's full keys. */
export interface Config {
  readonly raw: JsonObject;
  text(key: string): string | undefined;
  number(key: string): number | undefined;
  flag(key: string): boolean;
  /** Explicitly off; an absent key is not. */
  off(key: string): boolean;
  /** A payload as Home Assistant would send it; `otherwise` where the config has none. */
  payload(key: string, otherwise: string): string;
  texts(key: string): string[];
  /** How a value is read: its topic and template. Undefined without a topic. */
  state(topicKey: string, templateKey: string): Proposal | undefined;
  /** How a value is sent. `variables`: other names that the template may use for it. */
  command(topicKey: string, templateKey: string, ...variables: Variable[]): Command | undefined;
  readonly availability: Pick<Proposal, "availability" | "availabilityMode">;
}

/** `["position", "value"]`: in the template `position` stands for the value. */
export type Variable = readonly [name: string, expression: string];

const MAX_TEMPLATE = 32_000;

export function createConfig(raw: JsonObject): Config {
  const template = (key: string): string | undefined => {
    const text = get(raw, key);
    return typeof text === "string" && text !== "" && text.length <= MAX_TEMPLATE ? text : undefined;
  };
  const topic = (key: string): string | undefined => {
    const text = get(raw, key);
    return typeof text === "string" && text !== "" ? text : undefined;
  };
  const qos = numberOf(get(raw, "qos"));
  const qosOf = qos === 1 || qos === 2 ? ({ qos } as const) : {};
  return {
    raw,
    text: (key) => textOf(get(raw, key)),
    number: (key) => numberOf(get(raw, key)),
    flag: (key) => /^(true|1|yes|on)$/i.test(textOf(get(raw, key)) ?? ""),
    off: (key) => /^(false|0|no|off)$/i.test(textOf(get(raw, key)) ?? ""),
    payload(key, otherwise) {
      const value = get(raw, key);
      // Home Assistant converts it as Python does, so its devices expect `True`.
      if (typeof value === "boolean") return value ? "True" : "False";
      return typeof value === "string" || typeof value === "number" ? String(value) : otherwise;
    },
    texts: (key) =>
      listOf(get(raw, key))
        .map((one) => textOf(one))
        .filter((one) => one !== undefined),
    state(topicKey, templateKey) {
      const filter = topic(topicKey);
      if (filter === undefined) return undefined;
      const merge = /(^|\/)[+#](\/|$)/.test(filter);
      return dropUndefined({ filter, ...readBy(template(templateKey)), merge: merge || undefined, ...qosOf });
    },
    command(topicKey, templateKey, ...variables) {
      const to = topic(topicKey);
      if (to === undefined) return undefined;
      const retain = /^true$/i.test(textOf(get(raw, "retain")) ?? "");
      return dropUndefined({
        topic: to,
        ...sentAs(template(templateKey), variables),
        retain: retain || undefined,
        ...qosOf,
      });
    },
    availability: availabilityOf(raw),
  };
}

/** A template that only selects a member becomes a JSONPath, which is easier to read and faster. */
export function readBy(template: string | undefined): Pick<Proposal, "value" | "jinja" | "partial"> {
  if (template === undefined || /^\s*\{\{\s*value\s*\}\}\s*$/.test(template)) return {};
  const compiled = compileTemplate(template);
  const path = compiled.ok ? compiled.value.path : undefined;
  return path === undefined ? { jinja: template } : { value: path, partial: true };
}

/** The value, or this member of it if the device or its template gives a JSON object. A JSONPath needs no such choice. */
export function orMember(state: Proposal | undefined, member: string, otherwise = "made"): Proposal | undefined {
  if (!state || state.value !== undefined) return state;
  return {
    ...state,
    jinja:
      `{% set made %}${state.jinja ?? "{{ value }}"}{% endset %}{% set doc = made|trim|from_json(default=none) %}` +
      `{{ doc.${member} if doc is mapping else ${otherwise} }}`,
  };
}

/** A template that only inserts the value becomes a `template`; any other is evaluated like in Home Assistant (`jinja`). */
export function sentAs(
  template: string | undefined,
  variables: readonly Variable[] = [],
): Pick<Command, "template" | "jinja"> {
  if (template === undefined) return {};
  const names = ["value", ...variables.flatMap(([name, expression]) => (expression === "value" ? [name] : []))];
  const plain = template.replace(new RegExp(`\\{\\{\\s*(?:${names.join("|")})\\s*\\}\\}`, "g"), "{{value}}");
  if (plain === "{{value}}") return {};
  if (plain.includes("{{value}}") && !/\{\{(?!value\}\})|\{%|\{#/.test(plain)) return { template: plain };
  const used = variables.filter(([name]) => new RegExp(`\\b${name}\\b`).test(template));
  return { jinja: used.map(([name, expression]) => `{% set ${name} = ${expression} %}`).join("") + template };
}

const MODES = new Set(["all", "any", "latest"]);

function availabilityOf(raw: JsonObject): Pick<Proposal, "availability" | "availabilityMode"> {
  const entries = listOf(get(raw, "availability")).filter(isObject).slice(0, 10);
  const single = textOf(get(raw, "availability_topic"), 2000);
  if (entries.length === 0 && single !== undefined)
    entries.push({
      topic: single,
      value_template: get(raw, "availability_template") ?? null,
      payload_available: get(raw, "payload_available") ?? null,
      payload_not_available: get(raw, "payload_not_available") ?? null,
    });
  const list = entries.flatMap((one): Availability[] => {
    const filter = textOf(one.topic, 2000);
    if (filter === undefined) return [];
    const template = typeof one.value_template === "string" ? one.value_template : undefined;
    const { value, jinja } = readBy(template);
    const online = textOf(get(one, "payload_available")) ?? "online";
    const offline = textOf(get(one, "payload_not_available")) ?? "offline";
    // Equal payloads carry no information.
    return online === offline ? [] : [dropUndefined({ filter, value, jinja, online, offline })];
  });
  const [first] = list;
  if (!first) return {};
  if (list.length === 1) return { availability: first };
  const mode = textOf(get(raw, "availability_mode")) ?? "latest";
  return { availability: list, availabilityMode: (MODES.has(mode) ? mode : "latest") as "all" | "any" | "latest" };
}
