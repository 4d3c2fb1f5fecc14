import type { HistorySpec } from "@/lib/history";
import type { Availability, CommandSpec, Registration, ValueSpec, ValueType } from "@/lib/registration";
import { writeEntered } from "@/lib/units/entered";
import {
  type AvailabilityDraft,
  type CommandDraft,
  type CommandKindDraft,
  type DescribedDraft,
  type Draft,
  emptyCommand,
  emptyDescribed,
  emptyDraft,
  emptyHistory,
  type HistoryDraft,
  type StructDraft,
  type ThresholdDraft,
  type ValueDraft,
} from "./draft";
import { writeDuration } from "./numberFields";

type Described = Omit<ValueSpec, "value">;

const text = (value: string | number | undefined): string => (value === undefined ? "" : String(value));

/** Writes numbers for a form in a language, and hands out the numbers of its rows in the order of reading. */
const formWriter = (locale: string) => {
  let next = 1;
  return {
    row: () => next++,
    next: () => next,
    number: (value: number | undefined): string => (value === undefined ? "" : writeEntered(value, locale)),
    duration: (value: string | undefined): string => writeDuration(value ?? "", locale),
  };
};
type FormWriter = ReturnType<typeof formWriter>;

/** The form for a registration. Explicit defaults (`staleAfter: auto`, `retain: false`) become absent again on saving. */
export function fromRegistration(registration: Registration, locale = "en"): Draft {
  const write = formWriter(locale);
  const { availability } = registration;
  const list = availability === undefined ? [] : Array.isArray(availability) ? availability : [availability];
  return {
    ...emptyDraft,
    locale,
    id: registration.id,
    idTouched: true,
    broker: text(registration.broker),
    filter: text(registration.filter),
    format: registration.format ?? "auto",
    encoding: registration.encoding ?? "",
    struct: (registration.struct ?? []).map(
      (field): StructDraft => ({
        row: write.row(),
        key: field.key,
        at: write.number(field.at),
        type: field.type,
        length: write.number(field.length),
        bit: write.number(field.bit),
        scale: write.number(field.scale),
        add: write.number(field.add),
      }),
    ),
    proto: text(registration.proto),
    message: text(registration.message),
    mode: registration.values ? "several" : registration.jinja === undefined ? "one" : "template",
    path: text(registration.value),
    jinja: text(registration.jinja),
    when: text(registration.when),
    partial: registration.partial ?? false,
    merge: registration.merge ?? false,
    values: Object.entries(registration.values ?? {}).map(
      ([key, spec]): ValueDraft => ({
        row: write.row(),
        key,
        path: spec.value,
        described: describedFrom(spec, write),
      }),
    ),
    time: text(registration.time),
    device: text(registration.device),
    area: text(registration.area),
    availability: list.map((item) => availabilityFrom(item, write)),
    availabilityMode: registration.availabilityMode ?? "all",
    qos: text(registration.qos) as Draft["qos"],
    described: describedFrom(registration, write),
    nextRow: write.next(),
  };
}

const availabilityFrom = (item: Availability, write: FormWriter): AvailabilityDraft => ({
  row: write.row(),
  filter: item.filter,
  value: text(item.value),
  jinja: text(item.jinja),
  online: item.online,
  offline: item.offline,
});

function describedFrom(spec: Described, write: FormWriter): DescribedDraft {
  const stale = spec.staleAfter ?? "auto";
  const spoken = stale === "auto" || stale === "never";
  return {
    ...emptyDescribed,
    name: text(spec.name),
    transform: text(spec.transform),
    type: spec.type ?? "",
    unit: text(spec.unit),
    precision: write.number(spec.precision),
    rangeLow: write.number(spec.range?.[0]),
    rangeHigh: write.number(spec.range?.[1]),
    thresholds: (spec.thresholds ?? []).map(
      (t): ThresholdDraft => ({
        row: write.row(),
        side: t.above === undefined ? "below" : "above",
        at: write.number(t.above ?? t.below),
        level: t.level,
      }),
    ),
    stale: spoken ? stale : "after",
    staleAfter: spoken ? "" : write.duration(stale),
    on: text(spec.payloads?.on),
    off: text(spec.payloads?.off),
    unknown: (spec.unknown ?? []).join("\n"),
    category: spec.category ?? "",
    words: Object.entries(spec.words ?? {})
      .map(([value, word]) => `${value} = ${word}`)
      .join("\n"),
    command: spec.command ? commandFrom(spec.command, spec, write) : null,
    part: spec.part ? { ...spec.part, name: text(spec.part.name) } : null,
    history: historyFrom(spec.history, write),
  };
}

function historyFrom(spec: HistorySpec | undefined, write: FormWriter): HistoryDraft {
  if (spec === undefined) return emptyHistory;
  if (spec === false) return { ...emptyHistory, keep: "nothing" };
  const keep = spec.keep ?? (spec.deadband === undefined ? "every" : "change");
  const timed = keep !== "every" && keep !== "change";
  const { rollups } = spec;
  const each = typeof rollups === "string" ? { "1m": rollups, "15m": rollups, "6h": rollups } : rollups;
  return {
    keep: timed ? "atMost" : keep,
    deadband: write.number(spec.deadband),
    atMost: timed ? write.duration(keep) : "",
    raw: write.duration(spec.raw),
    minute: write.duration(each?.["1m"]),
    quarter: write.duration(each?.["15m"]),
    long: write.duration(each?.["6h"]),
  };
}

/** How the command is operated is not written down: it follows from its fields, then from the value's type (lib/compile/command.ts). */
const SIGNS: readonly [CommandKindDraft, (command: CommandSpec) => boolean][] = [
  ["button", (c) => c.press !== undefined],
  ["select", (c) => c.options !== undefined],
  ["switch", (c) => c.payloads !== undefined],
  ["number", (c) => [c.min, c.max, c.step, c.tolerance, c.send].some((field) => field !== undefined)],
];
const KIND_OF: Record<ValueType, CommandKindDraft> = { boolean: "switch", number: "number", text: "text" };

function commandFrom(command: CommandSpec, spec: Described, write: FormWriter): CommandDraft {
  const said = SIGNS.find(([, fits]) => fits(command))?.[0];
  const kind = said ?? (spec.type ? KIND_OF[spec.type] : spec.payloads ? "switch" : "text");
  return {
    ...emptyCommand(kind),
    topic: command.topic,
    on: text(command.payloads?.on),
    off: text(command.payloads?.off),
    press: text(command.press),
    options: (command.options ?? []).join("\n"),
    min: write.number(command.min),
    max: write.number(command.max),
    step: write.number(command.step),
    transform: text(command.transform),
    template: text(command.template),
    jinja: text(command.jinja),
    confirm: write.duration(command.confirm),
    tolerance: write.number(command.tolerance),
    qos: text(command.qos) as CommandDraft["qos"],
    retain: command.retain ?? false,
    ask: typeof command.ask === "string" ? "question" : command.ask ? "yes" : "no",
    question: typeof command.ask === "string" ? command.ask : "",
    send: command.send ?? "release",
  };
}
