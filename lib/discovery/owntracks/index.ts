import type { AnnouncedEntity, Proposal } from "../announced";
import type { Book } from "../book";
import type { Convention } from "../convention";
import { get, type JsonObject, type Message, numberOf, objectOf, shapeOf, textOf } from "../message";
import { composite, jsonPath, meant, single } from "../proposals";
import { MEMBERS, type Member } from "./keys";

/**
 * OwnTracks: `owntracks/<user>/<device>` by `_type`; the last will comes on the same topic as the locations, events and cards on topics
 * below it.
 */
export const owntracks: Convention = {
  id: "owntracks",
  label: "OwnTracks",
  filters: ["owntracks/+/+", "owntracks/+/+/+"],
  repeats: (message) =>
    /\/(info|status)$/.test(message.topic)
      ? undefined
      : `${message.topic} ${textOf(get(message.object(), "_type"))} ${shapeOf(message.json())}`,
  create(book) {
    return (message) => {
      const [, user = "", phone = "", below = ""] = message.levels;
      const json = message.object();
      const type = textOf(get(json, "_type"));
      if (!json || type === undefined) return;
      const key = `${user}/${phone}`;
      if (below === "info" && type === "card") return card(book, key, json);
      if (below === "status" && type === "status") return status(book, key, json);
      const known = Object.hasOwn(MEMBERS, type) ? MEMBERS[type] : undefined;
      const mine = type === "lwt" ? below === "" : known?.below.includes(below);
      if (!mine || (!book.has(key) && !book.device(key, { name: key, maker: "OwnTracks" }))) return;
      const common = { ...availability(`owntracks/${key}`), ...timeOf(json) };
      if (below === "") {
        if (type === "location")
          book.entity(key, location({ ...common, ...ONLY_LOCATIONS, filter: message.topic, partial: true }));
        book.entity(key, ask(`owntracks/${key}`, availability(`owntracks/${key}`)));
      }
      for (const [member, meaning] of Object.entries(known?.members ?? {}))
        if (get(json, member) !== undefined) book.entity(key, entityOf(message, below, member, meaning, common));
      if (type === "location")
        for (const entity of lists(json, { ...common, filter: message.topic })) book.entity(key, entity);
    };
  },
};

const availability = (topic: string): Pick<Proposal, "availability"> => ({
  availability: {
    filter: topic,
    jinja: "{{ {'lwt': 'offline', 'location': 'online', 'transition': 'online'}[value_json._type] }}",
    online: "online",
    offline: "offline",
  },
});

/** When it was there, which a phone without a connection says hours later. */
const timeOf = (json: JsonObject): Pick<Proposal, "time"> =>
  numberOf(get(json, "tst")) === undefined ? {} : { time: "$.tst" };

/** A transition has the coordinates of the phone at the border, a waypoint those of the region: neither moves the phone. */
const ONLY_LOCATIONS: Pick<Proposal, "when"> = { when: "payload._type == 'location'" };

/** What a person calls themselves; the topic still tells their devices apart. */
function card(book: Book, key: string, json: JsonObject): void {
  const name = textOf(get(json, "name"));
  if (name !== undefined) book.device(key, { name: name === key ? key : `${name} (${key})`, maker: "OwnTracks" });
}

function status(book: Book, key: string, json: JsonObject): void {
  const ios = objectOf(get(json, "iOS"));
  const model = textOf(get(ios, "deviceModel")) ?? (objectOf(get(json, "android")) ? "Android" : undefined);
  if (model !== undefined) book.device(key, { name: book.get(key)?.name ?? key, maker: "OwnTracks", model });
}

function entityOf(message: Message, below: string, member: string, known: Member, common: Proposal): AnnouncedEntity {
  const type = known.kind === "binary_sensor" ? "boolean" : known.text ? "text" : "number";
  const place = { ...common, filter: message.topic, value: jsonPath(member), partial: true };
  return meant(below === "" ? member : `${below}.${member}`, known, { ...place, type, unit: known.unit });
}

/** The first of several; an empty list says that there is none now. */
function* lists(json: JsonObject, place: Proposal): IterableIterator<AnnouncedEntity> {
  for (const [member, name] of [
    ["regions", "Region"],
    ["inregions", "Region"],
    ["motionactivities", "Activity"],
  ] as const)
    if (Array.isArray(get(json, member)))
      yield single(
        { key: member, name, kind: "sensor" },
        {
          ...place,
          type: "text",
          jinja: `{% if value_json.${member} is defined %}{{ value_json.${member}[0] | default('None') }}{% endif %}`,
        },
      );
  for (const member of Object.keys(json).filter((key) => /^temp_c-\d{1,3}$/.test(key)))
    if (numberOf(get(json, member)) !== undefined)
      yield single(
        { key: member, name: `Temperature ${member.slice(7)}`, kind: "sensor" },
        { ...place, value: jsonPath(member), partial: true, type: "number", unit: "°C" },
      );
}

const ask = (topic: string, common: Proposal): AnnouncedEntity =>
  single(
    { key: "reportLocation", name: "Report location", kind: "button", category: "config" },
    // It answers when it wakes up.
    { ...common, command: { topic: `${topic}/cmd`, press: '{"_type":"cmd","action":"reportLocation"}', qos: 1 } },
  );

const location = (place: Proposal): AnnouncedEntity =>
  composite({ key: "location", name: "Location", kind: "location" }, [
    { role: "latitude", registration: { ...place, value: "$.lat", type: "number", unit: "°" } },
    { role: "longitude", registration: { ...place, value: "$.lon", type: "number", unit: "°" } },
    { role: "place", registration: { ...place, format: "location" } },
  ]);
