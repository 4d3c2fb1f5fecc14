import { dropUndefined } from "../../dropUndefined";
import type { AnnouncedEntity, Proposal } from "../announced";
import type { Book } from "../book";
import { type BoundedMap, boundedMap, type Convention } from "../convention";
import { get, type JsonObject, type Message, shapeOf, textOf } from "../message";
import { jsonPath, meant, single } from "../proposals";
import { isMeasured, measured } from "../rtl433/keys";
import { type Key, meaningOf } from "./keys";

/** Topic levels of a gateway's wired sensors. */
const OWN_SENSORS = ["CLIMA", "BH1750", "TSL2561", "HCSR501", "HCSR04", "INA226", "ADC", "GPIOInput"].map(
  (one) => `${one}toMQTT`,
);
/** Topic levels of received remote-control codes. */
const CODES = ["433toMQTT", "SRFBtoMQTT", "PilighttoMQTT", "IRtoMQTT"];

/**
 * OpenMQTTGateway and Theengs Gateway: JSON with short keys on `<base>/<gateway>/BTtoMQTT/<MAC>`. Several gateways may receive the same
 * sensor, so it is read at every gateway. An advertisement rarely has all of a sensor's values.
 */
export const theengs: Convention = {
  id: "theengs",
  label: "OpenMQTTGateway / Theengs",
  filters: [
    "+/+/BTtoMQTT/+",
    "+/+/LWT",
    "+/+/SYStoMQTT",
    "+/+/RTL_433toMQTT/#",
    ...OWN_SENSORS.map((one) => `+/+/${one}/#`),
    ...CODES.map((one) => `+/+/${one}`),
  ],
  repeats(message) {
    const json = message.object();
    const said = ["model_id", "model", "id", "channel", "unit", "avgu", "sumu"]
      .map((key) => textOf(get(json, key), 40))
      .join(" ");
    return `${message.topic} ${said} ${shapeOf(message.json())}`;
  },
  create(book) {
    const seen = boundedMap<Evidence>(MAX_GATEWAYS);
    const passers = boundedMap<Passer>(MAX_PASSERS);
    return (message) => {
      const [base = "", gateway = "", what = "", mac = "", ...more] = message.levels;
      if (message.empty) return;
      // Tasmota's last will has a topic of the same shape.
      const tasmota = base === "tele" || gateway === "tele";
      const lwt = what === "LWT";
      if (lwt ? tasmota || !/^(online|offline)$/.test(message.text(20) ?? "") : !message.object()) return;
      const key = `gateway ${base}/${gateway}`;
      const known = seen.get(key);
      const evidence = { lwt: lwt || known?.lwt === true, own: !lwt || known?.own === true };
      if (known?.lwt !== evidence.lwt || known.own !== evidence.own) seen.set(key, evidence);
      const relayed = what === "BTtoMQTT" || what === "RTL_433toMQTT";
      if (what === "BTtoMQTT") advertisement(book, passers, mac, message);
      else if (what === "RTL_433toMQTT" && !tasmota) radio(book, message, [mac, ...more]);
      // A gateway is listed only after a message of its own: any program may have a last will called LWT, and relayed messages say
      // nothing about the gateway.
      if (tasmota || !evidence.own || (relayed && !evidence.lwt)) return;
      if (!book.has(key) && !book.device(key, { name: `${gateway} gateway`, maker: "OpenMQTTGateway" })) return;
      const availability = { availability: { filter: `${base}/${gateway}/LWT`, online: "online", offline: "offline" } };
      book.entity(
        key,
        single(
          { key: "status", name: "Status", kind: "binary_sensor", category: "diagnostic" },
          {
            filter: `${base}/${gateway}/LWT`,
            type: "boolean",
            payloads: { on: "online", off: "offline" },
            ...availability,
          },
        ),
      );
      if (!relayed) for (const entity of ownOf(message, what, [mac, ...more], availability)) book.entity(key, entity);
    };
  },
};

/** Whether a gateway's last will and a message of its own kind were received. */
interface Evidence {
  lwt: boolean;
  own: boolean;
}
const MAX_GATEWAYS = 2000;

/** What an advertisement said that was not decoded: it may be a sensor's, whose measurements come without it. */
interface Passer {
  name?: string;
  rssi: boolean;
}
const MAX_PASSERS = 5000;

/** The gateway's own sensors, received codes and health. */
function* ownOf(
  message: Message,
  what: string,
  path: readonly string[],
  common: Pick<Proposal, "availability">,
): IterableIterator<AnnouncedEntity> {
  const json = message.object();
  if (what === "LWT" || !json) return;
  const place = (key: string): Proposal => ({ ...common, filter: message.topic, value: jsonPath(key), partial: true });
  if (what === "SYStoMQTT") {
    for (const [member, name, unit] of SYSTEM)
      if (get(json, member) !== undefined)
        yield single(
          { key: member, name, kind: "sensor", category: "diagnostic" },
          dropUndefined({
            ...place(member),
            type: unit === TEXT ? ("text" as const) : ("number" as const),
            unit: unit || undefined,
          }),
        );
    return;
  }
  if (CODES.includes(what)) {
    if (get(json, "value") !== undefined)
      yield single(
        { key: `${what}.value`, name: `Last ${what.replace("toMQTT", "")} code`, kind: "event" },
        place("value"),
      );
    return;
  }
  const label = path.filter(Boolean).join(" ");
  for (const [key, value] of Object.entries(json)) {
    const known = meaningOf(key, value, "");
    if (known && key !== "rssi")
      yield entityOf(
        [what, ...path, key].join("."),
        { ...known, name: label ? `${known.name} ${label}` : known.name, diagnostic: false },
        json,
        place(key),
      );
  }
}

