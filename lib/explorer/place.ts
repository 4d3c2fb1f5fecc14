import { isUnknownWord } from "../decoders/words";
import { humanize, isGeneric, isNameLevel, isUnitLevel, lowerFirst, nameOfLevels } from "./guess";
import { payloadAsText } from "./payload";

/** What the topics around a topic say of whose value it is, and how it is called. */

/** What is known of a neighbour: its newest payload, or as much as was kept of it. */
export interface Sibling {
  topic: string;
  head: Uint8Array;
  /** Of the whole payload. */
  bytes: number;
}

export interface Place {
  /** Its device; "" where the topic says none. */
  device: string;
  /** The name of a point that the topic itself is. */
  name: string;
  /** Whether a topic beside names the device. */
  named: boolean;
}

const MAX_NAME = 60;

/** A short text that people would call something by: not a number, not a document, and not a word for nothing. */
export function nameIn(text: string | undefined): string | undefined {
  const name = text === undefined ? undefined : cleanName(text);
  if (name === undefined || name.length === 0 || name.length > MAX_NAME || !/\p{L}/u.test(name)) return undefined;
  if (/^[["]|^(?:true|false|on|off|yes|no)$/i.test(name) || isUnknownWord(name)) return undefined;
  return name;
}

/** A text from a payload as a name can hold it. */
export const cleanName = (text: string): string =>
  text
    .slice(0, 4 * MAX_NAME)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}{}\s]+/gu, " ")
    .trim();

const isNumber = (level: string): boolean => /^\d+$/.test(level);
const telling = (levels: readonly string[]): string[] =>
  levels.filter((level) => level.trim() !== "" && !isGeneric(level));

/** The name that a topic called "name" beside the topic or above it says, and how many levels it is the name of. The nearest counts. */
function namedBeside(
  levels: readonly string[],
  siblings: readonly Sibling[],
  isDocument: boolean,
): { depth: number; name: string } | undefined {
  let best: { depth: number; name: string } | undefined;
  for (const { topic, head, bytes } of siblings) {
    const own = topic.split("/");
    const depth = own.length - 1;
    // Below a bare value it is the value's name.
    if (depth < 1 || depth >= levels.length + (isDocument ? 1 : 0) || !isNameLevel(own[depth] as string)) continue;
    if (isOfMedia(own, siblings)) continue;
    if (depth <= (best?.depth ?? 0) || !own.slice(0, depth).every((level, i) => level === levels[i])) continue;
    const name = bytes === head.length ? nameIn(payloadAsText(head)) : undefined;
    if (name !== undefined) best = { depth, name };
  }
  return best;
}

/** What a player plays has a title; it changes, and is no name of the player. */
const MEDIA = /^(?:artist|album|track|song|genre|duration|position|volume|muted?|play(?:ing|back|er)?[-_ ]?\w*)$/i;
const isOfMedia = (levels: readonly string[], siblings: readonly Sibling[]): boolean => {
  if (!/^(?:title|caption)$/i.test(levels.at(-1) ?? "")) return false;
  const beside = `${levels.slice(0, -1).join("/")}/`;
  return siblings.some(({ topic }) => topic.startsWith(beside) && MEDIA.test(topic.slice(beside.length)));
};

/** The nearest level that says something; a number only together with the level before it: "Units 31". */
function deviceOfLevels(levels: readonly string[]): string {
  const left = telling(levels);
  const last = left.at(-1);
  if (last === undefined) return "";
  if (!isNumber(last)) return humanize(last);
  const before = left.findLast((level) => !isNumber(level));
  return before === undefined ? "" : `${humanize(before)} ${last}`;
}

/** A name of levels: a number stands behind the words, never before them. */
function nameWithin(levels: readonly string[]): string {
  const left = telling(levels);
  const from = left.findIndex((level) => !isNumber(level));
  const numbers = from < 0 ? [] : left.slice(0, from);
  const words = (from < 0 ? left : [...left.slice(from), ...numbers]).slice(-4);
  return words.map((level, i) => (i === 0 ? humanize(level) : lowerFirst(humanize(level)))).join(" ");
}

