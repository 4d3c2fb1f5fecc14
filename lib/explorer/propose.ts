import { compileRegistration } from "../compile";
import type { CompiledRegistration } from "../compiled";
import type { Json } from "../decoders/decoder";
import type { WholeProposal } from "../decoders/format";
import { decoders, type PlainDecoderId, plainDecoderIds } from "../decoders/registry";
import { keyOf, memberStep } from "../jsonPath";
import { proposeId } from "../proposeId";
import { Registration, type ValueSpec } from "../registration";
import { wildcardLevels } from "../topics/match";
import { isBooleanUnit } from "../units/booleanUnit";
import { NO_TEMPERATURE, noReadingIn } from "../units/noReading";
import { isBookkeeping } from "./bookkeeping";
import { type Speaker, speakerOf } from "./devices";
import { humanize, isGeneric, isQuantity, lowerFirst, nameOfLevels, unitOf, withoutUnit, wordsOf } from "./guess";
import { cleanName, nameIn, placeOf, type Sibling, subjectOf, unitBeside } from "./place";
import { type Field, lookAt, MAX_FIELDS, type Shape } from "./shape";
import { alikeLevels, widest } from "./wildcard";

export type { Sibling } from "./place";

export interface Proposal {
  /** `place`: what the payload says of where something is, beside its numbers. */
  kind: "wildcard" | WholeProposal["kind"];
  registration: Registration;
  /** Topics known that it reads, this one first. */
  covers: string[];
}

export interface ProposeOptions {
  /** Ids of registrations that stand. */
  taken?: ReadonlySet<string>;
  /** Absent: the default one. */
  broker?: string;
  /** JSONPaths of the fields that are wanted; absent: every number, else whatever there is. */
  fields?: ReadonlySet<string>;
}

/**
 * What an admin may want to register after looking at a topic: for a wildcard over its siblings where they look alike (first, when
 * there is one), and for the topic alone. Every proposal compiles and reads the newest sample. `samples`: payloads of the topic, the
 * newest last. Nothing sensible to propose: an empty list. Rules XP-10 … XP-16.
 */
export function proposeRegistrations(
  topic: string,
  samples: readonly Uint8Array[],
  siblings: readonly Sibling[],
  options: ProposeOptions = {},
): Proposal[] {
  const newest = samples.at(-1);
  if (!newest) return [];
  const only = WHOLE.find(({ id, alone }) => alone && reads(id, newest));
  if (only) return whole(topic, only, options);
  const levels = topic.split("/");
  const unit = unitBeside(topic, levels, siblings);
  const survey = surveyOf(samples, levels, unit);
  if (!survey) return [];
  const { shape, speaker } = survey;
  const chosen = choose(survey, options.fields);
  if (chosen.length === 0) return [];

  const proposals: Proposal[] = [];
  const alike = speaker ? [] : alikeLevels(levels, shape, siblings);
  const wildcard = widest(alike);
  const draft: Drafting = { topic, levels, survey, unit, siblings, varies: alike.map(({ at }) => at), options };
  const several = wildcard && settle(chosen, draft, (fields) => wildcardInput(draft, fields, wildcard.at));
  if (wildcard && several)
    proposals.push({ kind: "wildcard", registration: several, covers: [topic, ...wildcard.covers] });
  const single = settle(chosen, draft, (fields) => topicInput(draft, fields));
  if (single) proposals.push({ kind: "topic", registration: single, covers: [topic] });
  // A filter over several devices cannot say the name that each of them has.
  if (single && placeOfDraft(draft, shape.structured).named) proposals.reverse();
  if (options.fields === undefined && !speaker)
    for (const one of WHOLE) if (!one.alone && reads(one.id, newest)) proposals.push(...whole(topic, one, options));
  return proposals;
}

/** The formats that read a payload as one thing. */
const WHOLE = plainDecoderIds.flatMap((id) => {
  const { proposes } = decoders[id];
  return proposes ? [{ id, ...proposes }] : [];
});

function reads(format: PlainDecoderId, payload: Uint8Array): boolean {
  const document = decoders[format].decode(payload);
  return document.ok && document.value !== null;
}

function whole(
  topic: string,
  { id: format, kind, nameSuffix }: (typeof WHOLE)[number],
  { broker, taken = new Set() }: ProposeOptions,
): Proposal[] {
  const name = `${nameOfLevels(topic.split("/")) || "Topic"}${nameSuffix}`;
  const parsed = Registration.safeParse({
    id: proposeId(name, topic, taken) || proposeId("topic", "", taken),
    ...(broker !== undefined && { broker }),
    filter: topic,
    format,
    name,
  });
  return parsed.success ? [{ kind, registration: parsed.data, covers: [topic] }] : [];
}

