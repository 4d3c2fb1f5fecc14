import { dropUndefined } from "../../dropUndefined";
import { say } from "../../texts/said";
import type { Convention } from "../convention";
import { boundedMap } from "../convention";
import { leavesOf } from "../infer";
import { get, type JsonObject, listOf, type Message, numberOf, objectOf, shapeOf, textOf } from "../message";
import { pageAt } from "../ownPage";
import { jsonPath, single, titled } from "../proposals";
import { availability, light, reading, relayEntity, SIDES, shutter, type TasmotaDevice } from "./entities";
import { type DeviceUnits, unitOfPath } from "./units";

/** Tasmota has at most 32. */
const MAX_RELAYS = 64;

const defaultUnits = (): DeviceUnits => ({ temperature: "C", pressure: "hPa" });
const WORDS = { on: "ON", off: "OFF", online: "Online", offline: "Offline" };

/**
 * Tasmota (https://tasmota.github.io/docs/MQTT/): `tasmota/discovery/<MAC>/config` and `/sensors` describe the topics. Without them,
 * `tele/<topic>/STATE` and `SENSOR` are enough, in either order of prefix and topic.
 */
export const tasmota: Convention = {
  id: "tasmota",
  label: "Tasmota",
  filters: [
    "tasmota/discovery/+/config",
    "tasmota/discovery/+/sensors",
    "tele/#",
    "stat/#",
    "+/tele/+",
    "+/stat/+",
    "+/+/tele/+",
    "+/+/stat/+",
  ],
  repeats: (message) =>
    message.topic.startsWith("tasmota/") ? undefined : `${message.topic} ${shapeOf(message.json())}`,
  create(book) {
    /** By their `tele` topic, which is known both from discovery messages and from ordinary ones. */
    const devices = boundedMap<TasmotaDevice>(5000);
    /** By MAC: the device from its discovery message, and sensors that arrived before that. */
    const discovered = boundedMap<{ device?: TasmotaDevice; sensors?: JsonObject }>(5000);

    return (message) => {
      if (message.topic.startsWith("tasmota/discovery/")) return discovery(message);
      const at = topicsOf(message);
      if (!at) return;
      const known = devices.get(at.tele);
      if (at.kind === "tele" && at.leaf === "STATE") state(known ?? start(at), message);
      else if (at.kind === "tele" && at.leaf === "SENSOR") sensors(known ?? start(at), message.object());
      else if (at.kind === "stat" && /^POWER\d*$/.test(at.leaf) && isWord(message)) {
        const device = known ?? start(at);
        device.heard.add(at.leaf);
        relay(device, at.leaf);
      }
    };

    function start({ key, tele, stat, cmnd }: ReturnType<typeof topicsOf> & object): TasmotaDevice {
      const device: TasmotaDevice = {
        key,
        tele,
        stat,
        cmnd,
        words: WORDS,
        names: [],
        switches: [],
        units: defaultUnits(),
        heard: new Set(),
      };
      devices.set(tele, device);
      return device;
    }

    function present(device: TasmotaDevice): boolean {
      return book.has(device.key) || book.device(device.key, { name: device.key, maker: "Tasmota" });
    }

    function discovery(message: Message): void {
      const mac = message.levels[2] ?? "";
      const entry = discovered.open(mac, () => ({}));
      if (message.empty) {
        if (entry.device) book.withdraw(entry.device.key, undefined, say("withdrawn.takenBack"));
        return;
      }
      const json = message.object();
      if (!json) {
        book.refuse();
        return;
      }
      if (message.levels[3] === "sensors") {
        const sn = objectOf(get(json, "sn"));
        if (!sn) {
          book.refuse();
          return;
        }
        entry.sensors = sn;
      } else {
        const device = configured(json);
        if (!device) {
          book.refuse();
          return;
        }
        entry.device = device;
      }
      if (entry.device && entry.sensors) sensors(entry.device, entry.sensors, true);
    }

    function configured(json: JsonObject): TasmotaDevice | undefined {
      const topic = textOf(get(json, "t"));
      const full = textOf(get(json, "ft"));
      const prefixes = listOf(get(json, "tp")).map((one) => textOf(one));
      if (!topic || !full || prefixes.length < 3) return undefined;
      const [cmnd, stat, tele] = prefixes.map((prefix) =>
        full
          .replace("%prefix%", prefix ?? "")
          .replace("%topic%", topic)
          .replace("%hostname%", textOf(get(json, "hn")) ?? topic)
          .replace("%id%", (textOf(get(json, "mac")) ?? "").slice(-6))
          .replace(/\/$/, ""),
      ) as [string, string, string];
      const state = listOf(get(json, "state")).map((one) => textOf(one));
      const names = textsOf(json, "fn");
      const met = devices.get(tele);
      const device: TasmotaDevice = {
        // A device that was found by its messages first keeps its key.
        key: met?.key ?? topic,
        tele,
        stat,
        cmnd,
        words: {
          off: state[0] ?? "OFF",
          on: state[1] ?? "ON",
          online: textOf(get(json, "onln")) ?? "Online",
          offline: textOf(get(json, "ofln")) ?? "Offline",
        },
        names: names.map((name) => (name !== undefined && isDefaultName(name) ? undefined : name)),
        switches: textsOf(json, "swn"),
        units: met?.units ?? defaultUnits(),
        heard: met?.heard ?? new Set(),
      };
      devices.set(tele, device);
      const facts = {
        name: deviceNameOf(json, names, topic),
        maker: "Tasmota",
        model: textOf(get(json, "md")),
        firmware: textOf(get(json, "sw"), 100),
        url: pageAt(textOf(get(json, "ip"))),
      };
      if (!book.device(device.key, dropUndefined(facts))) return device;
      const relays = listOf(get(json, "rl")).slice(0, MAX_RELAYS);
      const moving = relays.filter((one) => typeof one === "number" && one > 0).length;
      const lights = relays.flatMap((kind, i) => (kind === 2 ? [i] : []));
      const options = objectOf(get(json, "so"));
      // SetOption68: every channel is a light of its own, with its own dimmer.
      const apart = numberOf(get(options, "68")) === 1 && lights.length > 1;
      const sides = apart ? [] : (SIDES[numberOf(get(json, "lt_st")) ?? 1] ?? ["Dimmer"]);
      // SetOption82: a narrower range of colour temperatures.
      device.mireds = numberOf(get(options, "82")) === 1 ? [200, 380] : [153, 500];
      for (const [i, kind] of relays.entries()) {
        // The relays of a shutter's motor count too.
        const word = moving > 1 ? `POWER${i + 1}` : "POWER";
        if (kind === 1) relay(device, word);
        if (kind === 2 && (apart || i === lights[0])) book.entity(device.key, light(device, word, names[i], sides));
      }
      return device;
    }

    function relay(device: TasmotaDevice, word: string): void {
      if (present(device)) book.entity(device.key, relayEntity(device, word));
    }

    function state(device: TasmotaDevice, message: Message): void {
      const json = message.object();
      if (!json || !present(device)) return;
      const lit = ["Dimmer", "CT", "Color"].some((key) => Object.hasOwn(json, key));
      const there = book.get(device.key)?.entities ?? [];
      const words = Object.keys(json).filter((one) => /^POWER\d{0,2}$/.test(one));
      for (const key of words) {
        if (there.some((one) => one.key === `light.${key}`)) continue;
        // A lamp's channels are numbered after the relays.
        if (lit && key === words.at(-1) && !there.some((one) => one.kind === "light"))
          book.entity(device.key, light(device, key, undefined, Object.keys(json)));
        else if (!there.some((one) => one.key === key)) relay(device, key);
      }
      const wifi = objectOf(get(json, "Wifi"));
      const health: [string, string, readonly (string | number)[], string | undefined][] = [];
      if (wifi && Object.hasOwn(wifi, "Signal")) health.push(["wifi_signal", "Wifi signal", ["Wifi", "Signal"], "dBm"]);
      if (wifi && Object.hasOwn(wifi, "RSSI")) health.push(["wifi_rssi", "Wifi quality", ["Wifi", "RSSI"], "%"]);
      if (Object.hasOwn(json, "UptimeSec")) health.push(["uptime", "Uptime", ["UptimeSec"], "s"]);
      if (Object.hasOwn(json, "Vcc")) health.push(["vcc", "Supply voltage", ["Vcc"], "V"]);
      for (const [key, name, path, unit] of health)
        book.entity(
          device.key,
          single({ key, name, kind: "sensor", category: "diagnostic" }, reading(device, "STATE", path, unit, "number")),
        );
    }

    /** `described`: by the discovery message, in which a text is a sensor's value and null is one that is not known yet. */
    function sensors(device: TasmotaDevice, json: JsonObject | undefined, described = false): void {
      if (!json || !present(device)) return;
      for (const key of Object.keys(json).filter((one) => /^Shutter\d{1,2}$/.test(one)))
        book.entity(device.key, shutter(device, key.slice(7)));
      device.units.temperature = textOf(get(json, "TempUnit")) ?? device.units.temperature;
      device.units.pressure = textOf(get(json, "PressureUnit")) ?? device.units.pressure;
      const speed = textOf(get(json, "SpeedUnit"), 20) ?? device.units.speed;
      if (speed !== undefined) device.units.speed = speed;
      for (const key of Object.keys(json).filter((one) => /^Switch\d{1,2}$/.test(one)))
        if (json[key] === device.words.on || json[key] === device.words.off)
          book.entity(
            device.key,
            single(
              {
                key,
                name: device.switches[Number(key.slice(6)) - 1] ?? titled(key.replace(/(\d+)$/, " $1")),
                kind: "binary_sensor",
              },
              {
                filter: `${device.tele}/SENSOR`,
                value: jsonPath(key),
                partial: true,
                type: "boolean",
                payloads: { on: device.words.on, off: device.words.off },
                ...availability(device),
              },
            ),
          );
      const there = described ? undefined : new Map(book.get(device.key)?.entities.map((one) => [one.key, one]));
      for (const { path, value } of leavesOf(json)) {
        const key = [...path].reverse().find((step) => typeof step === "string") ?? "";
        if (isOther(path, key)) continue;
        const isText = typeof value === "string" && !NUMERIC.test(value);
        const known = there?.get(path.join("."))?.parts[0]?.registration.type;
        // Only what was described may be a text: elsewhere a text mostly identifies or explains something.
        if (isText && !described) continue;
        const name = path.map((step) => (typeof step === "number" ? String(step + 1) : titled(step))).join(" ");
        const unit = isText ? undefined : unitOfPath(path, device.units);
        const type = isText || known === "text" ? "text" : value === null && unit === undefined ? undefined : "number";
        book.entity(
          device.key,
          single({ key: path.join("."), name, kind: "sensor" }, reading(device, "SENSOR", path, unit, type)),
        );
      }
    }
  },
};

