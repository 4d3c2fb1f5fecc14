import { compileAvailability } from "./compile/availability";
import { compileCommand, typeImplied } from "./compile/command";
import { decoderFor } from "./compile/decoderFor";
import { pointId, pointNames, templateAt } from "./compile/names";
import { compilePath, type Extract } from "./compile/path";
import { makeRead, onlyWhen, type SlotReader } from "./compile/read";
import type { CompiledPoint, CompiledRegistration, CompileError, Slot } from "./compiled";
import type { Decoder } from "./decoders/decoder";
import { dropUndefined } from "./dropUndefined";
import { compileCel } from "./expressions/cel";
import { compileHistory, type HistoryPolicy } from "./history";
import type { PointId } from "./ids";
import type { PointInfo } from "./point";
import type { Registration, ValueSpec, ValueType } from "./registration";
import { err, ok, type Result } from "./result";
import { compileTemplate } from "./templates";
import { type Said, say } from "./texts/said";
import { parseDuration } from "./time";
import { hasWildcard, parseFilter } from "./topics/parse";
import { countWildcards } from "./topics/template";

type Compiling<T> = Result<T, CompileError>;

/**
 * Compiles a registration for the live path, or returns which field is wrong and how to fix it. Fields at the top of a registration with
 * several `values` are defaults that each value may override. The compiled registration never throws, whatever the payload.
 */
export function compileRegistration(registration: Registration): Compiling<CompiledRegistration> {
  const filter = registration.filter === undefined ? ok(undefined) : parseFilter(registration.filter);
  if (!filter.ok) return err({ pointer: "/filter", message: filter.error });
  const wildcards = registration.merge ? 0 : countWildcards(registration.filter ?? "");
  const reader = decoderFor(registration);
  if (!reader.ok) return reader;
  const decoder = reader.value;

  const device = labelAt("/device", registration.device, wildcards);
  if (!device.ok) return device;
  const area = labelAt("/area", registration.area, wildcards);
  if (!area.ok) return area;
  const availability = compileAvailability(registration, wildcards);
  if (!availability.ok) return availability;
  const time = pathAt("/time", registration.time, decoder);
  if (!time.ok) return time;

  const when = registration.when === undefined ? ok(undefined) : compileCel(registration.when, "message");
  if (!when.ok) return err({ pointer: "/when", message: when.error });

  const slots: CompiledSlot[] = [];
  for (const [key, spec] of slotSpecs(registration)) {
    const slot = compileSlot(registration, key, spec, { index: slots.length, wildcards, decoder });
    if (!slot.ok) return slot;
    slots.push(slot.value);
  }

  return ok({
    registration,
    filter: filter.value,
    wildcard: hasWildcard(registration.filter ?? "") && !registration.merge,
    holds: decoder.holds,
    slots: slots.map((s) => s.reader.slot),
    read: onlyWhen(
      when.value,
      decoder,
      makeRead(
        decoder,
        slots.map((s) => s.reader),
        time.value,
      ),
    ),
    document(payload) {
      const document = decoder.decode(payload);
      return document.ok ? document.value : undefined;
    },
    points: (levels, topic, apart) =>
      slots.map((s) => s.point(levels, topic, { device: device.value?.(levels), area: area.value?.(levels), apart })),
    availability: availability.value,
    availabilityMode: registration.availabilityMode ?? "all",
  });
}

const slotSpecs = (registration: Registration): readonly [string | undefined, ValueSpec | undefined][] =>
  registration.values ? Object.entries(registration.values) : [[undefined, undefined]];

interface CompiledSlot {
  readonly reader: SlotReader;
  point(
    levels: readonly string[],
    topic: string | undefined,
    place: { device: string | undefined; area: string | undefined; apart: ReadonlySet<number> | undefined },
  ): CompiledPoint;
}

interface SlotContext {
  index: number;
  wildcards: number;
  decoder: Decoder;
}

