import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Proposal } from "../announced";
import { type Message, numberOf, textOf } from "../message";
import { prefixed } from "../prefixed";
import { jsonPath, single } from "../proposals";
import { isWord, plainNumber } from "../scalar";
import { legalWords } from "../words";
import { KEYS, type Key } from "./keys";

/**
 * go-eCharger (https://github.com/goecharger/go-eCharger-API-v2, its page on MQTT; https://github.com/syssi/homeassistant-goecharger-mqtt knows
 * the prefix with a slash in front): `<prefix>/<serial>/<key>` with JSON, written to `<key>/set` where its owner allows that. The keys have three letters mostly, so below another prefix several of them must fit.
 */
export const goecharger = prefixed({
  id: "goecharger",
  label: "go-eCharger",
  prefixes: ["go-eCharger", "/go-eCharger"],
  marks: [
    { below: "+/nrg", mark: "nrg", fits: (message) => isEnergies(message) },
    { below: "+/car", mark: "car", fits: (message) => isWord(message, "0", "1", "2", "3", "4", "5") },
    { below: "+/alw", mark: "alw", fits: (message) => isWord(message, "true", "false") },
    { below: "+/frc", mark: "frc", fits: (message) => isWord(message, "0", "1", "2") },
    { below: "+/eto", mark: "eto", fits: (message) => plainNumber(message) !== undefined },
    { below: "+/wh", mark: "wh", fits: (message) => plainNumber(message) !== undefined },
    { below: "+/amp", mark: "amp", fits: (message) => plainNumber(message) !== undefined },
  ],
  isClear: (marks, isUsual) => marks.size >= (isUsual ? 1 : 4) || (marks.has("nrg") && marks.size >= 2),
  create: (book) => (prefix, below, message) => {
    const [serial = "", name = ""] = below;
    if (below.length !== 2 || serial === "") return;
    const key = `${prefix}/${serial}`;
    if (name === "fna") {
      const own = textOf(message.json(), 60);
      if (own !== undefined) book.device(key, { name: own, ...MADE, unnamed: false });
      return;
    }
    const meaning = KEYS.get(name);
    if (!meaning) return;
    for (const entity of entitiesOf(name, meaning, message))
      if (book.has(key) || book.device(key, { name: `go-eCharger ${serial}`, ...MADE, unnamed: true }))
        book.entity(key, entity);
  },
});

const MADE = { maker: "go-e", model: "go-eCharger" };

/** Voltages, currents, powers and power factors of three phases: sixteen numbers. */
function isEnergies(message: Message): boolean {
  const json = message.json();
  return Array.isArray(json) && json.length === 16 && json.every((one) => typeof one === "number");
}

function* entitiesOf(key: string, meaning: Key, message: Message): IterableIterator<AnnouncedEntity> {
  const { name, unit, words, binary, text, set, diagnostic, items } = meaning;
  const command = { topic: `${message.topic}/set` };
  const category = diagnostic ? ("diagnostic" as const) : undefined;
  const json = message.json();
  if (items) {
    if (Array.isArray(json))
      for (const [index, own, of] of items)
        if (numberOf(json[index]) !== undefined)
          yield single(
            { key: `${key}.${index}`, name: own, kind: "sensor" },
            dropUndefined<Proposal>({ filter: message.topic, value: jsonPath(index), type: "number", unit: of }),
          );
    return;
  }
  if (binary) {
    if (typeof json !== "boolean") return;
    const isSwitch = set === "switch";
    yield single(
      dropUndefined({ key, name, kind: isSwitch ? ("switch" as const) : ("binary_sensor" as const), category }),
      dropUndefined<Proposal>({
        filter: message.topic,
        type: "boolean",
        payloads: { on: "true", off: "false" },
        command: isSwitch ? command : undefined,
      }),
    );
  } else if (words) {
    if (typeof json !== "number") return;
    const isSelect = set === "words";
    yield single(
      dropUndefined({ key, name, kind: isSelect ? ("select" as const) : ("sensor" as const), category }),
      dropUndefined<Proposal>({
        filter: message.topic,
        type: "text",
        words: legalWords(Object.entries(words)),
        command: isSelect ? { ...command, options: Object.keys(words) } : undefined,
      }),
    );
  } else if (text) {
    if (typeof json === "string")
      yield single(dropUndefined({ key, name, kind: "sensor" as const, category }), {
        filter: message.topic,
        type: "text",
      });
  } else if (typeof json === "number" || (json === null && set !== undefined)) {
    const isNumber = typeof set === "object";
    yield single(
      dropUndefined({ key, name, kind: isNumber ? ("number" as const) : ("sensor" as const), category }),
      dropUndefined<Proposal>({
        filter: message.topic,
        type: "number",
        unit,
        command: isNumber ? { ...command, ...set } : undefined,
      }),
    );
  }
}
