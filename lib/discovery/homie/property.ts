import type { AnnouncedEntity, Proposal } from "../announced";
import { single, tidy } from "../proposals";
import { wordsOfProperty } from "../words";

/** What Homie says of a property, in whichever version. */
export interface Property {
  name?: string;
  datatype?: string;
  unit?: string;
  format?: string;
  settable?: boolean;
  /** Of a version that knows no datatypes: what a payload looks like decides. */
  untyped?: boolean;
}

/** "lost" and "disconnected" are gone; "init", "sleeping" and "alert" are there. */
export const stateOf = (topic: string): Exclude<Proposal["availability"], readonly unknown[] | undefined> => ({
  filter: topic,
  jinja: "{{ 'offline' if value in ['lost', 'disconnected'] else 'online' }}",
  online: "online",
  offline: "offline",
});

/** Why a device is gone, by what its $state says. */
export const goneBy = (state: string | undefined): string | undefined =>
  state === "lost" || state === "disconnected" ? `its $state is ${state}` : undefined;

/** `topic`: of the property's value. */
export function propertyEntity(
  key: string,
  id: string,
  topic: string,
  { name, datatype, unit, format, settable, untyped }: Property,
  availability: Pick<Proposal, "availability" | "availabilityMode">,
): AnnouncedEntity {
  const set = { topic: `${topic}/set` };
  const common: Proposal = { filter: topic, ...availability };
  const entity = { key, name: name ?? id };
  if (datatype === "boolean")
    return single(
      { ...entity, kind: settable ? "switch" : "binary_sensor" },
      tidy({
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
      ? tidy({ ...set, ...bounds, step: step ?? (datatype === "integer" && settable ? 1 : undefined) })
      : undefined;
    return single(
      { ...entity, kind: settable ? "number" : "sensor" },
      tidy({ ...common, type: "number" as const, unit: unit ?? (datatype === "percent" ? "%" : undefined), command }),
    );
  }
  if (datatype === "enum") {
    const options = [...new Set((format ?? "").split(",").filter((one) => one !== ""))].slice(0, 200);
    const command = settable ? (options.length ? { ...set, options } : set) : undefined;
    return single(
      { ...entity, kind: settable ? "select" : "sensor" },
      tidy({ ...common, type: "text" as const, command }),
    );
  }
  const open = datatype === undefined && (unit !== undefined || (untyped && !settable));
  const text = open ? {} : { type: "text" as const };
  return single(
    { ...entity, kind: settable ? "text" : "sensor" },
    tidy({ ...common, ...text, unit, command: settable ? { ...set } : undefined }),
  );
}

/** "closed,open": what false and true are called (version 5). */
function labelsOf(format: string | undefined): Proposal["words"] {
  const [off, on, ...more] = (format ?? "").split(",").map((label) => label.trim());
  return off && on && more.length === 0 ? wordsOfProperty("", { on, off }) : undefined;
}

/** "0:100", and "0:100:5" from version 5 on; either end may be missing. */
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