/** What the messages of a topic have in common. */
interface Survey {
  /** Of the newest. */
  shape: Shape;
  /** Of all, or of those of the device that spoke last. */
  shapes: readonly Shape[];
  samples: readonly Uint8Array[];
  /** What they say; undefined: it cannot be read as the newest is. */
  documents: readonly (Json | undefined)[];
  speaker: Speaker | undefined;
}

function surveyOf(
  samples: readonly Uint8Array[],
  levels: readonly string[],
  unit: string | undefined,
): Survey | undefined {
  // What no format reads says nothing of a field; where the newest is such, nothing is proposed.
  const all = samples.flatMap((sample) => {
    const looked = lookAt(sample);
    return looked ? [{ sample, document: looked.document, shape: believing(looked.shape, levels, unit) }] : [];
  });
  const newest = all.at(-1);
  if (!newest || newest.sample !== samples.at(-1)) return undefined;
  const { format } = newest.shape;
  const documents = all.map(({ sample, shape, document }) =>
    shape.format === format ? document : documentOf(sample, format),
  );
  const speaker = speakerOf(documents);
  const isOwn = (_: unknown, i: number): boolean => speaker === undefined || speaker.own[i] === true;
  const own = all.filter(isOwn);
  return {
    shape: newest.shape,
    shapes: own.map(({ shape }) => shape),
    samples: own.map(({ sample }) => sample),
    documents: documents.filter(isOwn),
    speaker,
  };
}

function documentOf(sample: Uint8Array, format: PlainDecoderId): Json | undefined {
  const document = decoders[format].decode(sample);
  return document.ok ? document.value : undefined;
}

/** "01317" is a number where its name says so, or a topic that says its unit. `unit`: of a bare value. */
function believing(shape: Shape, levels: readonly string[], unit: string | undefined): Shape {
  const named = (key: string): boolean =>
    isQuantity(wordsOf(key || (levels.at(-1) ?? ""))) || (key === "" && unit !== undefined);
  const believed = (field: Field): Field =>
    field.type === "text" && field.number !== undefined && named(field.key) ? { ...field, type: "number" } : field;
  return { ...shape, fields: shape.fields.map(believed) };
}

/** All that the messages of a topic may speak of, the newest's first: one message rarely says everything. */
export function fieldsOf(samples: readonly Uint8Array[], topic: string): readonly Field[] {
  const survey = surveyOf(samples, topic.split("/"), undefined);
  return survey ? allFields(survey) : [];
}

function allFields({ shape, shapes }: Survey): Field[] {
  const found = new Map(shape.fields.map((field) => [field.path, field]));
  for (const other of [...shapes].reverse())
    if (other.format === shape.format && other.structured === shape.structured)
      for (const field of other.fields) if (!found.has(field.path)) found.set(field.path, field);
  return [...found.values()].slice(0, MAX_FIELDS);
}

/** More of them are for a person to choose. */
const MAX_PROPOSED = 50;

/** The fields to make points of: those asked for, else all numbers, else switches, else texts; of steady type over the samples. */
function choose(survey: Survey, wanted: ReadonlySet<string> | undefined): Field[] {
  const steady = allFields(survey).flatMap((field) => {
    const all = survey.shapes.flatMap(({ fields }) => fields.filter(({ path }) => path === field.path));
    // A meter fills up with zeros: "09998" and then "10001".
    const numeric = all.every(({ number }) => number !== undefined) && all.some(({ type }) => type === "number");
    if (numeric) return [{ ...field, type: "number" as const }];
    return all.every(({ type }) => type === field.type) ? [field] : [];
  });
  if (wanted) return steady.filter((field) => wanted.has(field.path));
  const telling = steady.filter((field) => !isBookkeeping(field));
  for (const type of ["number", "boolean", "text"] as const) {
    const found = telling.filter((field) => field.type === type);
    if (found.length > 0) return found.slice(0, type === "number" ? MAX_PROPOSED : 8);
  }
  return [];
}

interface Drafting {
  topic: string;
  levels: readonly string[];
  survey: Survey;
  unit: string | undefined;
  siblings: readonly Sibling[];
  varies: readonly number[];
  options: ProposeOptions;
}

type Input = Record<string, unknown>;

