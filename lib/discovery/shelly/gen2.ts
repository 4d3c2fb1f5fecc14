import type { Json } from "../../decoders/decoder";
import type { Book } from "../book";
import type { BoundedMap } from "../convention";
import type { EntityKind, FoundEntity, FoundPart, Proposal } from "../found";
import { typeOfSample } from "../infer";
import { get, type JsonObject, type Message, objectOf, textOf } from "../message";
import { composite, jsonPath, single, tidy } from "../proposals";

interface Field {
  name: string;
  unit?: string;
  kind?: EntityKind;
  diagnostic?: boolean;
  /** What it measures is its owner's affair: read as its first value looks. */
  any?: boolean;
}

const POWER: Readonly<Record<string, Field>> = {
  apower: { name: "power", unit: "W" },
  act_power: { name: "active power", unit: "W" },
  aprt_power: { name: "apparent power", unit: "VA" },
  voltage: { name: "voltage", unit: "V" },
  current: { name: "current", unit: "A" },
  freq: { name: "frequency", unit: "Hz" },
  pf: { name: "power factor" },
  "aenergy.total": { name: "energy", unit: "Wh" },
  "ret_aenergy.total": { name: "returned energy", unit: "Wh" },
  "temperature.tC": { name: "temperature", unit: "°C", diagnostic: true },
};

const PHASES = ["a", "b", "c", "n", "total"];
const METER: Readonly<Record<string, Field>> = Object.fromEntries(
  PHASES.flatMap((phase) => {
    const whose = phase === "total" ? "total" : phase === "n" ? "neutral" : `phase ${phase.toUpperCase()}`;
    const fields: [string, Field][] = [
      ["act_power", { name: "active power", unit: "W" }],
      ["aprt_power", { name: "apparent power", unit: "VA" }],
      ["voltage", { name: "voltage", unit: "V" }],
      ["current", { name: "current", unit: "A" }],
      ["freq", { name: "frequency", unit: "Hz" }],
      ["pf", { name: "power factor" }],
      ["total_act_energy", { name: "active energy", unit: "Wh" }],
      ["total_act_ret_energy", { name: "returned energy", unit: "Wh" }],
    ];
    return fields.map(([key, field]) => [`${phase}_${key}`, { ...field, name: `${whose} ${field.name}` }]);
  }),
);
const TOTALS: Readonly<Record<string, Field>> = {
  total_act: { name: "total active energy", unit: "Wh" },
  total_act_ret: { name: "total returned energy", unit: "Wh" },
  total_act_energy: { name: "active energy", unit: "Wh" },
  total_act_ret_energy: { name: "returned energy", unit: "Wh" },
};

/** The numbers and states of each kind of component (the part of its name before the colon). */
const COMPONENTS: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  switch: POWER,
  light: POWER,
  rgb: POWER,
  rgbw: POWER,
  cct: POWER,
  cover: POWER,
  pm1: POWER,
  em1: POWER,
  em: METER,
  em1data: TOTALS,
  emdata: { ...METER, ...TOTALS },
  input: {
    state: { name: "state", kind: "binary_sensor" },
    percent: { name: "percent", unit: "%" },
    "counts.total": { name: "count" },
  },
  temperature: { tC: { name: "temperature", unit: "°C" } },
  humidity: { rh: { name: "humidity", unit: "%" } },
  illuminance: { lux: { name: "illuminance", unit: "lx" } },
  voltmeter: { voltage: { name: "voltage", unit: "V" } },
  devicepower: {
    "battery.percent": { name: "battery", unit: "%", diagnostic: true },
    "battery.V": { name: "battery voltage", unit: "V", diagnostic: true },
    "external.present": { name: "external power", kind: "binary_sensor", diagnostic: true },
  },
  smoke: { alarm: { name: "smoke", kind: "binary_sensor" } },
  flood: { alarm: { name: "flood", kind: "binary_sensor" } },
  presence: { state: { name: "presence", kind: "binary_sensor" } },
  thermostat: {
    current_C: { name: "current temperature", unit: "°C" },
    output: { name: "heating", kind: "binary_sensor" },
  },
  blutrv: {
    current_C: { name: "current temperature", unit: "°C" },
    target_C: { name: "target temperature", unit: "°C" },
    pos: { name: "valve position", unit: "%" },
    battery: { name: "battery", unit: "%", diagnostic: true },
    rssi: { name: "signal", unit: "dBm", diagnostic: true },
  },
  bthomedevice: {
    battery: { name: "battery", unit: "%", diagnostic: true },
    rssi: { name: "signal", unit: "dBm", diagnostic: true },
  },
  bthomesensor: { value: { name: "value", any: true } },
  number: { value: { name: "value" } },
  boolean: { value: { name: "value", kind: "binary_sensor" } },
  enum: { value: { name: "value", any: true } },
  text: { value: { name: "value", any: true } },
  wifi: { rssi: { name: "signal", unit: "dBm", diagnostic: true } },
  sys: { uptime: { name: "uptime", unit: "s", diagnostic: true } },
};

