import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Proposal } from "../announced";
import { boundedMap } from "../convention";
import { get, type JsonObject, listOf, type Message, numberOf, objectOf, textOf } from "../message";
import { prefixed } from "../prefixed";
import { single, titled } from "../proposals";
import { legalWords } from "../words";

/**
 * Z-Wave JS UI's own topics (https://zwave-js.github.io/zwave-js-ui/#/usage/setup?id=gateway): `<prefix>/[<location>/]<node>/<class>/…`. With
 * the payload "entire ValueId object" a value describes itself; with `{time, value}` only its number or state is known.
 */
export const zwavejs = prefixed({
  id: "zwavejs",
  label: "Z-Wave JS UI",
  prefixes: ["zwave"],
  marks: [
    ...["+/+/+", "+/+/+/+", "+/+/+/+/+"].map((below) => ({ below, mark: "value", fits: isSelfDescribed })),
    ...["+/status", "+/+/status"].map((below) => ({ below, mark: "status", fits: isStatus })),
  ],
  isClear: (marks) => marks.has("value") || marks.has("status"),
  create(book) {
    /** Names by the node's base topic. */
    const names = boundedMap<{ name?: string; area?: string; maker?: string; model?: string }>(2000);
    return (prefix, below, message) => {
      if (below.length < 2 || (below[0] ?? "").startsWith("_") || below.at(-1) === "set") return;
      const leaf = below.at(-1);
      if (leaf === "nodeinfo") return info(message, below);
      if (leaf === "status" && isStatus(message)) return;
      const json = message.object();
      if (!json || !isSelfDescribed(message)) return;
      const at = placeOf(below, json);
      if (at === undefined) return;
      const base = [prefix, ...below.slice(0, at + 1)].join("/");
      const entity = entityOf(json, message, base);
      if (!entity || (!book.has(base) && !present(base, below, at, json))) return;
      book.entity(base, entity);

      function info(from: Message, path: readonly string[]): void {
        const node = from.object(256 * 1024);
        const key = [prefix, ...path.slice(0, -1)].join("/");
        if (numberOf(get(node, "id")) === undefined) return;
        names.set(
          key,
          dropUndefined({
            name: textOf(get(node, "name"), 80),
            area: textOf(get(node, "loc"), 80),
            maker: textOf(get(node, "manufacturer"), 80),
            model: textOf(get(node, "productLabel"), 80),
          }),
        );
        if (book.has(key)) present(key, path, path.length - 2, {});
      }
    };

    function present(base: string, below: readonly string[], at: number, json: JsonObject): boolean {
      const known = names.get(base);
      const level = below[at] ?? "";
      const id = /^nodeID_(\d+)$/.exec(level)?.[1] ?? (/^\d+$/.test(level) ? level : undefined);
      const name =
        known?.name ??
        textOf(get(json, "nodeName"), 80) ??
        (id === undefined ? level.replaceAll("_", " ") : `Node ${id}`);
      const area =
        known?.area ?? textOf(get(json, "nodeLocation"), 80) ?? (at === 1 ? below[0]?.replaceAll("_", " ") : undefined);
      return book.device(base, dropUndefined({ name, area, maker: known?.maker, model: known?.model }));
    }
  },
});

function isSelfDescribed(message: Message): boolean {
  const json = message.object();
  return (
    numberOf(get(json, "nodeId")) !== undefined &&
    numberOf(get(json, "commandClass")) !== undefined &&
    textOf(get(json, "commandClassName")) !== undefined &&
    textOf(get(json, "label")) !== undefined &&
    get(json, "property") !== undefined
  );
}

function isStatus(message: Message): boolean {
  const json = message.object();
  return (
    /^(Alive|Awake|Asleep|Dead|Unknown)$/.test(textOf(get(json, "status")) ?? "") &&
    typeof get(json, "value") === "boolean"
  );
}

/** The level of the node: the one before that of the command class, which is its number or its name. */
function placeOf(below: readonly string[], json: JsonObject): number | undefined {
  const number = String(get(json, "commandClass"));
  // "Multilevel Sensor" is sensor_multilevel in a topic.
  const name = wordsOf(textOf(get(json, "commandClassName")) ?? "");
  for (const at of [1, 2]) {
    const level = below[at]?.toLowerCase();
    if (level === undefined || at >= below.length - 1) continue;
    if (level === number || wordsOf(level) === name) return at - 1;
  }
  return undefined;
}

const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .sort()
    .join(" ");

/** Command classes of a node's settings and health. */
const QUIET: ReadonlySet<number> = new Set([112, 114, 115, 117, 122, 132, 133, 134, 142, 152, 159]);
/** Units as other devices write them. */
const UNITS: Readonly<Record<string, string>> = { C: "°C", F: "°F" };

function entityOf(json: JsonObject, { topic }: Message, base: string): AnnouncedEntity | undefined {
  const type = textOf(get(json, "type"));
  const endpoint = numberOf(get(json, "endpoint")) ?? 0;
  const label = titled(textOf(get(json, "label"), 100) ?? "");
  const quiet = QUIET.has(numberOf(get(json, "commandClass")) ?? 0);
  const states = listOf(get(json, "states")).map(objectOf);
  const words = legalWords(states.map((one) => [String(get(one, "value")), textOf(get(one, "text"), 40)] as const));
  const set = get(json, "writeable") === true ? { topic: `${topic}/set` } : undefined;
  const min = numberOf(get(json, "min"));
  const max = numberOf(get(json, "max"));
  const said = textOf(get(json, "unit"), 20);
  const unit = said !== undefined && Object.hasOwn(UNITS, said) ? UNITS[said] : said;
  const entity = {
    key: topic.slice(base.length + 1),
    name: endpoint > 0 ? `${label} ${endpoint}` : label,
    ...(quiet && { category: set ? ("config" as const) : ("diagnostic" as const) }),
  };
  const common: Proposal = { filter: topic, value: "$.value", partial: true };
  if (type === "boolean")
    return single(
      { ...entity, kind: set ? "switch" : "binary_sensor" },
      dropUndefined<Proposal>({ ...common, type: "boolean", payloads: { on: "true", off: "false" }, command: set }),
    );
  if (type === "number") {
    const bounds = min !== undefined && max !== undefined && min < max ? { min, max } : {};
    return single(
      { ...entity, kind: set ? "number" : "sensor" },
      dropUndefined<Proposal>({ ...common, type: "number", unit, words, command: set && { ...set, ...bounds } }),
    );
  }
  if (type === "string") return single({ ...entity, kind: "sensor" }, { ...common, type: "text" });
  return undefined;
}
