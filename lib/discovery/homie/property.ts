import { dropUndefined } from "../../dropUndefined";
import { type SaidText, say } from "../../texts/said";
import type { AnnouncedEntity, Proposal } from "../announced";
import { single } from "../proposals";
import { wordsOfProperty } from "../words";

/** The attributes of a property, in any version of Homie. */
export interface Property {
  name?: string;
  datatype?: string;
  unit?: string;
  format?: string;
  settable?: boolean;
  /** From a version without datatypes: the type is detected from the payload. */
  untyped?: boolean;
  /** The last value of a property without a datatype. */
  said?: string;
}

/** The availability by a $state topic: "lost" and "disconnected" are offline; "init", "sleeping" and "alert" are online. */
export const stateOf = (topic: string): Exclude<Proposal["availability"], readonly unknown[] | undefined> => ({
  filter: topic,
  jinja: "{{ 'offline' if value in ['lost', 'disconnected'] else 'online' }}",
  online: "online",
  offline: "offline",
});

/** Why a device is away, by its $state; undefined if it is not. */
export const goneBy = (state: string | undefined): SaidText | undefined =>
  state === "lost" || state === "disconnected" ? say("withdrawn.state", { state }) : undefined;

/** `topic`: the topic of the property's value. */
export function propertyEntity(
  key: string,
  id: string,
  topic: string,
  { name, datatype, unit, format, settable, untyped, said }: Property,
  availability: Pick<Proposal, "availability" | "availabilityMode">,
): AnnouncedEntity {
  const set = { topic: `${topic}/set` };
  const common: Proposal = { filter: topic, ...availability };
  const entity = { key, name: name ?? id };
  const pair = settable ? switchWords(datatype, format, untyped ? said : undefined) : undefined;
  if (pair) return single({ ...entity, kind: "switch" }, { ...common, type: "boolean", payloads: pair, command: set });
  if (datatype === "boolean")
    return single(
      { ...entity, kind: settable ? "switch" : "binary_sensor" },
      dropUndefined({
        ...common,
        type: "boolean" as const,
        payloads: { on: "true", off: "false" },
        words: labelsOf(format),
        command: settable ? set : undefined,
      }),
    );
  if (datatype === "integer" || datatype === "float" || datatype === "percent") {
    const { min, max, step } = limitsOf(format);
    const bounds = min !== undefined && max !== undefined && min < max ? { min, max } : {};
    const command = settable
      ? dropUndefined({ ...set, ...bounds, step: step ?? (datatype === "integer" && settable ? 1 : undefined) })
      : undefined;
    return single(
      { ...entity, kind: settable ? "number" : "sensor" },
      dropUndefined({
        ...common,
        type: "number" as const,
        unit: unit ?? (datatype === "percent" ? "%" : undefined),
        command,
      }),
    );
  }
  if (datatype === "enum") {
    const options = [...new Set((format ?? "").split(",").filter((one) => one !== ""))].slice(0, 200);
    const command = settable ? (options.length ? { ...set, options } : set) : undefined;
    return single(
      { ...entity, kind: settable ? "select" : "sensor" },
      dropUndefined({ ...common, type: "text" as const, command }),
    );
  }
  const open = datatype === undefined && (unit !== undefined || (untyped && !settable));
  const text = open ? {} : { type: "text" as const };
  return single(
    { ...entity, kind: settable ? "text" : "sensor" },
    dropUndefined({ ...common, ...text, unit, command: settable ? { ...set } : undefined }),
  );
}

/** Pairs of words for on and off. */
const PAIRS: readonly (readonly [on: string, off: string])[] = [
  ["on", "off"],
  ["true", "false"],
  ["yes", "no"],
  ["1", "0"],
  ["enabled", "disabled"],
];

/**
 * The payloads of a property that is a switch without the datatype of one: an enum of two words for on and off (`$format`, Homie 3 and 4),
 * or a property of version 2, which has no datatypes, that says true or false.
 */
function switchWords(
  datatype: string | undefined,
  format: string | undefined,
  said: string | undefined,
): { on: string; off: string } | undefined {
  if (datatype === undefined && (said === "true" || said === "false")) return { on: "true", off: "false" };
  if (datatype !== "enum") return undefined;
  const options = (format ?? "").split(",").map((one) => one.trim());
  if (options.length !== 2) return undefined;
  for (const [first, second] of [options, [...options].reverse()] as [string, string][])
    if (PAIRS.some(([on, off]) => first.toLowerCase() === on && second.toLowerCase() === off))
      return { on: first, off: second };
  return undefined;
}

/** "closed,open": the labels of false and true (version 5). */
function labelsOf(format: string | undefined): Proposal["words"] {
  const [off, on, ...more] = (format ?? "").split(",").map((label) => label.trim());
  return off && on && more.length === 0 ? wordsOfProperty("", { on, off }) : undefined;
}

/** "0:100", and since version 5 "0:100:5"; either limit may be missing. */
function limitsOf(format: string | undefined): {
  min?: number | undefined;
  max?: number | undefined;
  step?: number | undefined;
} {
  const m = /^(-?[\d.]*):(-?[\d.]*)(?::([\d.]+))?$/.exec(format ?? "");
  const number = (text: string | undefined): number | undefined =>
    text === undefined || text === "" || !Number.isFinite(Number(text)) ? undefined : Number(text);
  return { min: number(m?.[1]), max: number(m?.[2]), step: number(m?.[3]) || undefined };
}
