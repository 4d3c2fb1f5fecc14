import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, AnnouncedPart, Proposal } from "../announced";
import type { Book } from "../book";
import { get, type JsonObject, listOf, type Message, numberOf, objectOf, textOf } from "../message";
import { pageAt } from "../ownPage";
import { composite, meant, single, titled } from "../proposals";
import { LEAVES } from "./leaves";

type Availability = Pick<Proposal, "availability">;

export function gen1(book: Book): (message: Message) => void {
  return (message) => {
    const [, id, ...rest] = message.levels;
    if (!id || message.empty) return;
    if (rest.length === 0) {
      // All devices also announce themselves on the shared topic shellies/announce.
      const json = id === "announce" ? message.object() : undefined;
      const whose = textOf(get(json, "id"));
      if (whose !== undefined)
        book.device(whose, dropUndefined({ name: whose, maker: "Shelly", model: textOf(get(json, "model")) }));
      return;
    }
    const [first] = rest;
    if (first === "announce" || first === "info" || first === "online") {
      const json = message.object();
      const model = textOf(get(json, "model"));
      const own = { firmware: textOf(get(json, "fw_ver"), 100), url: pageAt(textOf(get(json, "ip"))) };
      if (first === "announce" || !book.has(id))
        book.device(id, dropUndefined({ name: id, maker: "Shelly", model, ...own }));
      if (first === "info" && json && get(json, "wifi_sta"))
        book.entity(
          id,
          single(
            { key: "wifi", name: "Wifi signal", kind: "sensor", category: "diagnostic" },
            {
              filter: message.topic,
              value: "$.wifi_sta.rssi",
              partial: true,
              type: "number",
              unit: "dBm",
              ...online(id),
            },
          ),
        );
      if (first === "info" && json)
        for (const entity of valvesOf(id, message.topic, json)) if (book.has(id)) book.entity(id, entity);
      return;
    }
    // A motion sensor publishes everything on one topic.
    if (first === "status" && rest.length === 1) {
      const json = message.object();
      const found = json ? [...statusOf(id, message.topic, json)] : [];
      if (found.length && (book.has(id) || book.device(id, { name: id, maker: "Shelly" })))
        for (const entity of found) book.entity(id, entity);
      return;
    }
    const before = (key: string): AnnouncedEntity | undefined => book.get(id)?.entities.find((one) => one.key === key);
    const entity = entityOf(`shellies/${id}`, id, rest, message, before);
    if (!entity || (!book.has(id) && !book.device(id, { name: id, maker: "Shelly" }))) return;
    book.entity(id, entity);
    // Lamps without a topic for their power report it beside their state.
    if (rest.at(-1) === "status" && typeof get(message.object(), "power") === "number")
      book.entity(id, drawn(id, message.topic, rest[0] ?? "", rest[1] ?? ""));
  };
}

const online = (id: string): Availability => ({
  availability: { filter: `shellies/${id}/online`, online: "true", offline: "false" },
});

function entityOf(
  base: string,
  id: string,
  rest: readonly string[],
  message: Message,
  before: (key: string) => AnnouncedEntity | undefined,
): AnnouncedEntity | undefined {
  const numbers = rest.filter((level) => /^\d+$/.test(level));
  const n = numbers[0] ?? "";
  const words = rest.filter((level) => !/^\d+$/.test(level)).join("/");
  const text = message.text(4096) ?? "";
  if (words === "relay") return /^(on|off|overpower)$/.test(text) ? relay(base, id, n) : undefined;
  if (/^(light|color|white)$/.test(words) && /^(on|off)$/.test(text))
    return before(`${words}.${n}`) ?? plainLight(base, id, words, n);
  if (words === "light/status" || words === "color/status" || words === "white/status")
    return message.object() ? light(base, id, rest[0] ?? "light", n, message.object() ?? {}) : undefined;
  if (words === "roller" || words === "roller/pos") {
    // -1: not calibrated, so it has no position.
    const placed = words === "roller/pos" ? /^\d/.test(text) : false;
    return roller(base, id, n, placed || before(`roller.${n}`)?.parts.some((one) => one.role === "position") === true);
  }
  if (words === "input_event") return message.object() ? pushed(base, id, n) : undefined;
  const leaf = Object.hasOwn(LEAVES, words) ? LEAVES[words] : undefined;
  if (!leaf || text.length > 60) return undefined;
  const said: Proposal =
    leaf.kind === "binary_sensor"
      ? { type: "boolean", payloads: leaf.payloads ?? { on: "1", off: "0" } }
      : { type: leaf.unit ? "number" : undefined, unit: leaf.unit };
  const source = { filter: `${base}/${rest.join("/")}`, ...online(id) };
  return meant(rest.join("."), { ...leaf, name: leaf.name.replace("{n}", n) }, { ...source, ...said });
}