/** "ups/office/status" is the status of the office where "ups/office/load" stands beside it; else it is the office. */
const isOneOfMany = (levels: readonly string[], siblings: readonly Sibling[]): boolean => {
  const beside = `${levels.slice(0, -1).join("/")}/`;
  return siblings.some(({ topic }) => {
    const level = topic.startsWith(beside) ? topic.slice(beside.length) : "";
    return level !== "" && !level.includes("/") && !isGeneric(level) && !isUnitLevel(level) && !isNameLevel(level);
  });
};

/** How many of the last levels are the point's own: a quantity, with a number that only counts it. */
function ownLevels(levels: readonly string[], siblings: readonly Sibling[], isQuantity: boolean): number {
  let from = levels.length - 1;
  if (from > 0 && !isQuantity && /^(?:status|state)$/i.test(levels[from] as string) && isOneOfMany(levels, siblings))
    return 1;
  while (from > 0 && (isGeneric(levels[from] as string) || (levels[from] as string).trim() === "")) from--;
  while (from > 0 && isNumber(levels[from] as string)) from--;
  return levels.length - from;
}

export interface PlaceFacts {
  /** The topic says a quantity in a way of its own (a unit stands beside it), so that its name needs no part of its device's. */
  isQuantity: boolean;
  /** The payload says many things, of which the topic is the device or a part of it. */
  isDocument: boolean;
  /** The levels in which topics differ that are alike otherwise: in the last one above the point the devices stand. */
  varies: readonly number[];
}

export function placeOf(
  levels: readonly string[],
  siblings: readonly Sibling[],
  { isQuantity, isDocument, varies }: PlaceFacts,
): Place {
  const beside = namedBeside(levels, siblings, isDocument);
  const own = ownLevels(levels, siblings, isQuantity);
  const point = levels.slice(-own);
  if (beside)
    return {
      device: beside.name,
      name: nameWithin(levels.slice(beside.depth)) || `${beside.name} ${lowerFirst(humanize(levels.at(-1) ?? ""))}`,
      named: true,
    };
  const above = levels.slice(0, -own);
  const at = varies.findLast((level) => level < above.length && telling([levels[level] as string]).length > 0);
  const device = deviceOfLevels(at === undefined ? above : levels.slice(0, at + 1));
  if (at !== undefined && device !== "" && (at < above.length - 1 || isDocument))
    return { device, name: `${device} ${lowerFirst(nameWithin(levels.slice(at + 1)))}`.trim(), named: false };
  const last = nameWithin(point) || humanize(point.find((level) => level.trim() !== "") ?? "");
  if (own === 1 && device !== "" && isGeneric(levels.at(-1) as string))
    return { device, name: `${device} ${lowerFirst(last)}`, named: false };
  if (isQuantity && device !== "") return { device, name: last, named: false };
  const before = telling(above).at(-1);
  // A number alone says nothing of what is counted.
  const all = nameOfLevels(levels);
  const name =
    before === undefined || device === "" ? (/^\d+(?: |$)/.test(all) ? last : all) : `${device} ${lowerFirst(last)}`;
  return { device, name: name.slice(0, 150), named: false };
}

/** The name of what a whole topic is about: its last level that says something. */
export function subjectOf(levels: readonly string[]): string {
  const text = levels.filter((level) => level.trim() !== "");
  return deviceOfLevels(text) || humanize(text.at(-1) ?? "");
}

/** The unit of a bare value that a topic below or beside it says. */
export function unitBeside(topic: string, levels: readonly string[], siblings: readonly Sibling[]): string | undefined {
  const above = levels.slice(0, -1).join("/");
  for (const { topic: other, head, bytes } of siblings) {
    const level = other.slice(other.lastIndexOf("/") + 1);
    const of = other.slice(0, -level.length - 1);
    if (!isUnitLevel(level) || (of !== topic && !(of === above && isGeneric(levels.at(-1) ?? "")))) continue;
    const text = bytes === head.length ? payloadAsText(head)?.trim() : undefined;
    if (text && text.length <= 20 && !/^[\d{["]/.test(text)) return text;
  }
  return undefined;
}