function compileSlot(
  registration: Registration,
  key: string | undefined,
  spec: ValueSpec | undefined,
  { index, wildcards, decoder }: SlotContext,
): Compiling<CompiledSlot> {
  const at = key === undefined ? "" : `/values/${key}`;
  const said = { ...registration, ...dropUndefined<Partial<ValueSpec>>(spec ?? {}) };
  const path = pathAt(`${at}/value`, key === undefined ? registration.value : spec?.value, decoder);
  if (!path.ok) return path;
  const template = registration.jinja === undefined ? ok(undefined) : compileTemplate(registration.jinja);
  if (!template.ok) return err({ pointer: "/jinja", message: template.error });
  const transform = said.transform === undefined ? ok(undefined) : compileCel(said.transform, "reading");
  if (!transform.ok)
    return err({ pointer: `${spec?.transform === undefined ? "" : at}/transform`, message: transform.error });
  const type = typeOf(said, at, decoder);
  if (!type.ok) return type;
  const staleAfter = staleAfterOf(said.staleAfter);
  if (!staleAfter.ok) return err({ pointer: `${at}/staleAfter`, message: staleAfter.error });
  const name = pointNames(registration, wildcards, key, spec);
  if (!name.ok) return name;
  const command = said.command
    ? compileCommand(said.command, {
        pointer: `${at}/command`,
        wildcards,
        type: type.value,
        payloads: said.payloads,
        asJson: decoder.sendsJson ?? false,
        hasState: registration.filter !== undefined,
      })
    : ok(undefined);
  if (!command.ok) return command;

  const kept = said.history ?? (decoder.unrecorded ? false : undefined);
  const history = compileHistory(kept);
  if (!history.ok) return err({ pointer: `${at}/history${history.error.field}`, message: history.error.message });

  const part = partAt(`${at}/part`, said.part, wildcards);
  if (!part.ok) return part;

  const slot: Slot = {
    index,
    key,
    staleAfter: staleAfter.value,
    ...(kept !== undefined && { history: history.value }),
  };
  const of: SlotInfo = {
    registration: registration.id,
    type: type.value,
    unit: said.unit,
    precision: said.precision,
    words: said.words,
    category: said.category,
    deviceClass: said.deviceClass,
    icon: said.icon,
    range: said.range,
    thresholds: said.thresholds,
    command: command.value?.info,
    holds: decoder.holds,
    kept: slot.history && keptAs(slot.history.keep),
  };
  return ok({
    reader: {
      slot,
      path: path.value,
      want: { type: type.value, payloads: said.payloads, unit: said.unit, unknown: said.unknown },
      template: template.value,
      transform: transform.value,
      partial: registration.partial,
    },
    point: (levels, topic, { device, area, apart }) =>
      new PointOfSlot(pointId(registration.id, levels, key), slot, command.value?.actuator(levels, topic), of, {
        topic,
        name: name.value(levels, apart),
        device,
        area,
        part: part.value?.(levels),
      }),
  });
}

/** All fields are required here, so that none is forgotten. `rev` is added by the live state. */
type Info = { [Name in keyof Required<Omit<CompiledPoint["info"], "rev">>]: CompiledPoint["info"][Name] };

/** What depends on the point's topic. */
type TopicInfo = Pick<Info, "topic" | "name" | "device" | "area" | "part">;

/** What all points of a slot have in common. */
type SlotInfo = Omit<Info, "id" | keyof TopicInfo>;

/**
 * A class, so that `info` is computed on demand: otherwise a hundred thousand points of one wildcard would each hold a copy of their
 * slot's fields. The fields are named one by one because a spread makes objects that take six times the memory.
 */
class PointOfSlot implements CompiledPoint {
  readonly id: PointId;
  readonly slot: Slot;
  readonly actuator: CompiledPoint["actuator"];
  readonly #of: SlotInfo;
  readonly #topic: TopicInfo["topic"];
  readonly #name: TopicInfo["name"];
  readonly #device: TopicInfo["device"];
  readonly #area: TopicInfo["area"];
  readonly #part: TopicInfo["part"];

