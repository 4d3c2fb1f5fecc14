import type { Json } from "../../decoders/decoder";
import type { AnnouncedEntity, AnnouncedPart, Proposal } from "../announced";
import type { Book } from "../book";
import { type BoundedMap, boundedMap } from "../convention";
import { typeOfSample } from "../infer";
import { get, type JsonObject, listOf, type Message, numberOf, objectOf, textOf } from "../message";
import { composite, jsonPath, meant, single } from "../proposals";
import { COMPONENTS } from "./components";
import { isVirtualStatus, virtualEntity, virtualOf } from "./virtual";

/** Components are read from `status/<component>` once such a message arrived (`heard`), before that from notifications. */
interface Known {
  heard: Set<string>;
}

export function gen2(book: Book, known: BoundedMap<Known>): (message: Message) => void {
  const waiting = boundedMap<Map<string, { json: JsonObject; at: At }>>(1000);
  return (message) => {
    const { levels } = message;
    const json = message.object();
    if (!json) return;
    const prefix = levels.slice(0, -2).join("/");
    const component = levels.at(-1) ?? "";
    if (levels.at(-2) === "status") {
      // A Shelly component has its own id in the payload; status topics of other devices do not.
      const index = component.split(":")[1];
      const at = { filter: message.topic, within: [] };
      if (index === undefined && !known.get(prefix)) {
        // Components without an id (wifi) may arrive before those with one.
        const early = waiting.open(prefix, () => new Map());
        if (Object.hasOwn(COMPONENTS, component) && early.size < 8 && message.payload.length <= 4096)
          early.set(component, { json, at });
        return;
      }
      if (index !== undefined && !isOwn(prefix, component, index, json)) return;
      announce(prefix, component, json, at);
      for (const [name, one] of waiting.get(prefix) ?? []) announce(prefix, name, one.json, one.at);
      waiting.delete(prefix);
      return;
    }
    const method = textOf(get(json, "method"));
    const params = objectOf(get(json, "params"));
    if (method === "NotifyEvent" && book.has(prefix)) return happened(prefix, message.topic, params);
    if (!params || (method !== "NotifyStatus" && method !== "NotifyFullStatus") || !textOf(get(json, "src"))) return;
    for (const [name, value] of Object.entries(params).slice(0, 100)) {
      const one = objectOf(value);
      if (!one || known.get(prefix)?.heard.has(name)) continue;
      announce(prefix, name, one, { filter: message.topic, within: ["params", name] });
    }
  };

  /** An event, such as a pushed button: the first one in the message. */
  function happened(prefix: string, filter: string, params: JsonObject | undefined): void {
    const first = objectOf(listOf(get(params, "events"))[0]);
    const component = textOf(get(first, "component"), 60);
    if (component === undefined || !/^(input|bthomedevice|bthomesensor|button):\d+$/.test(component)) return;
    const at = "value_json.params.events[0]";
    book.entity(
      prefix,
      single(
        { key: `${component}.event`, name: `${capital(component.replace(":", " "))} event`, kind: "event" },
        {
          filter,
          jinja: `{% if ${at}.component == "${component}" %}{{ ${at}.event }}{% endif %}`,
          type: "text",
          ...onlineOf(prefix),
        },
      ),
    );
  }

  /** A component says its own id. Of a virtual one it may be missing. */
  function isOwn(prefix: string, component: string, index: string, json: JsonObject): boolean {
    const id = get(json, "id");
    if (id !== undefined) return String(id) === index;
    return virtualOf(component) !== undefined && (isVirtualStatus(json) || known.get(prefix) !== undefined);
  }

  function announce(prefix: string, component: string, json: JsonObject, at: At): void {
    const kind = component.split(":")[0] ?? "";
    if (!Object.hasOwn(COMPONENTS, kind) && !virtualOf(component)) return;
    if (!book.has(prefix) && !book.device(prefix, { name: prefix.split("/").at(-1) ?? prefix, maker: "Shelly" }))
      return;
    const state = known.open(prefix, () => ({ heard: new Set() }));
    if (at.within.length === 0 && state.heard.size < 200) state.heard.add(component);
    for (const entity of entitiesOf(prefix, component, kind, json, at)) book.entity(prefix, entity);
  }
}

const onlineOf = (prefix: string): Pick<Proposal, "availability"> => ({
  availability: { filter: `${prefix}/online`, online: "true", offline: "false" },
});

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
): IterableIterator<AnnouncedEntity> {
  const availability = onlineOf(prefix);
  const propose = (...path: string[]): Proposal => ({
    filter: at.filter,
    value: jsonPath(...at.within, ...path),
    partial: true,
    ...availability,
  });
  const virtual = virtualEntity(prefix, component, json, propose("value"), availability);
  if (virtual) yield virtual;
  const index = component.split(":")[1];
  const label = index === undefined || index === "0" ? kind : `${kind} ${index}`;
  const main = MAIN[kind]?.(prefix, component, json, propose);
  if (main) yield main;
  for (const [key, field] of Object.entries(COMPONENTS[kind] ?? {})) {
    const path = key.split(".");
    if (!has(json, path)) continue;
    const name =
      kind === "em" || kind === "emdata"
        ? field.name
        : field.name.startsWith(kind)
          ? field.name.replace(kind, label)
          : `${label} ${field.name}`;
    const type = field.any ? sampleType(json[key]) : field.kind === "binary_sensor" ? "boolean" : "number";
    yield meant(
      `${component}.${key}`,
      { ...field, name: capital(name) },
      { ...propose(...path), type, unit: field.unit },
    );
  }
}

/** Null does not show the type of later values. */
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

type Propose = (...path: string[]) => Proposal;

