import type { Book } from "../book";
import type { EntityKind, FoundEntity, Proposal } from "../found";
import { get, type JsonObject, type Message, textOf } from "../message";
import { composite, single, tidy, titled } from "../proposals";

type Availability = Pick<Proposal, "availability">;

/** `{n}` is the number of the channel. */
interface Leaf {
  name: string;
  unit?: string;
  kind?: EntityKind;
  diagnostic?: boolean;
}

const LEAVES: Readonly<Record<string, Leaf>> = {
  "relay/power": { name: "Relay {n} power", unit: "W" },
  "relay/energy": { name: "Relay {n} energy", unit: "Wmin" },
  "light/power": { name: "Light {n} power", unit: "W" },
  "light/energy": { name: "Light {n} energy", unit: "Wmin" },
  "roller/power": { name: "Roller {n} power", unit: "W" },
  "roller/energy": { name: "Roller {n} energy", unit: "Wmin" },
  "emeter/power": { name: "Emeter {n} power", unit: "W" },
  "emeter/reactive_power": { name: "Emeter {n} reactive power", unit: "var" },
  "emeter/pf": { name: "Emeter {n} power factor" },
  "emeter/current": { name: "Emeter {n} current", unit: "A" },
  "emeter/voltage": { name: "Emeter {n} voltage", unit: "V" },
  "emeter/total": { name: "Emeter {n} total", unit: "Wh" },
  "emeter/total_returned": { name: "Emeter {n} total returned", unit: "Wh" },
  "emeter/energy": { name: "Emeter {n} energy", unit: "Wmin" },
  "emeter/returned_energy": { name: "Emeter {n} returned energy", unit: "Wmin" },
  input: { name: "Input {n}", kind: "binary_sensor" },
  temperature: { name: "Temperature", unit: "°C", diagnostic: true },
  overtemperature: { name: "Overtemperature", kind: "binary_sensor", diagnostic: true },
  overload: { name: "Overload", kind: "binary_sensor", diagnostic: true },
  voltage: { name: "Voltage", unit: "V" },
  ext_temperature: { name: "External temperature {n}", unit: "°C" },
  ext_humidity: { name: "External humidity {n}", unit: "%" },
  adc: { name: "Voltage {n}", unit: "V" },
  "sensor/temperature": { name: "Temperature", unit: "°C" },
  "sensor/humidity": { name: "Humidity", unit: "%" },
  "sensor/battery": { name: "Battery", unit: "%", diagnostic: true },
  "sensor/lux": { name: "Illuminance", unit: "lx" },
  "sensor/tilt": { name: "Tilt", unit: "°" },
  "sensor/concentration": { name: "Gas concentration", unit: "ppm" },
  "sensor/flood": { name: "Flood", kind: "binary_sensor" },
  "sensor/smoke": { name: "Smoke", kind: "binary_sensor" },
  "sensor/motion": { name: "Motion", kind: "binary_sensor" },
  "sensor/vibration": { name: "Vibration", kind: "binary_sensor" },
  "sensor/state": { name: "State" },
};

/** Words of each boolean: most say 0 and 1, a few true and false. */
const TRUE_FALSE = new Set(["sensor/flood", "sensor/smoke"]);

export function gen1(book: Book): (message: Message) => void {
  return (message) => {
    const [, id, ...rest] = message.levels;
    if (!id || message.empty) return;
    if (rest.length === 0) return;
    const [first] = rest;
    if (first === "announce" || first === "info" || first === "online") {
      const json = message.object();
      const model = textOf(get(json, "model"));
      if (first === "announce" || !book.has(id)) book.device(id, tidy({ name: id, maker: "Shelly", model }));
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
      return;
    }
    const before = (key: string): FoundEntity | undefined => book.get(id)?.entities.find((one) => one.key === key);
    const entity = entityOf(`shellies/${id}`, id, rest, message, before);
    if (entity && (book.has(id) || book.device(id, { name: id, maker: "Shelly" }))) book.entity(id, entity);
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
  before: (key: string) => FoundEntity | undefined,
): FoundEntity | undefined {
  const numbers = rest.filter((level) => /^\d+$/.test(level));
  const n = numbers[0] ?? "";
  const words = rest.filter((level) => !/^\d+$/.test(level)).join("/");
  const text = message.text(4096) ?? "";
  if (words === "relay") return /^(on|off|overpower)$/.test(text) ? relay(base, id, n) : undefined;
  if (words === "light/status" || words === "color/status" || words === "white/status")
    return message.object() ? light(base, id, rest[0] ?? "light", n, message.object() ?? {}) : undefined;
  if (words === "roller" || words === "roller/pos") {
    // -1: not calibrated, it knows no positions.
    const placed = words === "roller/pos" ? /^\d/.test(text) : false;
    return roller(base, id, n, placed || before(`roller.${n}`)?.parts.some((one) => one.role === "position") === true);
  }
  const leaf = Object.hasOwn(LEAVES, words) ? LEAVES[words] : undefined;
  if (!leaf || text.length > 60) return undefined;
  const kind = leaf.kind ?? "sensor";
  const payloads = TRUE_FALSE.has(words) ? { on: "true", off: "false" } : { on: "1", off: "0" };
  return single(
    tidy({
      key: rest.join("."),
      name: leaf.name.replace("{n}", n),
      kind,
      category: leaf.diagnostic ? ("diagnostic" as const) : undefined,
    }),
    tidy({
      filter: `${base}/${rest.join("/")}`,
      ...(kind === "binary_sensor"
        ? { type: "boolean" as const, payloads }
        : leaf.unit
          ? { type: "number" as const }
          : {}),
      unit: leaf.unit,
      ...online(id),
    }),
  );
}

const relay = (base: string, id: string, n: string): FoundEntity =>
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

function light(base: string, id: string, channel: string, n: string, status: JsonObject): FoundEntity {
  const at = `${base}/${channel}/${n}`;
  const member = (key: string): Proposal => ({
    filter: `${at}/status`,
    value: `$.${key}`,
    partial: true,
    ...online(id),
  });
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
    ...(get(status, channel === "color" ? "gain" : "brightness") === undefined
      ? []
      : [
          {
            role: "brightness",
            registration: {
              ...member(channel === "color" ? "gain" : "brightness"),
              type: "number",
              unit: "%",
              range: [0, 100],
              command: {
                topic: `${at}/set`,
                min: 0,
                max: 100,
                step: 1,
                template: `{"${channel === "color" ? "gain" : "brightness"}": {{value}}}`,
              },
            } satisfies Proposal,
          },
        ]),
  ]);
}

function roller(base: string, id: string, n: string, placed: boolean): FoundEntity {
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
