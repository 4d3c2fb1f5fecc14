import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Proposal } from "../announced";
import { typeOfSample } from "../infer";
import { get, isObject, type Message, textOf } from "../message";
import { prefixed } from "../prefixed";
import { jsonPath, single, titled } from "../proposals";
import { isWord, plainNumber, shortText } from "../scalar";

/**
 * ebusd (https://github.com/john30/ebusd/wiki/3.3.-MQTT-client): `<prefix>/<circuit>/<message>`, with `--mqttjson` each field by its name,
 * as `{"value": …}` or bare. Which messages can be written is not said there, so nothing is; nor are units, unless it is told to be verbose.
 */
export const ebusd = prefixed({
  id: "ebusd",
  label: "ebusd",
  prefixes: ["ebusd"],
  marks: [
    { below: "global/version", mark: "version", fits: (message) => /^"?ebusd\b/.test(shortText(message) ?? "") },
    { below: "global/running", mark: "running", fits: (message) => isWord(message, "true", "false") },
    { below: "global/signal", mark: "signal", fits: (message) => isWord(message, "true", "false") },
  ],
  isClear: (marks, isUsual) => marks.has("version") || (marks.has("signal") && (isUsual || marks.has("running"))),
  create: (book) => (prefix, below, message) => {
    const [circuit = "", name = ""] = below;
    if (below.length !== 2 || circuit === "" || name === "") return;
    const common: Proposal = {
      filter: message.topic,
      availability: { filter: `${prefix}/global/running`, online: "true", offline: "false" },
    };
    const isGlobal = circuit === "global";
    const key = isGlobal ? prefix : `${prefix}/${circuit}`;
    for (const entity of isGlobal ? globalOf(name, common, message) : entitiesOf(name, common, message))
      if (book.has(key) || book.device(key, { name: isGlobal ? "ebusd" : `ebusd ${circuit}`, maker: "ebusd" }))
        book.entity(key, entity);
  },
});

function* globalOf(name: string, common: Proposal, message: Message): IterableIterator<AnnouncedEntity> {
  if (name === "signal" && isWord(message, "true", "false"))
    yield single({ key: name, name: "Signal", kind: "binary_sensor" }, { ...common, type: "boolean" });
  if (name === "uptime" && plainNumber(message) !== undefined)
    yield single(
      { key: name, name: "Uptime", kind: "sensor", category: "diagnostic" },
      { ...common, type: "number", unit: "s" },
    );
}

const MAX_FIELDS = 60;

/** "Hc1OperatingMode" is "Hc1 Operating Mode". */
const wordsOf = (name: string): string => titled(name.replace(/(\d)([A-Z][a-z])/g, "$1 $2"));

function* entitiesOf(name: string, common: Proposal, message: Message): IterableIterator<AnnouncedEntity> {
  const json = message.object();
  if (!json) {
    // Several fields of a message without JSON stand in one text, and only its definition says which is which.
    if (plainNumber(message) !== undefined)
      yield single({ key: name, name: wordsOf(name), kind: "sensor" }, { ...common, type: "number" });
    return;
  }
  // "$qq" is an address on the bus.
  const fields = Object.entries(json)
    .filter(([field]) => !field.startsWith("$"))
    .slice(0, MAX_FIELDS);
  for (const [field, said] of fields) {
    const isWrapped = isObject(said) && Object.hasOwn(said, "value");
    const value = isWrapped ? get(said, "value") : said;
    if (typeof value === "object") continue;
    const words = wordsOf(name);
    // Unnamed fields have their number for a name.
    const isOnly =
      fields.length === 1 || /^(\d+|value)$/.test(field) || words.toLowerCase().endsWith(field.toLowerCase());
    yield single(
      {
        key: `${name}.${field}`,
        name: isOnly && !(/^\d+$/.test(field) && fields.length > 1) ? words : `${words} ${field}`,
        kind: typeof value === "boolean" ? "binary_sensor" : "sensor",
      },
      dropUndefined({
        ...common,
        value: isWrapped ? jsonPath(field, "value") : jsonPath(field),
        partial: true,
        type: typeOfSample(value ?? null) ?? "text",
        unit: typeof value === "number" && isWrapped ? textOf(get(said, "unit"), 20) : undefined,
      }),
    );
  }
}