const drawn = (id: string, filter: string, channel: string, n: string): AnnouncedEntity =>
  single(
    { key: `${channel}.${n}.status.power`, name: `Light ${n} power`, kind: "sensor" },
    { filter, value: "$.power", partial: true, type: "number", unit: "W", ...online(id) },
  );

const pushed = (base: string, id: string, n: string): AnnouncedEntity =>
  single(
    { key: `input_event.${n}`, name: `Input ${n} event`, kind: "event" },
    { filter: `${base}/input_event/${n}`, value: "$.event", partial: true, type: "text", ...online(id) },
  );

const STATUS: readonly [string, string, string | undefined, "sensor" | "binary_sensor", boolean][] = [
  ["motion", "Motion", undefined, "binary_sensor", false],
  ["vibration", "Vibration", undefined, "binary_sensor", false],
  ["active", "Active", undefined, "binary_sensor", true],
  ["lux", "Illuminance", "lx", "sensor", false],
  ["bat", "Battery", "%", "sensor", true],
  ["tmp", "Temperature", "°C", "sensor", false],
];

function* statusOf(id: string, filter: string, json: JsonObject): IterableIterator<AnnouncedEntity> {
  if (typeof json.motion !== "boolean" && typeof json.vibration !== "boolean") return;
  for (const [key, name, unit, kind, diagnostic] of STATUS)
    if (typeof get(json, key) === (unit === undefined ? "boolean" : "number"))
      yield single(
        dropUndefined({ key: `status.${key}`, name, kind, category: diagnostic ? ("diagnostic" as const) : undefined }),
        dropUndefined({
          filter,
          value: `$.${key}`,
          partial: true,
          type: unit === undefined ? ("boolean" as const) : ("number" as const),
          unit,
          ...online(id),
        }),
      );
}

/** Radiator valves report their values in `info` only. */
function* valvesOf(id: string, filter: string, json: JsonObject): IterableIterator<AnnouncedEntity> {
  const member = (value: string, unit: string): Proposal => ({
    filter,
    value,
    partial: true,
    type: "number",
    unit,
    ...online(id),
  });
  const valves = listOf(get(json, "thermostats")).slice(0, 4);
  for (const [n, valve] of valves.entries()) {
    const at = `$.thermostats[${n}]`;
    const target = objectOf(get(objectOf(valve), "target_t"));
    if (numberOf(get(target, "value")) === undefined) continue;
    const unit = textOf(get(target, "units")) === "F" ? "°F" : "°C";
    yield composite({ key: `thermostat.${n}`, name: "Thermostat", kind: "climate" }, [
      { role: "current_temperature", registration: member(`${at}.tmp.value`, unit) },
      {
        role: "target_temperature",
        registration: {
          ...member(`${at}.target_t.value`, unit),
          command: { topic: `shellies/${id}/thermostat/${n}/command/target_t`, min: 4, max: 31, step: 0.5 },
        },
      },
    ]);
    yield single({ key: `thermostat.${n}.pos`, name: "Valve position", kind: "sensor" }, member(`${at}.pos`, "%"));
  }
  if (valves.length && numberOf(get(objectOf(get(json, "bat")), "value")) !== undefined)
    yield single({ key: "bat", name: "Battery", kind: "sensor", category: "diagnostic" }, member("$.bat.value", "%"));
}

