import type { CompiledAvailability, CompileError } from "../compiled";
import { byPayloads } from "../decoders/coerce";
import { type Json, textOf } from "../decoders/decoder";
import { decoders } from "../decoders/registry";
import type { Availability, Registration } from "../registration";
import { err, ok, type Result } from "../result";
import { compileTemplate, type Template } from "../templates";
import { say } from "../texts/said";
import { parseFilter, type TopicFilter } from "../topics/parse";
import { templateAt } from "./names";
import { ABSENT, compilePath, type Extract, SEVERAL, TOO_COSTLY } from "./path";

export type AvailabilityOf = (levels: readonly string[]) => readonly CompiledAvailability[];

/** All availability topics of a registration. A filter that is not valid once its levels are filled in is omitted. */
export function compileAvailability(
  registration: Registration,
  wildcards: number,
): Result<AvailabilityOf, CompileError> {
  const { availability } = registration;
  if (availability === undefined) return ok(() => []);
  const list = Array.isArray(availability) ? availability : [availability];
  const parts: ((levels: readonly string[]) => CompiledAvailability | undefined)[] = [];
  for (const [i, one] of list.entries()) {
    const part = compileOne(one, Array.isArray(availability) ? `/availability/${i}` : "/availability", wildcards);
    if (!part.ok) return part;
    parts.push(part.value);
  }
  return ok((levels) => parts.map((part) => part(levels)).filter((a) => a !== undefined));
}

function compileOne(
  spec: Availability,
  pointer: string,
  wildcards: number,
): Result<(levels: readonly string[]) => CompiledAvailability | undefined, CompileError> {
  const topic = templateAt(`${pointer}/filter`, spec.filter, wildcards);
  if (!topic.ok) return topic;
  const example = parseFilter(topic.value.fill(Array<string>(wildcards).fill("x")));
  if (!example.ok) return err({ pointer: `${pointer}/filter`, message: example.error });
  if (spec.online === spec.offline) return err({ pointer: `${pointer}/offline`, message: say("schema.samePayloads") });
  const path = spec.value === undefined ? ok(undefined) : compilePath(spec.value);
  if (!path.ok) return err({ pointer: `${pointer}/value`, message: path.error });
  const template = spec.jinja === undefined ? ok(undefined) : compileTemplate(spec.jinja);
  if (!template.ok) return err({ pointer: `${pointer}/jinja`, message: template.error });
  const read = template.value ? readByTemplate(spec, template.value) : makeRead(spec, path.value);
  return ok((levels) => {
    const filter = parseFilter(topic.value.fill(levels));
    return filter.ok ? { filter: filter.value satisfies TopicFilter, read } : undefined;
  });
}

/** Without a path it also reads the member `state` of an object: Zigbee2MQTT sends `{"state": "online"}`. */
function makeRead(spec: Availability, path: Extract | undefined): CompiledAvailability["read"] {
  const payloads = { on: spec.online, off: spec.offline };
  const stateOf = (text: string): "online" | "offline" | undefined => {
    const online = byPayloads(text, payloads);
    return online === undefined ? undefined : online ? "online" : "offline";
  };
  return (payload) => {
    const text = textOf(payload);
    if (!text.ok) return undefined;
    const whole = path ? undefined : stateOf(text.value);
    if (whole) return whole;
    const document = decoders.auto.decode(payload);
    if (!document.ok) return undefined;
    const found = path ? path(document.value) : stateMember(document.value);
    if (found === ABSENT || found === SEVERAL || found === TOO_COSTLY || found === null) return undefined;
    return stateOf(typeof found === "object" ? JSON.stringify(found) : String(found));
  };
}

function readByTemplate(spec: Availability, template: Template): CompiledAvailability["read"] {
  return (payload) => {
    const text = textOf(payload);
    const made = text.ok ? template.render(text.value) : undefined;
    if (made?.kind !== "value") return undefined;
    const online = byPayloads(made.text, { on: spec.online, off: spec.offline });
    return online === undefined ? undefined : online ? "online" : "offline";
  };
}

const stateMember = (json: Json): Json | typeof ABSENT =>
  typeof json === "object" && json !== null && !Array.isArray(json) && Object.hasOwn(json, "state")
    ? (json.state as Json)
    : ABSENT;
