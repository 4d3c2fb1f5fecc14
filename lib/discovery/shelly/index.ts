import type { Convention } from "../convention";
import { boundedMap } from "../convention";
import { shapeOf } from "../message";
import { gen1 } from "./gen1";
import { gen2 } from "./gen2";

/**
 * Shelly. Generation 1 (https://shelly-api-docs.shelly.cloud/gen1/#mqtt-support) has a topic for each value below `shellies/<id>/`.
 * Generation 2 and later (https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Mqtt) publishes JSON for each component on
 * `<prefix>/status/<component>`, and changes on `<prefix>/events/rpc`.
 */
export const shelly: Convention = {
  id: "shelly",
  label: "Shelly",
  filters: [
    "shellies/#",
    "+/status/+",
    "+/events/rpc",
    "+/+/status/+",
    "+/+/events/rpc",
    "+/+/+/status/+",
    "+/+/+/events/rpc",
  ],
  repeats(message) {
    if (/\/(announce|info|online)$/.test(message.topic)) return undefined;
    const leaf = message.levels[0] === "shellies" && message.levels.at(-1) !== "status";
    return `${message.topic} ${leaf ? "" : shapeOf(message.json(), 4)}`;
  },
  create(book) {
    const first = gen1(book);
    const second = gen2(book, boundedMap(5000));
    return (message) => (message.levels[0] === "shellies" ? first(message) : second(message));
  },
};
