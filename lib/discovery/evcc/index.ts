import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Proposal } from "../announced";
import { boundedMap } from "../convention";
import type { Message } from "../message";
import { prefixed } from "../prefixed";
import { single } from "../proposals";
import { isWord, plainNumber, shortText } from "../scalar";
import { type Group, isShown, nameOf, SETTERS, TEXTS, unitOf } from "./keys";

/**
 * evcc (https://docs.evcc.io/en/integrations/mqtt-api): the site, each charge point and each vehicle below one root, every value on a
 * topic of its own, retained. What can be written is written to `<topic>/set`.
 */
export const evcc = prefixed({
  id: "evcc",
  label: "evcc",
  prefixes: ["evcc"],
  marks: [
    ...["homePower", "gridPower", "pvPower"].map((key) => ({
      below: `site/${key}`,
      mark: "site",
      fits: (message: Message) => plainNumber(message) !== undefined,
    })),
    ...["site/grid/power", "site/battery/soc", "loadpoints/+/vehicleSoc"].map((below) => ({
      below,
      mark: "plain",
      fits: (message: Message) => plainNumber(message) !== undefined,
    })),
    { below: "loadpoints/+/mode", mark: "mode", fits: (message) => isWord(message, "off", "pv", "minpv", "now") },
    { below: "loadpoints/+/chargePower", mark: "loadpoint", fits: (message) => plainNumber(message) !== undefined },
  ],
  // Words that others use too count below the usual root only.
  isClear: (marks, isUsual) => marks.size > (!isUsual && marks.has("plain") ? 1 : 0),
  create(book) {
    const places = boundedMap<Place>(2000);
    return (prefix, below, message) => {
      const [group = "", id = "", ...rest] = below;
      if (group !== "site" && group !== "loadpoints" && group !== "vehicles") return;
      const path = group === "site" ? below.slice(1) : rest;
      if (path.length === 0) return;
      const key = group === "site" ? `${prefix}/site` : `${prefix}/${group}/${id}`;
      const open = (name: string, unnamed: boolean): boolean =>
        (unnamed && book.has(key)) || book.device(key, { name, maker: "evcc", ...MODEL[group], unnamed });
      if (path.length === 1 && path[0] === (group === "site" ? "siteTitle" : "title")) {
        const title = shortText(message);
        if (title !== undefined) open(title, false);
        return;
      }
      const place = places.open(key, () => ({ isHeater: false, socs: new Map() }));
      if (path[0] === "chargerFeatureHeating") return heater(place, message, (entity) => book.entity(key, entity));
      const availability = { filter: `${prefix}/status`, online: "online", offline: "offline" };
      const entity = entityOf(group, path, { filter: message.topic, availability }, message, place);
      if (entity && open(group === "site" ? "evcc" : group === "vehicles" ? id : `Loadpoint ${id}`, true))
        book.entity(key, entity);
    };
  },
});

const MODEL: Readonly<Record<Group, { model?: string }>> = {
  site: { model: "evcc" },
  loadpoints: { model: "Loadpoint" },
  vehicles: { model: "Vehicle" },
};

interface Place {
  /** A heat pump or a heating rod: what is a charge of a car is its temperature. */
  isHeater: boolean;
  /** What changes with it. */
  socs: Map<string, (isHeater: boolean) => AnnouncedEntity | undefined>;
}

function heater(place: Place, message: Message, put: (entity: AnnouncedEntity) => void): void {
  const isHeater = isWord(message, "true");
  if (isHeater === place.isHeater) return;
  place.isHeater = isHeater;
  for (const make of place.socs.values()) {
    const entity = make(isHeater);
    if (entity) put(entity);
  }
}

function entityOf(
  group: Group,
  path: readonly string[],
  common: Proposal,
  message: Message,
  place: Place,
): AnnouncedEntity | undefined {
  const key = path.join(".");
  const make = (isHeater: boolean) => madeOf(group, path, common, message, isHeater);
  if (/Soc$/.test(key)) place.socs.set(key, make);
  return make(place.isHeater);
}

function madeOf(
  group: Group,
  path: readonly string[],
  common: Proposal,
  message: Message,
  isHeater: boolean,
): AnnouncedEntity | undefined {
  if (!isShown(path)) return undefined;
  const name = nameOf(path);
  const key = path.join(".");
  const own = path.length === 1 ? (path[0] as string) : "";
  const setter = Object.hasOwn(SETTERS[group], own) ? SETTERS[group][own] : undefined;
  const topic = `${message.topic}/set`;
  const config = own === "mode" ? {} : { category: "config" as const };
  if (isWord(message, "true", "false")) {
    const isSwitch = setter?.kind === "switch";
    return single(
      { key, name, kind: isSwitch ? "switch" : "binary_sensor", ...(isSwitch && config) },
      dropUndefined({
        ...common,
        type: "boolean" as const,
        payloads: { on: "true", off: "false" },
        command: isSwitch ? { topic } : undefined,
      }),
    );
  }
  const value = shortText(message);
  if (setter?.kind === "select" && value !== undefined)
    return single(
      { key, name, kind: "select", ...config },
      { ...common, type: "text", command: { topic, options: [...(setter.options ?? [])] } },
    );
  if (plainNumber(message) === undefined)
    return value !== undefined && TEXTS[group].has(own)
      ? single({ key, name, kind: "sensor" }, { ...common, type: "text" })
      : undefined;
  const { kind: _, ...limits } = setter ?? {};
  const isNumber = setter?.kind === "number";
  return single(
    { key, name, kind: isNumber ? "number" : "sensor", ...(isNumber && config) },
    dropUndefined({
      ...common,
      type: "number" as const,
      unit: unitOf(path, isHeater),
      command: isNumber
        ? dropUndefined({ topic, ...(limits as { min?: number; max?: number; step?: number }) })
        : undefined,
    }),
  );
}