const placeOfDraft = ({ topic, levels, survey, siblings, unit, varies }: Drafting, isDocument: boolean) => {
  // A topic that says a name is of the device that it names.
  const own = survey.samples.at(-1);
  const all = own ? [...siblings, { topic, head: own, bytes: own.length }] : siblings;
  return placeOf(levels, all, { isQuantity: unit !== undefined && isGeneric(levels.at(-1) ?? ""), isDocument, varies });
};

function topicInput(draft: Drafting, fields: readonly Field[]): Input {
  const { levels, survey, varies } = draft;
  const { speaker, shape } = survey;
  const bare = isBare(fields);
  const isDocument = shape.structured && !bare;
  const place = placeOfDraft(draft, isDocument);
  if (!isDocument) return input(draft, draft.topic, place.name || "Topic", place.device, fields);
  if (speaker) return input(draft, draft.topic, humanize(speaker.label), humanize(speaker.label), fields);
  const own = place.named ? place.device : (namedWithin(draft) ?? (varies.length === 0 ? "" : place.device));
  const device = own || subjectOf(levels);
  return input(draft, draft.topic, nameOfLevels(levels) || "Topic", device || "Topic", fields);
}

/** Members by which a message says whose it is: what people call it, or a number to its kind. */
const NAMES = /^(?:(?:device|friendly|display)[-_ ]?)?name$/i;
const NUMBERS = /^(?:device(?:[-_ ]?id)?|sn|serial(?:[-_ ]?(?:no|number))?)$/i;

/** What a member of each message says of its device: "Cold store", or "Heatmeter HM-7731". */
function namedWithin({ levels, survey: { documents } }: Drafting): string | undefined {
  const subject = subjectOf(levels);
  for (const [keys, isName] of [
    [NAMES, true],
    [NUMBERS, false],
  ] as const) {
    const said = documents.map((document) => memberOf(document, keys));
    const [first] = said;
    if (first === undefined || said.some((one) => one !== first)) continue;
    // A name that is a word of its topic says no more, and a number alone says too little.
    if (isName && nameIn(first) !== undefined) return first;
    const known = subject.toLowerCase().includes(first.toLowerCase());
    if (!isName && /^[\p{L}\p{N}][\p{L}\p{N} ._:-]{0,39}$/u.test(first))
      return known ? subject : `${subject} ${first}`.trim();
  }
  return undefined;
}

function memberOf(json: Json | undefined, keys: RegExp): string | undefined {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return undefined;
  for (const key of Object.keys(json)) {
    if (!keys.test(key)) continue;
    const value = json[key];
    if (typeof value === "string" || typeof value === "number")
      return cleanName(String(value)).slice(0, 60) || undefined;
  }
  return undefined;
}

function wildcardInput(draft: Drafting, fields: readonly Field[], at: number): Input {
  const { levels } = draft;
  const behind = levels.slice(at + 1).filter((level) => level.trim() !== "" && !isGeneric(level));
  const before = levels.slice(0, at).filter((level) => level.trim() !== "");
  const name =
    behind.length > 0 ? `{1} ${lowerFirst(nameOfLevels(behind))}` : `${humanize(before.at(-1) ?? "")} {1}`.trim();
  return input(draft, levels.with(at, "+").join("/"), name, "{1}", fields);
}

/** Whether the payload is one value, whatever is written around it: its device is then the level above. */
const isBare = ([only, more]: readonly Field[]): boolean =>
  only !== undefined && more === undefined && (only.key === "" || only.key === "value");

function input(draft: Drafting, filter: string, name: string, device: string, fields: readonly Field[]): Input {
  const { options } = draft;
  const { shape, shapes, speaker } = draft.survey;
  const [only] = fields;
  const single = only && fields.length === 1 ? only : undefined;
  const own = !single || isBare(fields) ? "" : single.key;
  const said = single && describe(single, draft, wordsOf(own === "" ? lastTelling(draft.levels) : own));
  const called = own === "" ? name : `${name} ${lowerFirst(humanize(withoutUnit(own, said?.unit)))}`.trim();
  const taken = options.taken ?? new Set<string>();
  const common = {
    id: proposeId(called, filter, taken) || proposeId("topic", "", taken),
    ...(options.broker !== undefined && { broker: options.broker }),
    filter,
    ...(shape.format !== "auto" && { format: shape.format }),
    name: called,
    ...(device !== "" && (device !== called || shape.structured) && { device }),
    ...(speaker && { when: speaker.when }),
    // Of several values each may be missing anyway.
    ...(single && lacks(shapes, single) && { partial: true }),
  };
  if (single) {
    const { soleMember } = decoders[shape.format];
    const bare = single.path === "" || (soleMember !== undefined && single.path === `$${memberStep(soleMember)}`);
    const path = bare ? {} : { value: single.path };
    return { ...common, ...path, ...said };
  }
  const keys = new Set<string>();
  const values: Record<string, ValueSpec> = {};
  for (const field of fields) {
    const described = describe(field, draft, wordsOf([...field.above.slice(-1), field.key].join(" ")));
    const key = freeKey(field, described.unit, keys);
    keys.add(key);
    values[key] = { value: field.path, ...described };
  }
  return { ...common, values };
}

