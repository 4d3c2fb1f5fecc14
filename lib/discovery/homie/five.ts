import { dropUndefined } from "../../dropUndefined";
import type { Steps } from "../../steps";
import { type SaidText, say } from "../../texts/said";
import type { Proposal } from "../announced";
import type { Book } from "../book";
import { boundedMap } from "../convention";
import { get, type Message, objectOf, textOf } from "../message";
import { goneBy, propertyEntity, stateOf } from "./property";

const MAX_DESCRIPTION = 512 * 1024;

/** Homie 5: `<base>/5/<device>/$description`. A child is offline when its parent is. */
export function description(book: Book): (message: Message) => Steps {
  /** Why devices are away, by their $state, which may arrive before the description. */
  const gone = boundedMap<SaidText>(5000);
  return function* (message) {
    const base = message.levels.slice(0, 3).join("/");
    const home = message.levels.slice(0, 2).join("/");
    if (message.levels[3] === "$state") {
      const state = textOf(message.text(100));
      const why = message.empty ? say("withdrawn.takenBack") : goneBy(state);
      if (why === undefined) {
        gone.delete(base);
        book.revive(base);
      } else {
        gone.set(base, why);
        if (message.empty) book.withdraw(base, undefined, why);
        else book.away(base, why);
      }
      return;
    }
    if (message.empty) {
      book.withdraw(base, undefined, say("withdrawn.takenBack"));
      return;
    }
    const json = message.object(MAX_DESCRIPTION);
    if (!json) {
      book.refuse();
      return;
    }
    const parents = [textOf(get(json, "parent")), textOf(get(json, "root"))].filter((id) => id !== undefined);
    const facts = dropUndefined({
      name: textOf(get(json, "name")) ?? message.levels[2] ?? base,
      model: textOf(get(json, "type")),
    });
    if (!book.device(base, facts)) return;
    const above = [...new Set(parents)].map((id) => stateOf(`${home}/${id}/$state`));
    const availability: Pick<Proposal, "availability" | "availabilityMode"> = above.length
      ? { availability: [stateOf(`${base}/$state`), ...above], availabilityMode: "all" }
      : { availability: stateOf(`${base}/$state`) };
    const kept = new Set<string>();
    for (const [nodeId, node] of Object.entries(objectOf(get(json, "nodes")) ?? {}))
      for (const [id, value] of Object.entries(objectOf(get(objectOf(node), "properties")) ?? {})) {
        const p = objectOf(value);
        if (!p) continue;
        const property = dropUndefined({
          name: textOf(get(p, "name")),
          datatype: textOf(get(p, "datatype")),
          unit: textOf(get(p, "unit"), 40),
          format: textOf(get(p, "format"), 1000),
          settable: get(p, "settable") === true || undefined,
        });
        const key = `${nodeId}/${id}`;
        kept.add(key);
        book.entity(base, propertyEntity(key, id, `${base}/${nodeId}/${id}`, property, availability));
        yield;
      }
    for (const { key } of book.get(base)?.entities ?? [])
      if (!kept.has(key)) book.withdraw(base, key, say("withdrawn.notDescribed"));
    const why = gone.get(base);
    if (why !== undefined) book.away(base, why);
  };
}