const relay = (base: string, id: string, n: string): AnnouncedEntity =>
  single(
    { key: `relay.${n}`, name: `Relay ${n}`, kind: "switch" },
    {
      filter: `${base}/relay/${n}`,
      type: "boolean",
      payloads: { on: "on", off: "off" },
      command: { topic: `${base}/relay/${n}/command` },
      ...online(id),
    },
  );

/** A light by its plain topic, until its JSON status arrives. */
const plainLight = (base: string, id: string, channel: string, n: string): AnnouncedEntity =>
  composite({ key: `${channel}.${n}`, name: n === "0" ? "Light" : `Light ${n}`, kind: "light" }, [
    {
      role: "state",
      registration: {
        filter: `${base}/${channel}/${n}`,
        type: "boolean",
        payloads: { on: "on", off: "off" },
        command: { topic: `${base}/${channel}/${n}/command` },
        ...online(id),
      },
    },
  ]);

function light(base: string, id: string, channel: string, n: string, status: JsonObject): AnnouncedEntity {
  const at = `${base}/${channel}/${n}`;
  const member = (key: string): Proposal => ({
    filter: `${at}/status`,
    value: `$.${key}`,
    partial: true,
    ...online(id),
  });
  const number = (role: string, key: string, limits: { min: number; max: number }, unit: string): AnnouncedPart[] =>
    get(status, key) === undefined
      ? []
      : [
          {
            role,
            registration: {
              ...member(key),
              type: "number",
              unit,
              ...(role === "brightness" ? { range: [0, 100] } : {}),
              command: { topic: `${at}/set`, ...limits, step: 1, template: `{"${key}": {{value}}}` },
            },
          },
        ];
  const colour = channel === "color";
  return composite({ key: `${channel}.${n}`, name: n === "0" ? "Light" : `Light ${n}`, kind: "light" }, [
    {
      role: "state",
      registration: {
        ...member("ison"),
        type: "boolean",
        payloads: { on: "true", off: "false" },
        command: { topic: `${at}/command`, payloads: { on: "on", off: "off" } },
      },
    },
    ...number("brightness", colour ? "gain" : "brightness", { min: 0, max: 100 }, "%"),
    ...(colour ? [] : number("color_temp", "temp", { min: 2700, max: 6500 }, "K")),
    ...(colour && get(status, "red") !== undefined ? [rgb(at, id)] : []),
    ...(colour ? number("white", "white", { min: 0, max: 255 }, "").map(bare) : []),
  ]);
}

/** Three members as one colour. */
const rgb = (at: string, id: string): AnnouncedPart => ({
  role: "rgb",
  registration: {
    filter: `${at}/status`,
    jinja: "{{ value_json.red }},{{ value_json.green }},{{ value_json.blue }}",
    type: "text",
    command: {
      topic: `${at}/set`,
      jinja: "{% set c = value.split(',') %}" + '{"red": {{ c[0] }}, "green": {{ c[1] }}, "blue": {{ c[2] }}}',
    },
    ...online(id),
  },
});

/** Removes the unit. */
const bare = ({ role, registration: { unit: _, ...registration } }: AnnouncedPart): AnnouncedPart => ({
  role,
  registration,
});

function roller(base: string, id: string, n: string, placed: boolean): AnnouncedEntity {
  const at = `${base}/roller/${n}`;
  const press = (word: string) => ({
    role: word,
    registration: { command: { topic: `${at}/command`, press: word }, ...online(id) },
  });
  return composite({ key: `roller.${n}`, name: titled(`roller ${n}`), kind: "cover" }, [
    { role: "state", registration: { filter: at, type: "text", ...online(id) } },
    ...(placed
      ? [
          {
            role: "position",
            registration: {
              filter: `${at}/pos`,
              type: "number",
              unit: "%",
              range: [0, 100],
              command: { topic: `${at}/command/pos`, min: 0, max: 100, step: 1 },
              ...online(id),
            } satisfies Proposal,
          },
        ]
      : []),
    press("open"),
    press("close"),
    press("stop"),
  ]);
}