const lastTelling = (levels: readonly string[]): string =>
  levels.filter((level) => level.trim() !== "" && !isGeneric(level)).at(-1) ?? "";

const lacks = (shapes: readonly Shape[], { path }: Field): boolean =>
  shapes.some(({ fields }) => fields.every((field) => field.path !== path));

/** Type and unit of one field, by all samples. */
function describe(
  field: Field,
  { survey, unit: beside }: Drafting,
  words: readonly string[],
): Pick<ValueSpec, "type" | "unit" | "unknown"> {
  if (field.type !== "number") return { type: field.type };
  const same = survey.shapes.flatMap((shape) => shape.fields.filter(({ path }) => path === field.path));
  const numbers = same.flatMap(({ number }) => (number === undefined ? [] : [number]));
  const readings = numbers.filter((number) => !NO_TEMPERATURE.includes(String(number)));
  const units = new Set(same.map(({ unit }) => unit));
  const said = units.size === 1 ? (field.unit ?? (field.path === "" ? beside : undefined)) : undefined;
  // Where the payload names units itself, and not always the same, none is right.
  const unit = units.size === 1 ? (said ?? (readings.length ? unitOf(words, readings) : undefined)) : undefined;
  if (unit !== undefined && isBooleanUnit(unit)) return { type: "boolean" };
  const unknown = noReadingIn(unit);
  return { type: "number", ...(unit !== undefined && unit.length <= 40 && { unit }), ...(unknown && { unknown }) };
}

/** A key of its own: the field's name, with the one above it where two are called alike, else a number. */
function freeKey({ key, above }: Field, unit: string | undefined, taken: ReadonlySet<string>): string {
  const short = keyOf(withoutUnit(key, unit));
  const long = keyOf([...above, key].join("-"));
  for (const candidate of [short, long]) if (isFree(candidate, taken)) return candidate;
  for (let n = taken.size + 1; ; n++) if (!taken.has(`value-${n}`)) return `value-${n}`;
}
// The schema library drops a member called __proto__ without a word.
const isFree = (key: string, taken: ReadonlySet<string>): boolean =>
  key !== "" && key !== "__proto__" && !taken.has(key);

/** The registration, checked against the samples; fields that it cannot read in the newest that has them are left out. */
function settle(
  fields: readonly Field[],
  draft: Drafting,
  write: (fields: readonly Field[]) => Input,
): Registration | undefined {
  let left = fields;
  while (left.length > 0) {
    const parsed = Registration.safeParse(write(left));
    if (!parsed.success) return undefined;
    const compiled = compileRegistration(parsed.data);
    const readable = compiled.ok
      ? readableFields(compiled.value, left, draft)
      : left.filter((field) => !namesField(compiled.error.pointer, parsed.data, field));
    if (compiled.ok && readable.length === left.length) return parsed.data;
    if (readable.length === left.length) return undefined;
    left = readable;
  }
  return undefined;
}

function readableFields(
  compiled: CompiledRegistration,
  fields: readonly Field[],
  { topic, survey: { samples, shapes } }: Drafting,
): Field[] {
  const levels = compiled.wildcard ? wildcardLevels(compiled.filter ?? "", topic) : [];
  if (compiled.points(levels, topic).length !== fields.length) return [];
  const read = samples.map((sample) => compiled.read(sample, 0));
  return fields.filter(({ path }, i) => {
    const of = (at: number) => read.at(at)?.find((outcome) => outcome.slot.index === i);
    const newest = shapes.findLastIndex((shape) => shape.fields.some((field) => field.path === path));
    // What was a value once and is a list by now is none.
    return of(newest)?.ok && of(-1)?.ok !== false;
  });
}

const namesField = (pointer: string, registration: Registration, field: Field): boolean => {
  const key = /^\/values\/([^/]+)/.exec(pointer)?.[1];
  return key === undefined ? pointer.startsWith("/value") : registration.values?.[key]?.value === field.path;
};
