import type { Convention } from "../convention";
import type { FoundEntity, Proposal } from "../found";
import { get, listOf, shapeOf, textOf } from "../message";
import { composite, single, tidy } from "../proposals";

/** What a location may hold beside the place (https://owntracks.org/booklet/tech/json/). */
const KEYS: readonly [string, string, string | undefined, boolean][] = [
  ["batt", "Battery", "%", true],
  ["acc", "Accuracy", "m", false],
  ["alt", "Altitude", "m", false],
  ["vel", "Velocity", "km/h", false],
  ["cog", "Course", "°", false],
  ["vac", "Vertical accuracy", "m", true],
  ["p", "Pressure", "kPa", false],
];

/** OwnTracks: `owntracks/<user>/<device>` by `_type`; the last will comes on the same topic as the locations. */
export const owntracks: Convention = {
  id: "owntracks",
  label: "OwnTracks",
  filters: ["owntracks/+/+"],
  repeats: (message) => `${message.topic} ${textOf(get(message.object(), "_type"))} ${shapeOf(message.json())}`,
  create(book) {
    return (message) => {
      const [, user = "", phone = ""] = message.levels;
      const json = message.object();
      const type = textOf(get(json, "_type"));
      if (!json || (type !== "location" && type !== "lwt")) return;
      const key = `${user}/${phone}`;
      if (!book.has(key) && !book.device(key, { name: key, maker: "OwnTracks" })) return;
      const place: Proposal = {
        filter: message.topic,
        partial: true,
        availability: {
          filter: message.topic,
          jinja: "{{ {'lwt': 'offline', 'location': 'online', 'transition': 'online'}[value_json._type] }}",
          online: "online",
          offline: "offline",
        },
      };
      book.entity(key, location(place));
      for (const [member, name, unit, diagnostic] of KEYS)
        if (typeof get(json, member) === "number")
          book.entity(
            key,
            single(
              tidy({
                key: member,
                name,
                kind: "sensor" as const,
                category: diagnostic ? ("diagnostic" as const) : undefined,
              }),
              tidy({ ...place, value: `$.${member}`, type: "number" as const, unit }),
            ),
          );
      for (const member of ["regions", "inregions"])
        if (listOf(get(json, member)).length)
          book.entity(
            key,
            single(
              { key: member, name: "Region", kind: "sensor" },
              { ...place, value: `$.${member}[0]`, type: "text" },
            ),
          );
    };
  },
};

const location = (place: Proposal): FoundEntity =>
  composite({ key: "location", name: "Location", kind: "location" }, [
    { role: "latitude", registration: { ...place, value: "$.lat", type: "number", unit: "°" } },
    { role: "longitude", registration: { ...place, value: "$.lon", type: "number", unit: "°" } },
    { role: "place", registration: { ...place, format: "location" } },
  ]);
