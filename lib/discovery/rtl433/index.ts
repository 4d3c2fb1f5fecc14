import type { AnnouncedEntity, Proposal } from "../announced";
import { boundedMap, type Convention } from "../convention";
import { get, type Message, textOf } from "../message";
import { single } from "../proposals";
import { isMeasured, measured } from "./keys";

/**
 * rtl_433 (https://triq.org/rtl_433/INTEGRATION.html): one topic for each key below `rtl_433/<host>/devices/…`; each reception as JSON on
 * `rtl_433/<host>/events`, for all devices together. Topics are configurable: they may lack the host or the level `devices`.
 */
export const rtl433: Convention = {
  id: "rtl433",
  label: "rtl_433",
  filters: ["rtl_433/#"],
  repeats: (message) => (message.levels.at(-1) === "events" ? undefined : message.topic),
  create(book) {
    /** Bases that publish each device on topics of its own. */
    const leaves = boundedMap<true>(1000);
    /** Devices that were seen in events only, by base. */
    const waiting = boundedMap<Map<string, Heard>>(1000);
    return (message) => {
      const at = placeOf(message.levels);
      if (!at) return;
      if (at.events) return event(at.base, message);
      const path = at.path.slice(0, -1);
      const key = at.path.at(-1) ?? "";
      if (path.length === 0 || !isMeasured(key)) return;
      leaves.set(at.base, true);
      const device = `${at.base}/${path.join("/")}`;
      if (!book.has(device) && !book.device(device, { name: path.join(" "), model: modelIn(path) })) return;
      book.entity(device, measured(key, { filter: message.topic, ...availability(at.base) }));
    };

    function event(base: string, message: Message): void {
      const json = message.object();
      const model = textOf(get(json, "model"));
      if (!json || model === undefined) return;
      const stream = `${base}/events`;
      const whose = base === "" ? "rtl_433" : `rtl_433 ${base}`;
      if (!book.has(stream) && !book.device(stream, { name: `${whose} (event stream)`, maker: "rtl_433" })) return;
      const place: Proposal = { filter: message.topic, ...availability(base) };
      book.entity(
        stream,
        single(
          { key: "model", name: "Last event model", kind: "sensor", category: "diagnostic" },
          { ...place, value: "$.model", partial: true, type: "text" },
        ),
      );
      // Where devices have topics of their own, these messages follow at once, and the event adds nothing: wait for the next one.
      if (leaves.get(base)) return;
      for (const heard of waiting.get(base)?.values() ?? []) found(heard);
      const ids = ["subtype", "channel", "id"]
        .map((key) => [key, get(json, key)] as const)
        .filter(([, value]) => textOf(value) !== undefined);
      const path = [model, ...ids.map(([, value]) => textOf(value) ?? "")];
      const mine = [["model", model] as const, ...ids]
        .map(([key, value]) => `value_json.${key} == ${JSON.stringify(value)}`)
        .join(" and ");
      const heard = {
        key: `${base}/${path.join("/")} by events`,
        name: path.join(" "),
        model,
        entities: Object.keys(json)
          .filter(isMeasured)
          .map((key) => measured(key, { ...place, jinja: `{% if ${mine} %}{{ value_json.${key} }}{% endif %}` })),
      };
      if (book.has(heard.key)) found(heard);
      else waiting.set(base, new Map([[heard.key, heard]]));
    }

    function found({ key, name, model, entities }: Heard): void {
      if (!book.has(key) && !book.device(key, { name, model })) return;
      for (const entity of entities) book.entity(key, entity);
    }
  },
};

/** A device as found in one event. */
interface Heard {
  key: string;
  name: string;
  model: string;
  entities: readonly AnnouncedEntity[];
}

/** Splits a topic: `base` is what precedes `devices` or `events`, mostly the host. */
function placeOf(levels: readonly string[]): { base: string; events: boolean; path: readonly string[] } | undefined {
  const at = levels.findIndex((level, i) => i > 0 && i < 3 && (level === "devices" || level === "events"));
  if (at > 0) {
    const events = levels[at] === "events";
    if (events && levels.length !== at + 1) return undefined;
    return { base: levels.slice(1, at).join("/"), events, path: levels.slice(at + 1) };
  }
  // A custom topic: the model, and what distinguishes its sensors.
  return levels.length > 3 ? { base: "", events: false, path: levels.slice(1) } : undefined;
}

/** The path may have the sensor's type before its model. */
const modelIn = ([first = "", second]: readonly string[]): string =>
  /^(TPMS|alarm|sensor)$/i.test(first) && second !== undefined ? second : first;

const availability = (base: string): Pick<Proposal, "availability"> => ({
  availability: {
    filter: ["rtl_433", base, "availability"].filter(Boolean).join("/"),
    online: "online",
    offline: "offline",
  },
});
