import { dropUndefined } from "../../dropUndefined";
import type { Proposal } from "../announced";
import { boundedMap, type Convention } from "../convention";
import { likelyUnit } from "../infer";
import { single, titled } from "../proposals";
import { isWord, plainNumber } from "../scalar";

const [ONLINE, OFFLINE] = ["Connected", "Connection Lost"];

/**
 * ESPEasy (https://espeasy.readthedocs.io, controllers "Home Assistant (openHAB) MQTT"): `<unit>/<task>/<value>` is a plain number, and
 * `<unit>/LWT` has two words that no other firmware uses. Commands (`<unit>/cmd`) can do anything, so none is offered.
 */
export const espeasy: Convention = {
  id: "espeasy",
  label: "ESPEasy",
  filters: ["+/LWT", "+/+/LWT", "+/+/+/LWT"],
  repeats: (message) =>
    message.levels.at(-1) === "LWT" || plainNumber(message) === undefined ? undefined : message.topic,
  create(book, ask) {
    const units = boundedMap<true>(2000);
    return (message) => {
      const { levels } = message;
      if (levels.at(-1) === "LWT") {
        const unit = levels.slice(0, -1).join("/");
        if (unit === "" || units.get(unit) || !isWord(message, ONLINE as string, OFFLINE as string)) return;
        units.set(unit, true);
        ask(`${unit}/+/+`);
        return;
      }
      const unit = levels.slice(0, -2).join("/");
      const [task = "", value = ""] = levels.slice(-2);
      if (!units.get(unit) || task === "" || value === "" || OTHER.has(task)) return;
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
            availability: { filter: `${unit}/LWT`, online: ONLINE, offline: OFFLINE },
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
