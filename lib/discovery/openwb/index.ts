import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Proposal } from "../announced";
import { boundedMap } from "../convention";
import { get, listOf, type Message, numberOf, textOf } from "../message";
import { prefixed } from "../prefixed";
import { single } from "../proposals";
import { isWord, plainNumber } from "../scalar";
import { GROUPS, LISTS, OLD, type Row, SITE, VALUES } from "./rows";

/**
 * openWB. Version 2 (https://github.com/openWB/core) says `openWB/<group>/<n>/get/<value>` as JSON; lists of three are phases; energies
 * are Wh. Version 1 says `openWB/lp/<n>/<value>`, with the unit in the key. What is set is written below `openWB/set/`.
 */
export const openwb = prefixed({
  id: "openwb",
  label: "openWB",
  prefixes: ["openWB"],
  marks: [
    ...Object.keys(GROUPS).map((group) => ({
      below: `${group}/+/get/power`,
      mark: group,
      fits: (message: Message, [, n = ""]: readonly string[]) =>
        /^\d{1,4}$/.test(n) && plainNumber(message) !== undefined,
    })),
    {
      below: "vehicle/+/get/soc",
      mark: "vehicle",
      fits: (message) => message.levels[0] === "openWB" && plainNumber(message) !== undefined,
    },
    {
      below: "lp/+/W",
      mark: "lp",
      fits: (message) => message.levels[0] === "openWB" && plainNumber(message) !== undefined,
    },
    {
      below: "evu/W",
      mark: "evu",
      fits: (message) => message.levels[0] === "openWB" && plainNumber(message) !== undefined,
    },
  ],
  isClear: (marks) => ["chargepoint", "vehicle", "lp", "evu"].some((mark) => marks.has(mark)) || marks.size > 1,
  create(book) {
    const names = boundedMap<string>(2000);
    return (prefix, below, message) => {
      const [group = "", n = "", kind = "", ...path] = below;
      if (group === "set" || message.payload.length === 0) return;
      const put = (key: string, name: string, entities: readonly AnnouncedEntity[]): void => {
        for (const entity of entities)
          if (book.has(key) || book.device(key, { name: names.get(key) ?? name, maker: "openWB" }))
            book.entity(key, entity);
      };
      const rename = (key: string, name: string | undefined): void => {
        if (name === undefined) return;
        names.set(key, name);
        if (book.has(key)) book.device(key, { name, maker: "openWB" });
      };
      const of: Proposal = { filter: message.topic };
      if (group === "system" && n === "device") return component(prefix, path, message, rename);
      const old = OLD[group];
      if (old) {
        const many = group === "lp";
        const key = many ? `${prefix}/lp/${n}` : `${prefix}/${group}`;
        const leaf = (many ? below.slice(2) : below.slice(1)).join("/");
        if (many && !/^\d{1,3}$/.test(n)) return;
        if (many && leaf === "strChargePointName") return rename(key, textOf(message.text(200), 60));
        const row = old.rows.get(leaf);
        return put(key, many ? `Charge point ${n}` : old.name, row ? entitiesOf(leaf, row, of, message) : []);
      }
      const label = group === "vehicle" ? "Vehicle" : Object.hasOwn(GROUPS, group) ? GROUPS[group] : undefined;
      if (label === undefined) return;
      if (!/^\d{1,4}$/.test(n)) {
        const row = SITE.get(below.join("/"));
        return put(prefix, "openWB", row ? entitiesOf(below.join("/"), row, of, message) : []);
      }
      const key = `${prefix}/${group}/${n}`;
      if (kind === "config" && path.length === 0) return rename(key, textOf(get(message.object(), "name"), 60));
      if (kind === "name" && path.length === 0)
        return rename(key, textOf(message.json(), 60) ?? textOf(message.text(200), 60));
      const leaf = path.join("/");
      if (kind === "set" && leaf === "manual_lock" && isWord(message, "true", "false"))
        return put(key, `${label} ${n}`, [lock(prefix, n, of)]);
      const row = kind === "get" ? VALUES.get(leaf) : undefined;
      if (row) return put(key, `${label} ${n}`, entitiesOf(leaf, row, of, message));
      const list = kind === "get" ? LISTS.get(leaf) : undefined;
      if (list && isPhases(message)) put(key, `${label} ${n}`, phases(leaf, list, of));
    };
  },
});

/** The name of a counter, a battery or an inverter stands in the description of the component of its number. */
function component(
  prefix: string,
  [word, id = "", what, ...more]: readonly string[],
  message: Message,
  rename: (key: string, name: string | undefined) => void,
): void {
  if (word !== "component" || what !== "config" || more.length > 0 || !/^\d{1,4}$/.test(id)) return;
  const json = message.object();
  const type = textOf(get(json, "type")) ?? "";
  const group = type.includes("counter")
    ? "counter"
    : type.includes("inverter")
      ? "pv"
      : type.includes("bat")
        ? "bat"
        : undefined;
  if (group !== undefined) rename(`${prefix}/${group}/${id}`, textOf(get(json, "name"), 60));
}

function entitiesOf(
  key: string,
  { name, unit, is, diagnostic }: Row,
  of: Proposal,
  message: Message,
): AnnouncedEntity[] {
  const entity = { key, name, ...(diagnostic && { category: "diagnostic" as const }) };
  if (is === "flag") {
    const words = [
      { on: "true", off: "false" },
      { on: "1", off: "0" },
    ].find(({ on, off }) => isWord(message, on, off));
    return words ? [single({ ...entity, kind: "binary_sensor" }, { ...of, type: "boolean", payloads: words })] : [];
  }
  if (is === "text")
    return typeof message.json() === "string" ? [single({ ...entity, kind: "sensor" }, { ...of, type: "text" })] : [];
  return plainNumber(message) === undefined
    ? []
    : [single({ ...entity, kind: "sensor" }, dropUndefined<Proposal>({ ...of, type: "number", unit }))];
}

const isPhases = (message: Message): boolean => {
  const list = listOf(message.json());
  return list.length === 3 && list.every((one) => numberOf(one) !== undefined);
};

const phases = (key: string, { name, unit }: Row, of: Proposal): AnnouncedEntity[] =>
  [0, 1, 2].map((i) =>
    single(
      { key: `${key}.${i}`, name: `${name} L${i + 1}`, kind: "sensor" },
      dropUndefined<Proposal>({ ...of, value: `$[${i}]`, type: "number", unit }),
    ),
  );

const lock = (prefix: string, n: string, of: Proposal): AnnouncedEntity =>
  single(
    { key: "manual_lock", name: "Manual lock", kind: "switch" },
    {
      ...of,
      type: "boolean",
      payloads: { on: "true", off: "false" },
      command: { topic: `${prefix}/set/chargepoint/${n}/set/manual_lock` },
    },
  );