const IGNORED = new Set(["Time", "TempUnit", "PressureUnit", "SpeedUnit", "Id", "TotalStartTime"]);
const NUMERIC = /^[+-]?\d+(?:\.\d+)?$/;
/** Whether it is no sensor: a unit or an id, a shutter, a reader of cards. */
const isOther = (path: readonly (string | number)[], key: string): boolean =>
  path.length < 2 ||
  IGNORED.has(key) ||
  /^(Shutter\d+|PN532|RDM6300)$/.test(String(path[0])) ||
  (path[0] === "ZbReceived" && ZIGBEE.has(key));

/** Members of a Zigbee bridge's messages that identify the device. */
const ZIGBEE = new Set(["Device", "Endpoint", "Group", "IEEEAddr"]);

const textsOf = (json: JsonObject, key: string): (string | undefined)[] =>
  listOf(get(json, key)).map((one) => textOf(one));

/** The names that every device has until its owner gives another one: Tasmota, Tasmota2, Tasmota DS. */
const isDefaultName = (name: string): boolean => /^tasmota\d*$/i.test(name);

/**
 * The device's own name; that of its first relay where it has none or begins with the firmware's. Such names are seldom unique, so they
 * have the topic beside them.
 */
function deviceNameOf(json: JsonObject, names: readonly (string | undefined)[], topic: string): string {
  const own = textOf(get(json, "dn"));
  if (own !== undefined && !/^tasmota(?![a-z])/i.test(own)) return own;
  return `${names[0] ?? own ?? "Tasmota"} (${topic})`;
}

const isWord = (message: Message): boolean => /^[A-Za-z0-9]{1,20}$/.test(message.text(20) ?? "");

function topicsOf({ levels }: Message) {
  const leaf = levels.at(-1) ?? "";
  if (!/^(STATE|SENSOR|LWT|POWER\d*)$/.test(leaf)) return undefined;
  const first = levels[0] === "tele" || levels[0] === "stat";
  const kind = (first ? levels[0] : levels.at(-2)) as "tele" | "stat";
  const middle = (first ? levels.slice(1, -1) : levels.slice(0, -2)).join("/");
  if (middle === "" || (kind !== "tele" && kind !== "stat")) return undefined;
  const at = (prefix: string): string => (first ? `${prefix}/${middle}` : `${middle}/${prefix}`);
  return { key: middle, leaf, kind, tele: at("tele"), stat: at("stat"), cmnd: at("cmnd") };
}
