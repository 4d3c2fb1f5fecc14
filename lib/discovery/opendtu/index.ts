import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Proposal } from "../announced";
import type { Book } from "../book";
import { type BoundedMap, boundedMap } from "../convention";
import type { Message } from "../message";
import { prefixed } from "../prefixed";
import { single, titled } from "../proposals";
import { isWord, plainNumber, shortText } from "../scalar";
import { CHANNEL, DTU, type Row, STATUS, TOTALS } from "./rows";

/**
 * OpenDTU (https://www.opendtu.solar/firmware/mqtt_topics): totals in `ac`, `dc` and `dtu`, and below each inverter's serial number its
 * channels: 0 is AC, the others are its strings. Limits are set without wearing out the inverter's memory, and it ignores retained ones.
 */
export const opendtu = prefixed({
  id: "opendtu",
  label: "OpenDTU",
  prefixes: ["solar"],
  marks: [
    { below: "dtu/status", mark: "dtu", fits: (message) => isWord(message, "online", "offline") },
    {
      below: "+/status/reachable",
      mark: "inverter",
      fits: (message, [serial = ""]) => SERIAL.test(serial) && isWord(message, "0", "1"),
    },
  ],
  isClear: (marks) => marks.size > 0,
  create(book) {
    const names = boundedMap<InverterNames>(2000);
    return (prefix, below, message) => {
      const [first = "", second = "", third = ""] = below;
      const common: Proposal = {
        filter: message.topic,
        availability: { filter: `${prefix}/dtu/status`, online: "online", offline: "offline" },
      };
      if (SERIAL.test(first)) return inverter({ book, names, prefix, serial: first, common, message }, below.slice(1));
      const row =
        (first === "ac" || first === "dc") && below.length === 2
          ? TOTALS.get(`${first}/${second}`)
          : first === "dtu"
            ? DTU.get(below.length === 3 ? third : second)
            : undefined;
      const entity = row && entityOf(`${first}.${below.slice(1).join(".")}`, row, common, message);
      if (entity && (book.has(prefix) || book.device(prefix, { name: "OpenDTU", maker: "OpenDTU" })))
        book.entity(prefix, entity);
    };
  },
});

/** Of Hoymiles: twelve hexadecimal digits, which begin with two to four decimal ones. */
const SERIAL = /^\d{2}[0-9a-f]{10}$/i;

interface InverterNames {
  /** Of its strings, by their channels. */
  strings: Map<string, string>;
  entities: Map<string, { row: Row; channel: string; common: Proposal; message: Message }>;
}

interface Inverter {
  book: Book;
  names: BoundedMap<InverterNames>;
  prefix: string;
  serial: string;
  common: Proposal;
  message: Message;
}

function inverter(source: Inverter, below: readonly string[]): void {
  const { book, names, prefix, serial, common, message } = source;
  const key = `${prefix}/${serial}`;
  const [group = "", what = ""] = below;
  if (below.length === 1 && group === "name") {
    const name = shortText(message, 60);
    if (name !== undefined) book.device(key, { name, maker: "Hoymiles", unnamed: false });
    return;
  }
  if (below.length !== 2) return;
  const known = names.open(key, () => ({ strings: new Map(), entities: new Map() }));
  const open = (): boolean =>
    book.has(key) || book.device(key, { name: `Inverter ${serial}`, maker: "Hoymiles", unnamed: true });
  if (/^[1-6]$/.test(group) && what === "name") {
    const name = shortText(message, 60);
    if (name === undefined || known.strings.get(group) === name) return;
    known.strings.set(group, name);
    for (const [id, { row, channel, common: place, message: last }] of known.entities)
      if (channel === group) put(id, named(row, name), place, last);
    return;
  }
  if (group === "status" && (what === "limit_relative" || what === "limit_absolute")) {
    limit();
    return;
  }
  const row =
    group === "status" ? STATUS.get(what) : /^[0-6]$/.test(group) ? CHANNEL.get(what) : RADIO.get(below.join("/"));
  if (!row) return;
  const id = below.join(".");
  const isString = /^[1-6]$/.test(group);
  if (isString) known.entities.set(id, { row, channel: group, common, message });
  put(id, isString ? named(row, known.strings.get(group) ?? `String ${group}`) : row, common, message);
  if (what === "producing") for (const entity of commandsOf(prefix, serial, common)) book.entity(key, entity);

  function put(id: string, row: Row, place: Proposal, from: Message): void {
    const entity = entityOf(id, row, place, from);
    if (entity && open()) book.entity(key, entity);
  }
  function limit(): void {
    if (plainNumber(message) === undefined || !open()) return;
    const relative = what === "limit_relative";
    const topic = `${prefix}/${serial}/cmd/limit_nonpersistent_${relative ? "relative" : "absolute"}`;
    book.entity(
      key,
      single(
        { key: `status.${what}`, name: relative ? "Limit" : "Limit absolute", kind: "number", category: "config" },
        {
          ...common,
          type: "number",
          unit: relative ? "%" : "W",
          command: { topic, min: 0, ...(relative ? { max: 100 } : {}), confirm: "30s" },
        },
      ),
    );
  }
}

const named = (row: Row, string: string): Row => ({
  ...row,
  name: `${string} ${row.name.charAt(0).toLowerCase()}${row.name.slice(1)}`,
});

/** Commands that no topic confirms: at night an inverter that is on produces nothing. */
function* commandsOf(prefix: string, serial: string, { availability }: Proposal): IterableIterator<AnnouncedEntity> {
  const topic = (name: string) => `${prefix}/${serial}/cmd/${name}`;
  yield single(
    { key: "cmd.power", name: "Inverter on", kind: "switch", category: "config" },
    dropUndefined({
      availability,
      type: "boolean" as const,
      command: { topic: topic("power"), payloads: { on: "1", off: "0" }, ask: true },
    }),
  );
  yield single(
    { key: "cmd.restart", name: "Restart", kind: "button", category: "config" },
    dropUndefined({ availability, command: { topic: topic("restart"), press: "1", ask: true } }),
  );
}

const RADIO: ReadonlyMap<string, Row> = new Map([
  ["radio/rssi", { name: titled("radio_rssi"), unit: "dBm", diagnostic: true }],
  ["device/fwbuildversion", { name: "Firmware version", text: true, diagnostic: true }],
  ["device/hwversion", { name: "Hardware version", text: true, diagnostic: true }],
]);

function entityOf(key: string, row: Row, common: Proposal, message: Message): AnnouncedEntity | undefined {
  const { name, unit, binary, text, diagnostic } = row;
  const category = diagnostic ? { category: "diagnostic" as const } : {};
  if (binary)
    return isWord(message, "0", "1")
      ? single(
          { key, name, kind: "binary_sensor", ...category },
          { ...common, type: "boolean", payloads: { on: "1", off: "0" } },
        )
      : undefined;
  if (text)
    return shortText(message) === undefined
      ? undefined
      : single({ key, name, kind: "sensor", ...category }, { ...common, type: "text" });
  if (plainNumber(message) === undefined) return undefined;
  return single(
    { key, name, kind: "sensor", ...category },
    dropUndefined({ ...common, type: "number" as const, unit }),
  );
}