  constructor(id: PointId, slot: Slot, actuator: CompiledPoint["actuator"], of: SlotInfo, met: TopicInfo) {
    this.id = id;
    this.slot = slot;
    this.actuator = actuator;
    this.#of = of;
    this.#topic = met.topic;
    this.#name = met.name;
    this.#device = met.device;
    this.#area = met.area;
    this.#part = met.part;
  }

  get info(): Info {
    const { registration, type, unit, precision, words, category, deviceClass } = this.#of;
    const { icon, range, thresholds, command, holds, kept } = this.#of;
    const blocked = this.actuator?.blocked;
    return {
      id: this.id,
      registration,
      topic: this.#topic,
      name: this.#name,
      device: this.#device,
      area: this.#area,
      type,
      unit,
      precision,
      words,
      category,
      deviceClass,
      icon,
      range,
      thresholds,
      command: command && blocked !== undefined ? { ...command, blocked } : command,
      holds,
      part: this.#part,
      kept,
    };
  }
}

const keptAs = (keep: HistoryPolicy["keep"]): PointInfo["kept"] => (typeof keep === "number" ? "some" : keep);

/** The registered type, or the one that the format, the command or other fields imply. */
function typeOf(said: Partial<ValueSpec>, at: string, decoder: Decoder): Compiling<ValueType | undefined> {
  if (decoder.type && said.type && decoder.type !== said.type && said.transform === undefined)
    return err({
      pointer: `${at}/type`,
      message: say("schema.typeOfFormat", { format: decoder.id, given: decoder.type, type: said.type }),
    });
  // The result of a transform may have any type, whatever the format's type is.
  const given = said.type ?? (said.transform === undefined ? decoder.type : undefined);
  if (given) return ok(given);
  const numeric = said.range !== undefined || said.thresholds?.length || said.precision !== undefined;
  return ok(
    (said.command && typeImplied(said.command)) ?? (said.payloads ? "boolean" : numeric ? "number" : undefined),
  );
}

function staleAfterOf(staleAfter: ValueSpec["staleAfter"]): Result<Slot["staleAfter"], Said> {
  if (staleAfter === undefined || staleAfter === "auto" || staleAfter === "never") return ok(staleAfter ?? "auto");
  const ms = parseDuration(staleAfter);
  if (ms.ok && ms.value === 0) return err(say("schema.staleAfter"));
  return ms;
}

function pathAt(
  pointer: string,
  text: string | undefined,
  decoder: Decoder,
): Compiling<{ text: string; extract: Extract } | undefined> {
  if (text === undefined) return ok(undefined);
  // A format that reads the whole message as one value has a document for `time` only.
  if (!decoder.structured && !(decoder.document && pointer === "/time"))
    return err({
      pointer,
      message: say("schema.noPathInFormat", { format: decoder.id }),
    });
  const extract = compilePath(text);
  return extract.ok ? ok({ text, extract: extract.value }) : err({ pointer, message: extract.error });
}

/** The levels that the wildcards matched are part of the whole's id: each match is a whole of its own. */
function partAt(
  pointer: string,
  part: ValueSpec["part"],
  wildcards: number,
): Compiling<((levels: readonly string[]) => PointInfo["part"]) | undefined> {
  if (part === undefined) return ok(undefined);
  const name = labelAt(`${pointer}/name`, part.name, wildcards);
  if (!name.ok) return name;
  return ok((levels) => {
    const said = name.value?.(levels);
    const { of, kind, role } = part;
    return { of: [of, ...levels].join("/"), kind, role, ...(said !== undefined && { name: said }) };
  });
}

/** A label that is empty once its levels are filled in is undefined. */
function labelAt(
  pointer: string,
  text: string | undefined,
  wildcards: number,
): Compiling<((levels: readonly string[]) => string | undefined) | undefined> {
  if (text === undefined) return ok(undefined);
  const template = templateAt(pointer, text, wildcards);
  return template.ok ? ok((levels) => template.value.fill(levels) || undefined) : template;
}
