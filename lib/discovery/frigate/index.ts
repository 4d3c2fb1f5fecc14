import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Proposal } from "../announced";
import type { Book } from "../book";
import { get, type JsonObject, type Message, numberOf, objectOf, textOf } from "../message";
import { prefixed } from "../prefixed";
import { jsonPath, single, titled } from "../proposals";
import { isWord, plainNumber, shortText } from "../scalar";
import { wordsOfClass } from "../words";

/**
 * Frigate (https://docs.frigate.video/integrations/mqtt): below `topic_prefix` each camera and each zone has counts of objects, and each
 * camera its switches as `<x>/state` and `<x>/set`. `events` and `reviews` speak of all cameras in turn.
 */
export const frigate = prefixed({
  id: "frigate",
  label: "Frigate",
  prefixes: ["frigate"],
  marks: [
    { below: "available", mark: "available", fits: (message) => isWord(message, "online", "offline") },
    {
      below: "+/+/state",
      mark: "switch",
      fits: (message, [, what = ""]) => OWN_SWITCHES.has(what) && isWord(message, "ON", "OFF"),
    },
    { below: "events", mark: "event", fits: (message) => eventOf(message)?.label !== undefined },
    { below: "reviews", mark: "event", fits: (message) => eventOf(message)?.severity !== undefined },
    {
      below: "stats",
      mark: "stats",
      fits: (message) => {
        const stats = message.object(MAX_STATS);
        return objectOf(get(stats, "detectors")) !== undefined && get(stats, "detection_fps") !== undefined;
      },
    },
  ],
  // Many programs have an `available`, and some a `…/detect/state`; below Frigate's own name one of them is enough.
  isClear: (marks, isUsual) =>
    marks.has("event") ||
    marks.has("stats") ||
    (isUsual ? marks.size > 0 : marks.has("available") && marks.has("switch")),
  create: (book) => (prefix, below, message) => {
    const server: Source = { book, key: prefix, prefix, message };
    const [first = "", second = "", third, more] = below;
    if (below.length === 1) {
      if (first === "events") event(server, EVENT);
      if (first === "reviews") event(server, REVIEW);
      if (first === "stats") stats(server);
      return;
    }
    if (second === "state" && below.length === 2) return put(server, "Frigate", ofServer(server, first));
    const camera: Source = { book, key: `${prefix}/${first}`, prefix, message };
    if (below.length === 2) put(camera, first, ofCamera(camera, second));
    else if (below.length === 3 && third !== undefined) put(camera, first, ofPart(camera, second, third));
    else if (below.length === 4 && more === "state" && NAMED.has(second))
      put(camera, first, onOff(camera, `${second}.${third}`, `${titled(second)} ${third}`, true));
  },
});

/** Switches that hardly any other program has. */
const OWN_SWITCHES = new Set(["detect", "recordings", "snapshots", "improve_contrast", "review_alerts", "birdseye"]);
const MAX_STATS = 256 * 1024;
/** What a camera has several of, each with a name and a switch. */
const NAMED = new Set(["motion_mask", "object_mask", "zone"]);

interface Source {
  book: Book;
  /** Of its device. */
  key: string;
  prefix: string;
  message: Message;
}

const common = ({ prefix, message }: Source): Pick<Proposal, "filter" | "availability"> => ({
  filter: message.topic,
  availability: availability(prefix),
});
const availability = (prefix: string) => ({ filter: `${prefix}/available`, online: "online", offline: "offline" });

function put({ book, key }: Source, name: string, entity: AnnouncedEntity | undefined): void {
  if (entity && (book.has(key) || book.device(key, { name, maker: "Frigate" }))) book.entity(key, entity);
}

function onOff(source: Source, key: string, name: string, settable: boolean): AnnouncedEntity | undefined {
  const { message } = source;
  if (!isWord(message, "ON", "OFF")) return undefined;
  return single(
    { key, name, kind: settable ? "switch" : "binary_sensor" },
    dropUndefined({
      ...common(source),
      type: "boolean" as const,
      payloads: { on: "ON", off: "OFF" },
      command: settable ? { topic: message.topic.replace(/\/state$/, "/set") } : undefined,
    }),
  );
}

const text = (source: Source, key: string, name: string, diagnostic = false): AnnouncedEntity | undefined =>
  shortText(source.message) === undefined
    ? undefined
    : single(
        { key, name, kind: "sensor", ...(diagnostic && { category: "diagnostic" as const }) },
        { ...common(source), type: "text" },
      );

function number(source: Source, key: string, name: string, more: Partial<Proposal> = {}): AnnouncedEntity | undefined {
  if (plainNumber(source.message) === undefined) return undefined;
  const entity = { key, name, kind: more.command ? ("number" as const) : ("sensor" as const) };
  return single(
    { ...entity, ...(more.command && { category: "config" as const }) },
    { ...common(source), type: "number", ...more },
  );
}

const ofServer = (source: Source, what: string): AnnouncedEntity | undefined =>
  what === "profile" ? text(source, what, "Profile") : onOff(source, what, titled(what), true);

/** `<camera or zone>/<object>` is a count. */
function ofCamera(source: Source, what: string): AnnouncedEntity | undefined {
  if (what === "review_status") return text(source, what, "Review status");
  if (what === "motion") {
    const motion = onOff(source, what, "Motion", false);
    return motion && { ...motion, parts: motion.parts.map((part) => withWords(part)) };
  }
  return number(source, what, `${what === "all" ? "All objects" : titled(what)} count`);
}