/** `status/<component>` once it was heard, until then the notifications. */
interface Known {
  heard: Set<string>;
}

export function gen2(book: Book, known: BoundedMap<Known>): (message: Message) => void {
  return (message) => {
    const { levels } = message;
    const json = message.object();
    if (!json) return;
    const prefix = levels.slice(0, -2).join("/");
    const component = levels.at(-1) ?? "";
    if (levels.at(-2) === "status") {
      // Its own id is what a component of Shelly carries and others' status topics do not.
      const index = component.split(":")[1];
      if (index === undefined ? !known.get(prefix) : String(get(json, "id") ?? "") !== index) return;
      announce(prefix, component, json, { filter: message.topic, within: [] });
      return;
    }
    const method = textOf(get(json, "method"));
    const params = objectOf(get(json, "params"));
    if (!params || (method !== "NotifyStatus" && method !== "NotifyFullStatus") || !textOf(get(json, "src"))) return;
    for (const [name, value] of Object.entries(params).slice(0, 100)) {
      const one = objectOf(value);
      if (!one || known.get(prefix)?.heard.has(name)) continue;
      announce(prefix, name, one, { filter: message.topic, within: ["params", name] });
    }
  };

  function announce(prefix: string, component: string, json: JsonObject, at: At): void {
    const kind = component.split(":")[0] ?? "";
    if (!Object.hasOwn(COMPONENTS, kind)) return;
    if (!book.has(prefix) && !book.device(prefix, { name: prefix.split("/").at(-1) ?? prefix, maker: "Shelly" }))
      return;
    const state = known.open(prefix, () => ({ heard: new Set() }));
    if (at.within.length === 0 && state.heard.size < 200) state.heard.add(component);
    for (const entity of entitiesOf(prefix, component, kind, json, at)) book.entity(prefix, entity);
  }
}

interface At {
  filter: string;
  within: readonly string[];
}

function* entitiesOf(
  prefix: string,
  component: string,
  kind: string,
  json: JsonObject,
  at: At,
): IterableIterator<FoundEntity> {
  const availability = { availability: { filter: `${prefix}/online`, online: "true", offline: "false" } };
  const place = (...path: string[]): Proposal => ({
    filter: at.filter,
    value: jsonPath(...at.within, ...path),
    partial: true,
    ...availability,
  });
  const index = component.split(":")[1];
  const label = index === undefined || index === "0" ? kind : `${kind} ${index}`;
  const main = MAIN[kind]?.(prefix, component, json, place);
  if (main) yield main;
  for (const [key, field] of Object.entries(COMPONENTS[kind] ?? {})) {
    const path = key.split(".");
    if (!has(json, path)) continue;
    const entityKind = field.kind ?? "sensor";
    yield single(
      tidy({
        key: `${component}.${key}`,
        name: capital(
          kind === "em" || kind === "emdata" || field.name.startsWith(kind) ? field.name : `${label} ${field.name}`,
        ),
        kind: entityKind,
        category: field.diagnostic ? ("diagnostic" as const) : undefined,
      }),
      tidy({
        ...place(...path),
        type: field.any ? sampleType(json[key]) : entityKind === "sensor" ? ("number" as const) : ("boolean" as const),
        unit: field.unit,
      }),
    );
  }
}

