import type { AnnouncedEntity, Proposal } from "../announced";
import type { Book } from "../book";
import type { Convention } from "../convention";
import { get, type JsonObject, type Message, numberOf, objectOf, shapeOf, textOf } from "../message";
import { composite, jsonPath, meant, single } from "../proposals";
import { MEMBERS, type Member } from "./keys";

/**
 * OwnTracks: messages on `owntracks/<user>/<device>` differ by `_type`. The last will is on the same topic as locations; events and
 * cards are on topics below it.
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

/** The time of the reading: a phone without a connection sends it hours later. */
const timeOf = (json: JsonObject): Pick<Proposal, "time"> =>
  numberOf(get(json, "tst")) === undefined ? {} : { time: "$.tst" };

/** Transitions and waypoints have coordinates too, but those of a region: they must not move the phone. */
const ONLY_LOCATIONS: Pick<Proposal, "when"> = { when: "payload._type == 'location'" };

/** The person's name. The device's name also has its key, since a person may have several devices. */
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

/** Lists are shown by their first item; an empty list means that there is none now. */
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
    // QoS 1: the phone answers when it wakes up.
    { ...common, command: { topic: `${topic}/cmd`, press: '{"_type":"cmd","action":"reportLocation"}', qos: 1 } },
  );

const location = (place: Proposal): AnnouncedEntity =>
  composite({ key: "location", name: "Location", kind: "location" }, [
    { role: "latitude", registration: { ...place, value: "$.lat", type: "number", unit: "°" } },
    { role: "longitude", registration: { ...place, value: "$.lon", type: "number", unit: "°" } },
    { role: "place", registration: { ...place, format: "location" } },
  ]);