const withWords = (part: AnnouncedEntity["parts"][number]): AnnouncedEntity["parts"][number] => {
  const words = wordsOfClass("motion");
  return words ? { ...part, registration: { ...part.registration, words } } : part;
};

const MODES = ["CONTINUOUS", "MOTION", "OBJECTS"];
const NUMBERS = new Set(["motion_threshold", "motion_contour_area"]);

function ofPart(source: Source, what: string, part: string): AnnouncedEntity | undefined {
  const { message } = source;
  const set = { topic: message.topic.replace(/\/state$/, "/set") };
  if (part === "state") {
    if (NUMBERS.has(what)) return number(source, what, titled(what), { command: { ...set, step: 1, min: 0 } });
    if (what === "birdseye_mode" && isWord(message, ...MODES))
      return single(
        { key: what, name: "Birdseye mode", kind: "select" },
        { ...common(source), type: "text", command: { ...set, options: MODES } },
      );
    // `motion` is also what is seen right now.
    return onOff(source, `${what}.state`, what === "motion" ? "Motion detection" : titled(what), true);
  }
  if (part === "active")
    return (
      onOff(source, `${what}.active`, `${titled(what)} active`, false) ??
      number(source, `${what}.active`, `${what === "all" ? "All objects" : titled(what)} active count`)
    );
  if (part === "snapshot") return picture(source, what);
  if (what === "status") return text(source, `status.${part}`, `${titled(part)} status`, true);
  if (what === "classification") return text(source, `classification.${part}`, titled(part));
  return what === "audio" ? sound(source, part) : undefined;
}

function sound(source: Source, part: string): AnnouncedEntity | undefined {
  const key = `audio.${part}`;
  if (part === "transcription") return text(source, key, "Audio transcription");
  if (part === "dBFS") return number(source, key, "Audio level", { unit: "dBFS" });
  if (part === "rms") return number(source, key, "Audio RMS");
  return onOff(source, key, part === "all" ? "Audio" : `Audio ${part}`, false);
}

function picture(source: Source, what: string): AnnouncedEntity | undefined {
  const { payload } = source.message;
  if (payload[0] !== 0xff || payload[1] !== 0xd8) return undefined;
  return single(
    { key: `${what}.snapshot`, name: `${titled(what)} snapshot`, kind: "image" },
    { ...common(source), format: "image" },
  );
}

/** `events` and `reviews`: what changed, with the camera in `after`. */
function eventOf(message: Message) {
  const json = message.object();
  const after = objectOf(get(json, "after"));
  const type = textOf(get(json, "type"));
  const camera = textOf(get(after, "camera"));
  if (camera === undefined || (type !== "new" && type !== "update" && type !== "end")) return undefined;
  return { camera, after, label: textOf(get(after, "label")), severity: textOf(get(after, "severity")) };
}

interface EventValue {
  key: string;
  name: string;
  path: readonly string[];
  type: "text" | "number";
}
const EVENT: readonly EventValue[] = [
  { key: "event.label", name: "Last event label", path: ["after", "label"], type: "text" },
  { key: "event.type", name: "Last event type", path: ["type"], type: "text" },
  { key: "event.score", name: "Last event score", path: ["after", "top_score"], type: "number" },
];
const REVIEW: readonly EventValue[] = [
  { key: "review.severity", name: "Last review severity", path: ["after", "severity"], type: "text" },
  { key: "review.type", name: "Last review type", path: ["type"], type: "text" },
];

function event(source: Source, values: readonly EventValue[]): void {
  const found = eventOf(source.message);
  if (!found) return;
  const camera: Source = { ...source, key: `${source.prefix}/${found.camera}` };
  const json: JsonObject | undefined = source.message.object();
  for (const { key, name, path, type } of values) {
    const [outer = "", inner] = path;
    const value = inner === undefined ? get(json, outer) : get(found.after, inner);
    if (type === "number" ? numberOf(value) === undefined : textOf(value) === undefined) continue;
    const registration: Proposal = {
      ...common(camera),
      value: jsonPath(...path),
      when: `payload.after.camera == ${JSON.stringify(found.camera)}`,
      partial: true,
      type,
      staleAfter: "never",
    };
    put(camera, found.camera, single({ key, name, kind: "sensor" }, registration));
  }
}

/** https://docs.frigate.video/integrations/api: `/api/stats`. */
function stats(source: Source): void {
  const json = source.message.object(MAX_STATS);
  const rows: [key: string, name: string, path: string[], unit: string | undefined][] = [
    ["detection_fps", "Detection frames per second", ["detection_fps"], "fps"],
    ["uptime", "Uptime", ["service", "uptime"], "s"],
  ];
  for (const detector of Object.keys(objectOf(get(json, "detectors")) ?? {}).slice(0, 16))
    rows.push([
      `inference.${detector}`,
      `Inference speed ${detector}`,
      ["detectors", detector, "inference_speed"],
      "ms",
    ]);
  for (const [key, name, path, unit] of rows) {
    const value = path.reduce<JsonObject[string] | undefined>((node, step) => get(objectOf(node), step), json);
    if (numberOf(value) === undefined) continue;
    const entity = { key, name, kind: "sensor", category: "diagnostic" } as const;
    put(
      source,
      "Frigate",
      single(
        entity,
        dropUndefined({ ...common(source), value: jsonPath(...path), type: "number" as const, unit, partial: true }),
      ),
    );
  }
}