/** An empty value says nothing of what will come. */
const sampleType = (value: Json | undefined): Proposal["type"] =>
  typeof value === "string"
    ? "text"
    : typeof value === "number" || typeof value === "boolean"
      ? typeOfSample(value)
      : undefined;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function has(json: JsonObject, [key = "", ...rest]: readonly string[]): boolean {
  if (!Object.hasOwn(json, key)) return false;
  const inner = objectOf(json[key]);
  return rest.length === 0 ? true : inner !== undefined && has(inner, rest);
}

type Place = (...path: string[]) => Proposal;

/** A call of the device's own API; `args` is the inside of its params beside the id. */
const call = (component: string, method: string, args: string): string =>
  `{"id":1,"src":"telltale","method":"${method}","params":{"id":${Number(component.split(":")[1] ?? 0)},${args}}}`;

/** What is switched, beside the numbers. */
const MAIN: Readonly<
  Record<string, (prefix: string, component: string, json: JsonObject, place: Place) => FoundEntity | undefined>
> = {
  switch: (prefix, component, json, place) =>
    has(json, ["output"])
      ? single(
          { key: component, name: `Switch ${component.split(":")[1] ?? ""}`.trim(), kind: "switch" },
          output(prefix, component, "Switch.Set", place),
        )
      : undefined,
  light: lit("Light.Set"),
  rgb: lit("RGB.Set"),
  rgbw: lit("RGBW.Set"),
  cct: lit("CCT.Set"),
  cover(prefix, component, json, place) {
    const press = (role: string, method: string): FoundPart => ({
      role,
      registration: {
        command: { topic: `${prefix}/rpc`, press: call(component, method, "").replace(",}", "}") },
        availability: { filter: `${prefix}/online`, online: "true", offline: "false" },
      },
    });
    // Not calibrated, it knows no positions and takes none.
    const position: FoundPart[] = [
      {
        role: "position",
        registration: {
          ...place("current_pos"),
          type: "number",
          unit: "%",
          range: [0, 100],
          command: {
            topic: `${prefix}/rpc`,
            min: 0,
            max: 100,
            step: 1,
            template: call(component, "Cover.GoToPosition", '"pos":{{value}}'),
          },
        },
      },
    ];
    return composite({ key: component, name: `Cover ${component.split(":")[1] ?? ""}`.trim(), kind: "cover" }, [
      { role: "state", registration: { ...place("state"), type: "text" } },
      ...(get(json, "pos_control") === false ? [] : position),
      press("open", "Cover.Open"),
      press("close", "Cover.Close"),
      press("stop", "Cover.Stop"),
    ]);
  },
};

const output = (prefix: string, component: string, method: string, place: Place): Proposal => ({
  ...place("output"),
  type: "boolean",
  payloads: { on: "true", off: "false" },
  command: {
    topic: `${prefix}/rpc`,
    payloads: { on: call(component, method, '"on":true'), off: call(component, method, '"on":false') },
  },
});

function lit(method: string) {
  return (prefix: string, component: string, json: JsonObject, place: Place): FoundEntity | undefined => {
    if (!has(json, ["output"])) return undefined;
    const parts: FoundPart[] = [{ role: "state", registration: output(prefix, component, method, place) }];
    if (has(json, ["brightness"]))
      parts.push({
        role: "brightness",
        registration: {
          ...place("brightness"),
          type: "number",
          unit: "%",
          range: [0, 100],
          command: {
            topic: `${prefix}/rpc`,
            min: 0,
            max: 100,
            step: 1,
            template: call(component, method, '"brightness":{{value}}'),
          },
        },
      });
    return composite({ key: component, name: `Light ${component.split(":")[1] ?? ""}`.trim(), kind: "light" }, parts);
  };
}
