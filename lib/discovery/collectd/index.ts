import { collectd as format } from "../../decoders/collectd";
import { dropUndefined } from "../../dropUndefined";
import { boundedMap, type Convention } from "../convention";
import { isObject, type Message } from "../message";
import { single } from "../proposals";
import { sourcesOf, unitOfType } from "./types";

/**
 * collectd's mqtt plugin (https://www.collectd.org/documentation/manpages/collectd.conf.html#plugin-mqtt):
 * `<prefix>/<host>/<plugin>[-<instance>]/<type>[-<instance>]` with `epoch:value[:value…]` and a NUL. The host is the device.
 */
export const collectd: Convention = {
  id: "collectd",
  label: "collectd",
  filters: ["collectd/+/+/+"],
  // Another prefix is recognised by the NUL at the payload's end, which hardly any other sender of texts writes.
  shapes: ["+/+/+/+", "+/+/+/+/+"],
  repeats: (message) => (isReading(message) ? message.topic : undefined),
  create(book, ask) {
    const asked = boundedMap<true>(1000);
    return (message) => {
      const { levels } = message;
      if (!isReading(message)) return;
      const prefix = levels.slice(0, -3).join("/");
      const [host = "", plugin = "", type = ""] = levels.slice(-3);
      if (host === "" || plugin === "" || type === "") return;
      const values = valuesOf(message);
      if (values === 0) return;
      if (prefix !== PREFIX && !asked.get(prefix)) {
        asked.set(prefix, true);
        ask(`${prefix}/+/+/+`);
      }
      const key = `${prefix}/${host}`;
      if (!book.has(key) && !book.device(key, { name: host })) return;
      const [kind = ""] = partsOf(type);
      const names = values === 1 ? [""] : sourcesOf(kind, values);
      for (const [i, name] of names.entries())
        book.entity(
          key,
          single(
            {
              key: [plugin, type, ...(values === 1 ? [] : [`value${i + 1}`])].join("/"),
              name: nameOf(plugin, type, name),
              kind: "sensor",
            },
            dropUndefined({
              filter: message.topic,
              format: "collectd" as const,
              value: values === 1 ? undefined : `$.value${i + 1}`,
              type: "number" as const,
              unit: unitOfType(kind),
            }),
          ),
        );
    };
  },
};

const PREFIX = "collectd";
const MAX_BYTES = 2000;
const MAX_VALUES = 20;

/** A cheap test before anything is decoded: a good part of a broker's topics has four levels. */
const isReading = ({ levels, payload }: Message): boolean =>
  payload.length > 0 &&
  payload.length <= MAX_BYTES &&
  (levels.length === 4 && levels[0] === PREFIX ? true : payload.at(-1) === 0);

/** How many values the message has; none if it is not collectd's. */
function valuesOf({ payload }: Message): number {
  const decoded = format.decode(payload);
  if (!decoded.ok || !isObject(decoded.value)) return 0;
  const count = Object.keys(decoded.value).length - 1;
  return count <= MAX_VALUES ? count : 0;
}

/** "if_octets", "percent-used": the word and its instance, which may have hyphens itself. */
function partsOf(level: string): [word: string, instance: string] {
  const at = level.indexOf("-");
  return at === -1 ? [level, ""] : [level.slice(0, at), level.slice(at + 1)];
}

/**
 * Without a word twice: memory/memory-free is "Memory free", interface-eth0/if_octets "eth0 if_octets rx". An instance stands for its
 * plugin, unless it is only a number.
 */
function nameOf(pluginLevel: string, typeLevel: string, source: string): string {
  const [plugin, instance] = partsOf(pluginLevel);
  const [type, of] = partsOf(typeLevel);
  const same = type === plugin;
  const stands = instance !== "" && !/^\d+$/.test(instance) && !same;
  const left = type.startsWith(`${plugin}_`) && !stands ? type.slice(plugin.length + 1) : type;
  const words = [stands ? "" : plugin, instance, same ? "" : left, of, source].filter((word) => word !== "");
  const name = words.join(" ");
  return stands ? name : name.charAt(0).toUpperCase() + name.slice(1);
}