/** A call of the device's RPC API; `args`: the members of `params` after the id. */
const call = (component: string, method: string, args: string): string =>
  `{"id":1,"src":"telltale","method":"${method}","params":{"id":${Number(component.split(":")[1] ?? 0)},${args}}}`;

/** The main entity of a component, beside its numbers. */
const MAIN: Readonly<
  Record<string, (prefix: string, component: string, json: JsonObject, propose: Propose) => AnnouncedEntity | undefined>
> = {
  switch: (prefix, component, json, propose) =>
    has(json, ["output"])
      ? single(
          { key: component, name: `Switch ${component.split(":")[1] ?? ""}`.trim(), kind: "switch" },
          output(prefix, component, "Switch.Set", propose),
        )
      : undefined,
  light: lit("Light.Set"),
  rgb: lit("RGB.Set"),
  rgbw: lit("RGBW.Set"),
  cct: lit("CCT.Set"),
  rgbcct: lit("RGBCCT.Set"),
  thermostat: (prefix, component, json, propose) =>
    heats(prefix, component, json, propose, call(component, "Thermostat.SetConfig", '"config":{"target_C":{{value}}}')),
  blutrv: (prefix, component, json, propose) =>
    heats(
      prefix,
      component,
      json,
      propose,
      call(component, "BluTrv.Call", '"method":"TRV.SetTarget","params":{"id":0,"target_C":{{value}}}'),
    ),
  cover(prefix, component, json, propose) {
    const press = (role: string, method: string): AnnouncedPart => ({
      role,
      registration: {
        command: { topic: `${prefix}/rpc`, press: call(component, method, "").replace(",}", "}") },
        ...onlineOf(prefix),
      },
    });
    return composite({ key: component, name: `Cover ${component.split(":")[1] ?? ""}`.trim(), kind: "cover" }, [
      { role: "state", registration: { ...propose("state"), type: "text" } },
      // A cover that is not calibrated neither reports nor accepts positions.
      ...(get(json, "pos_control") === false
        ? []
        : [percent(prefix, component, propose, "position", "current_pos", "pos")]),
      ...(numberOf(get(json, "slat_pos")) === undefined
        ? []
        : [percent(prefix, component, propose, "tilt", "slat_pos", "slat_pos")]),
      press("open", "Cover.Open"),
      press("close", "Cover.Close"),
      press("stop", "Cover.Stop"),
    ]);
  },
};

/** How far a cover or its slats are open; `argument`: its name in the call. */
const percent = (
  prefix: string,
  component: string,
  propose: Propose,
  role: string,
  key: string,
  argument: string,
): AnnouncedPart => ({
  role,
  registration: {
    ...propose(key),
    type: "number",
    unit: "%",
    range: [0, 100],
    command: {
      topic: `${prefix}/rpc`,
      min: 0,
      max: 100,
      step: 1,
      template: call(component, "Cover.GoToPosition", `"${argument}":{{value}}`),
    },
  },
});

/** A thermostat's two temperatures; `set`: the command's template. */
const heats = (
  prefix: string,
  component: string,
  json: JsonObject,
  propose: Propose,
  set: string,
): AnnouncedEntity | undefined =>
  !has(json, ["target_C"])
    ? undefined
    : composite({ key: component, name: `Thermostat ${component.split(":")[1] ?? ""}`.trim(), kind: "climate" }, [
        { role: "current_temperature", registration: { ...propose("current_C"), type: "number", unit: "°C" } },
        {
          role: "target_temperature",
          registration: {
            ...propose("target_C"),
            type: "number",
            unit: "°C",
            command: { topic: `${prefix}/rpc`, min: 5, max: 35, step: 0.5, template: set },
          },
        },
      ]);

const output = (prefix: string, component: string, method: string, propose: Propose): Proposal => ({
  ...propose("output"),
  type: "boolean",
  payloads: { on: "true", off: "false" },
  command: {
    topic: `${prefix}/rpc`,
    payloads: { on: call(component, method, '"on":true'), off: call(component, method, '"on":false') },
  },
});

/** A list of three numbers as one colour. */
function coloured(prefix: string, component: string, method: string, propose: Propose): Proposal {
  const { value = "$", partial: _, ...rest } = propose("rgb");
  return {
    ...rest,
    jinja: `{{ ${value.replace(/^\$/, "value_json")} | join(',') }}`,
    type: "text",
    command: { topic: `${prefix}/rpc`, jinja: call(component, method, '"rgb":[{{ value }}]') },
  };
}

const LIT = [
  ["brightness", "brightness", 0, 100, "%"],
  ["color_temp", "ct", 2700, 6500, "K"],
  ["white", "white", 0, 255, ""],
] as const;

function lit(method: string) {
  return (prefix: string, component: string, json: JsonObject, propose: Propose): AnnouncedEntity | undefined => {
    if (!has(json, ["output"])) return undefined;
    const parts: AnnouncedPart[] = [{ role: "state", registration: output(prefix, component, method, propose) }];
    for (const [role, key, min, max, unit] of LIT)
      if (has(json, [key]))
        parts.push({
          role,
          registration: {
            ...propose(key),
            type: "number",
            ...(unit === "" ? {} : { unit }),
            ...(role === "brightness" ? { range: [0, 100] } : {}),
            command: {
              topic: `${prefix}/rpc`,
              min,
              max,
              step: 1,
              template: call(component, method, `"${key}":{{value}}`),
            },
          },
        });
    if (Array.isArray(get(json, "rgb")))
      parts.push({ role: "rgb", registration: coloured(prefix, component, method, propose) });
    return composite({ key: component, name: `Light ${component.split(":")[1] ?? ""}`.trim(), kind: "light" }, parts);
  };
}
