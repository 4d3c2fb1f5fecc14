import { dropUndefined } from "../../dropUndefined";
import type { Proposal } from "../announced";
import { boundedMap, type Convention } from "../convention";
import { likelyUnit } from "../infer";
import { single, titled } from "../proposals";
import { isWord, plainNumber } from "../scalar";

const [ONLINE, OFFLINE] = ["Connected", "Connection Lost"];

/**
 * ESPEasy (https://github.com/letscontrolit/ESPEasy, src/_C005.cpp, "Home Assistant (openHAB) MQTT"): `<unit>/<task>/<value>` is a plain
 * number. Its last will has two words that no other firmware uses, on `<unit>/status/LWT` if its owner chose no topic (`getLWT_topic`).
 * Commands (`<unit>/cmd`) can do anything, so none is offered.
 */
export const espeasy: Convention = {
  id: "espeasy",
  label: "ESPEasy",
  filters: ["+/LWT", "+/+/LWT", "+/+/+/LWT"],
  repeats: (message) =>
    message.levels.at(-1) === "LWT" || plainNumber(message) === undefined ? undefined : message.topic,
  create(book, ask) {
    const units = boundedMap<string>(2000);
    return (message) => {
      const { levels } = message;
      if (levels.at(-1) === "LWT") {
        const unit = levels.slice(0, levels.length > 2 && levels.at(-2) === "status" ? -2 : -1).join("/");
        if (unit === "" || units.get(unit) !== undefined || !isWord(message, ONLINE as string, OFFLINE as string))
          return;
        units.set(unit, message.topic);
        ask(`${unit}/+/+`);
        return;
      }
      const unit = levels.slice(0, -2).join("/");
      const [task = "", value = ""] = levels.slice(-2);
      const lastWill = units.get(unit);
      if (lastWill === undefined || task === "" || value === "" || OTHER.has(task)) return;
      const sample = plainNumber(message);
      if (sample === undefined) return;
      if (!book.has(unit) && !book.device(unit, { name: levels.at(-3) ?? unit, maker: "ESPEasy" })) return;
      book.entity(
        unit,
        single(
          { key: `${task}/${value}`, name: nameOf(task, value), kind: "sensor" },
          dropUndefined<Proposal>({
            filter: message.topic,
            type: "number",
            unit: likelyUnit(value, sample),
            availability: { filter: lastWill, online: ONLINE, offline: OFFLINE },
          }),
        ),
      );
    };
  },
};

/** Levels of commands and their answers. */
const OTHER = new Set(["cmd", "status", "gpio", "set"]);

/** A value that is called as its task needs the name once. */
const nameOf = (task: string, value: string): string =>
  task.toLowerCase() === value.toLowerCase() ? titled(value) : `${titled(task)} ${titled(value)}`;