/** Sensors of the 433 MHz band that the gateway decodes with rtl_433. The topic has their model and id. */
function radio(book: Book, message: Message, path: readonly string[]): void {
  const json = message.object();
  const model = textOf(get(json, "model"));
  if (!json || model === undefined) return;
  const ids = ["subtype", "channel", "id"].map((key) => textOf(get(json, key))).filter((id) => id !== undefined);
  const own = path.filter(Boolean);
  // Some builds of the gateway use one topic for all sensors.
  const mine = own.length ? undefined : { model, id: get(json, "id"), channel: get(json, "channel") };
  const name = [model, ...ids].join(" ");
  const key = `RTL_433 ${name}`;
  if (!book.has(key) && !book.device(key, { name, model })) return;
  const filter = ["+", "+", "RTL_433toMQTT", ...own].join("/");
  const asked = Object.entries(dropUndefined(mine ?? {})).map(
    ([one, value]) => `value_json.${one} == ${JSON.stringify(value)}`,
  );
  for (const one of Object.keys(json).filter((member) => isMeasured(member) || member === "rssi")) {
    const place: Proposal = mine
      ? { filter, merge: true, jinja: `{% if ${asked.join(" and ")} %}{{ value_json.${one} }}{% endif %}` }
      : { filter, merge: true, value: jsonPath(one), partial: true };
    // The gateway sends RSSI in dBm.
    book.entity(key, measured(one, place, one === "rssi" ? "dBm" : undefined));
  }
}

function advertisement(book: Book, passers: BoundedMap<Passer>, mac: string, message: Message): void {
  const json = message.object();
  if (!json || !/^[0-9A-Fa-f]{12}$/.test(mac)) return;
  const id = textOf(get(json, "model_id"));
  const words = textOf(get(json, "model"));
  const model = id ?? words ?? "";
  const shown = Object.entries(json).flatMap(([key, value]) => {
    const known = meaningOf(key, value, model);
    return known ? [{ key, known }] : [];
  });
  const own = textOf(get(json, "name"));
  // A random address changes by the hour.
  if (get(json, "type") === "RMAC") return;
  // Without a model it was not decoded, and may be any phone that passes by.
  const measures = shown.some(({ key }) => key !== "rssi" && key !== "distance" && key !== "txpower");
  if (model === "" && !measures) {
    const passer = passers.open(mac, () => ({ rssi: false }));
    passer.rssi ||= shown.some(({ key }) => key === "rssi");
    if (own !== undefined) passer.name = own;
    if (!book.has(mac) || own === undefined || book.get(mac)?.model !== undefined) return;
  }
  const before = passers.get(mac);
  const called = model || own || book.get(mac)?.model || before?.name || "Bluetooth";
  const name = `${NAMES[called] ?? called} ${mac.slice(-6)}`;
  const kind = words !== undefined && id !== undefined && words !== id ? `${words} (${id})` : model || undefined;
  if (model === "" && own === undefined && book.has(mac)) {
    // Keep the facts of an earlier, better advertisement.
  } else if (!book.device(mac, dropUndefined({ name, maker: textOf(get(json, "brand")), model: kind, unnamed: true })))
    return;
  const heard = before?.rssi && !shown.some(({ key }) => key === "rssi") ? meaningOf("rssi", 0, model) : undefined;
  for (const { key, known } of heard ? [...shown, { key: "rssi", known: heard }] : shown)
    book.entity(
      mac,
      entityOf(key, known, json, { filter: `+/+/BTtoMQTT/${mac}`, merge: true, value: jsonPath(key), partial: true }),
    );
}

/** Readable names for model ids. */
const NAMES: Readonly<Record<string, string>> = {
  LYWSD03MMC_ATC: "LYWSD03MMC ATC",
  LYWSD03MMC_PVVX: "LYWSD03MMC PVVX",
};

const TEXT = "";
const SYSTEM: readonly [string, string, string | undefined][] = [
  ["uptime", "Uptime", "s"],
  ["rssi", "Wifi signal", "dBm"],
  ["freemem", "Free memory", "B"],
  ["freeMem", "Free memory", "B"],
  ["minmem", "Least free memory", "B"],
  ["tempc", "Temperature", "°C"],
  ["version", "Version", TEXT],
  ["ip", "IP address", TEXT],
  ["SSID", "Wifi network", TEXT],
];

function entityOf(key: string, known: Key, json: JsonObject, place: Proposal): AnnouncedEntity {
  const { unit, unitBeside, kind, any, words } = known;
  const said = unitBeside === undefined ? undefined : textOf(get(json, unitBeside), 40);
  const type = kind === "binary_sensor" ? "boolean" : any ? undefined : "number";
  return meant(key, known, { ...place, type, payloads: words, unit: unit ?? said });
}
