import { dropUndefined } from "../../dropUndefined";
import type { Proposal } from "../announced";
import type { Book } from "../book";
import { boundedMap } from "../convention";
import { get, type JsonObject, type Message, numberOf, textOf } from "../message";
import { prefixed } from "../prefixed";
import { jsonPath, single } from "../proposals";
import { isWord, plainNumber, shortText } from "../scalar";

/** The settings of a room's node, all set by `…/<setting>/set` (https://espresense.com, and src/main.cpp). */
const SETTINGS: Readonly<Record<string, { name: string; unit?: string }>> = {
  max_distance: { name: "Max distance", unit: "m" },
  absorption: { name: "Absorption" },
  tx_ref_rssi: { name: "Reference RSSI of transmitters", unit: "dBm" },
  rx_adj_rssi: { name: "Adjustment of received RSSI", unit: "dB" },
};
const TELEMETRY: readonly (readonly [key: string, name: string, unit: string | undefined])[] = [
  ["uptime", "Uptime", "s"],
  ["rssi", "Wifi signal", "dBm"],
  ["freeHeap", "Free memory", "B"],
  ["count", "Count", undefined],
  ["adverts", "Advertisements", undefined],
  ["seen", "Devices seen", undefined],
  ["reported", "Devices reported", undefined],
  ["ver", "Version", undefined],
];

/**
 * ESPresense: `espresense/rooms/<room>/…` is a node, `espresense/devices/<id>/<room>` how far a device is from it. Only devices that have a
 * name are listed: hundreds pass by. The nearest room is not said by any message, only the distance from each.
 */
export const espresense = prefixed({
  id: "espresense",
  label: "ESPresense",
  prefixes: ["espresense"],
  marks: [
    { below: "rooms/+/telemetry", mark: "node", fits: (message) => isTelemetry(message.object()) },
    { below: "rooms/+/max_distance", mark: "node", fits: (message) => plainNumber(message) !== undefined },
    { below: "devices/+/+", mark: "device", fits: (message) => isDistance(message.object()) },
  ],
  isClear: (marks) => marks.size > 0,
  create(book) {
    const names = boundedMap<string>(2000);
    return (prefix, below, message) => {
      const [group = "", id = "", what = ""] = below;
      if (below.length !== 3 || id === "") return;
      if (group === "rooms") room({ book, prefix, id, message }, what, names);
      else if (group === "devices") device({ book, prefix, id, message }, what, names);
    };
  },
});

const isTelemetry = (json: JsonObject | undefined): boolean =>
  numberOf(get(json, "uptime")) !== undefined && numberOf(get(json, "freeHeap")) !== undefined;
const isDistance = (json: JsonObject | undefined): boolean =>
  textOf(get(json, "id")) !== undefined && typeof get(json, "distance") === "number";

interface Of {
  book: Book;
  prefix: string;
  id: string;
  message: Message;
}
type Names = ReturnType<typeof boundedMap<string>>;

const titled = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1).replaceAll("_", " ");

function room({ book, prefix, id, message }: Of, what: string, names: Names): void {
  const key = `${prefix}/rooms/${id}`;
  if (what === "name") {
    const name = shortText(message, 60);
    if (name === undefined) return;
    names.set(key, name);
    if (book.has(key)) book.device(key, { name, maker: "ESPresense" });
    return;
  }
  const common: Proposal = {
    filter: message.topic,
    availability: { filter: `${key}/status`, online: "online", offline: "offline" },
  };
  const present = (): boolean =>
    book.has(key) || book.device(key, { name: names.get(key) ?? titled(id), maker: "ESPresense" });
  if (what === "motion" && isWord(message, "ON", "OFF")) {
    if (present())
      book.entity(key, single({ key: what, name: "Motion", kind: "binary_sensor" }, { ...common, type: "boolean" }));
    return;
  }
  const setting = Object.hasOwn(SETTINGS, what) ? SETTINGS[what] : undefined;
  if (setting && plainNumber(message) !== undefined && present())
    book.entity(
      key,
      single(
        { key: what, name: setting.name, kind: "number", category: "config" },
        dropUndefined<Proposal>({
          ...common,
          type: "number",
          unit: setting.unit,
          command: { topic: `${message.topic}/set` },
        }),
      ),
    );
  const json = what === "telemetry" ? message.object() : undefined;
  if (!json || !isTelemetry(json) || !present()) return;
  for (const [member, name, unit] of TELEMETRY)
    if (textOf(get(json, member)) !== undefined)
      book.entity(
        key,
        single(
          { key: member, name, kind: "sensor", category: "diagnostic" },
          dropUndefined<Proposal>({
            ...common,
            value: jsonPath(member),
            partial: true,
            type: member === "ver" ? "text" : "number",
            unit,
          }),
        ),
      );
}

function device({ book, prefix, id, message }: Of, place: string, names: Names): void {
  const json = message.object();
  const name = textOf(get(json, "name"), 60);
  const key = `${prefix}/devices/${id}`;
  if (name !== undefined) names.set(key, name);
  const called = names.get(key);
  if (!isDistance(json) || called === undefined) return;
  if (!book.has(key) && !book.device(key, { name: called })) return;
  book.entity(
    key,
    single(
      {
        key: `distance/${place}`,
        name: `Distance ${names.get(`${prefix}/rooms/${place}`) ?? titled(place)}`,
        kind: "sensor",
      },
      { filter: message.topic, value: "$.distance", partial: true, type: "number", unit: "m" },
    ),
  );
}
