import type { Convention } from "../convention";
import { description } from "./five";
import { attributes } from "./four";

/**
 * Homie (https://homieiot.github.io): up to version 4 every attribute is a retained topic of its own below `<base>/<device>`; since
 * version 5 one JSON `$description` has everything.
 */
export const homie: Convention = {
  id: "homie",
  label: "Homie",
  filters: [
    "+/+/$homie",
    "+/+/$name",
    "+/+/$state",
    "+/+/$online",
    "+/+/$nodes",
    "+/+/$implementation",
    "+/+/$stats/+",
    "+/+/+/$name",
    "+/+/+/$properties",
    "+/+/+/$array",
    "+/+/+/+/$name",
    "+/+/+/+/$datatype",
    "+/+/+/+/$unit",
    "+/+/+/+/$format",
    "+/+/+/+/$settable",
    "+/5/+/$description",
    "+/5/+/$state",
  ],
  // Version 2 has no datatypes: what a property is, only its value tells. Such topics are asked for one by one.
  create(book, ask) {
    const old = attributes(book, ask);
    const five = description(book);
    return (message) => (message.levels[1] === "5" ? five(message) : old(message));
  },
};
