import { dropUndefined } from "../../dropUndefined";
import { say } from "../../texts/said";
import type { AnnouncedEntity, Proposal } from "../announced";
import type { Convention } from "../convention";
import { boundedMap } from "../convention";
import { get, type JsonObject, type Message, numberOf, objectOf, textOf } from "../message";
import { composite, single } from "../proposals";
import { legalWords } from "../words";

/** The metadata of a control, from the JSON on `meta` and from the older topics below it, in any order. */
interface Control {
  type?: string;
  units?: string;
  readonly?: boolean;
  title?: string;
  min?: number;
  max?: number;
  step?: number;
  hidden?: boolean;
  /** The values that have names. */
  options?: readonly string[];
  words?: Proposal["words"];
}

/** Units by a control's type (https://github.com/wirenboard/conventions). */
const UNITS: Readonly<Record<string, string>> = {
  temperature: "°C",
  rel_humidity: "%",
  atmospheric_pressure: "mbar",
  rainfall: "mm/h",
  wind_speed: "m/s",
  power: "W",
  power_consumption: "kWh",
  voltage: "V",
  water_flow: "m³/h",
  water_consumption: "m³",
  resistance: "Ω",
  concentration: "ppm",
  heat_power: "Gcal/h",
  heat_energy: "Gcal",
  current: "A",
  lux: "lx",
  sound_level: "dB",
  pressure: "bar",
};

/** The usual spelling of units that drivers write in ASCII. */
const SPELLED: Readonly<Record<string, string>> = {
  "deg C": "°C",
  "%, RH": "%",
  "%,RH": "%",
  deg: "°",
  Ohm: "Ω",
  mOhm: "mΩ",
  "m^3": "m³",
  "m^3/h": "m³/h",
};
const unitAs = (said: string | undefined): string | undefined =>
  said !== undefined && Object.hasOwn(SPELLED, said) ? SPELLED[said] : said;

/** Types that can be set unless the control is marked read-only. Other types can be set only if it is marked as not read-only. */
const SETTABLE = new Set(["switch", "wo-switch", "pushbutton", "range", "rgb"]);
const TEXTS = new Set(["text", "rgb", "w1-id"]);

export const wirenboard: Convention = {
  id: "wirenboard",
  label: "Wiren Board",
  filters: [
    "/devices/+/meta",
    "/devices/+/meta/name",
    "/devices/+/controls/+",
    "/devices/+/controls/+/meta",
    "/devices/+/controls/+/meta/+",
  ],
  create(book) {
    const controls = boundedMap<Control>(50_000);
    return (message) => {
      const [, , device = "", what, control, meta, field] = message.levels;
      if (device === "") return;
      if (what === "meta") return named(device, message);
      if (!control) return;
      const key = `${device}/${control}`;
      if (meta === undefined) {
        // A value shows that the control exists; its metadata may arrive later.
        if (!controls.get(key))
          renew(
            device,
            control,
            controls.open(key, () => ({})),
          );
        return;
      }
      if (message.empty) {
        if (field === undefined || field === "type") book.withdraw(device, control, say("withdrawn.takenBack"));
        return;
      }
      const entry = controls.open(key, () => ({}));
      const before = JSON.stringify(entry);
      if (field === undefined) fromJson(entry, message.object());
      else FIELDS[field]?.(entry, message.text(1000) ?? "");
      if (JSON.stringify(entry) !== before) renew(device, control, entry);
    };

    function present(device: string): boolean {
      return book.has(device) || book.device(device, { name: device, maker: "Wiren Board", model: device });
    }

    function named(device: string, message: Message): void {
      const json = message.levels[4] === undefined ? message.object() : undefined;
      const name = json
        ? (titleOf(json) ?? textOf(get(json, "name")))
        : message.levels[4] === "name"
          ? textOf(message.text(1000))
          : undefined;
      // The id contains the model: wb-mr6c_12.
      if (name !== undefined) book.device(device, { name, maker: "Wiren Board", model: device });
    }

    function renew(device: string, control: string, entry: Control): void {
      if (present(device)) book.entity(device, entityOf(device, control, entry));
    }
  },
};

/** The title, in English where there are several languages. */
function titleOf(json: JsonObject): string | undefined {
  const title = get(json, "title");
  return inEnglish(objectOf(title)) ?? textOf(title);
}

const inEnglish = (words: JsonObject | undefined): string | undefined =>
  words && (textOf(get(words, "en")) ?? textOf(Object.values(words)[0]));

function fromJson(entry: Control, json: JsonObject | undefined): void {
  if (!json) return;
  const choices = Object.entries(objectOf(get(json, "enum")) ?? {}).slice(0, 100);
  Object.assign(
    entry,
    dropUndefined({
      type: textOf(get(json, "type")),
      units: unitAs(textOf(get(json, "units"), 40)),
      readonly: typeof json.readonly === "boolean" ? json.readonly : undefined,
      hidden: get(json, "hidden") === true ? true : undefined,
      options: choices.length ? choices.map(([value]) => value) : undefined,
      words: legalWords(choices.map(([value, words]) => [value, inEnglish(objectOf(words))])),
      title: titleOf(json),
      min: numberOf(get(json, "min")),
      max: numberOf(get(json, "max")),
      step: numberOf(get(json, "precision")),
    }),
  );
}

const FIELDS: Readonly<Record<string, (entry: Control, text: string) => void>> = {
  type: (entry, text) => {
    entry.type = text.slice(0, 40);
  },
  units: (entry, text) => {
    entry.units = unitAs(text.slice(0, 40));
  },
  readonly: (entry, text) => {
    entry.readonly = text === "1" || text === "true";
  },
  name: (entry, text) => {
    // The title in JSON is better, since it has several languages.
    if (text !== "") entry.title ??= text.slice(0, 200);
  },
  precision: (entry, text) => Object.assign(entry, dropUndefined({ step: numberOf(text) })),
  min: (entry, text) => Object.assign(entry, dropUndefined({ min: numberOf(text) })),
  max: (entry, text) => Object.assign(entry, dropUndefined({ max: numberOf(text) })),
};

function entityOf(
  device: string,
  control: string,
  { type = "", units, readonly, title, min, max, step, hidden, options, words }: Control,
): AnnouncedEntity {
  const at = `/devices/${device}/controls/${control}`;
  const settable = readonly === undefined ? SETTABLE.has(type) : !readonly;
  const command = settable ? { topic: `${at}/on` } : undefined;
  // An "r" in the error means that the device cannot be read, so its value is old.
  const common: Proposal = {
    filter: at,
    ...(words && { words }),
    availability: [
      {
        filter: `${at}/meta/error`,
        jinja: "{{ 'offline' if 'r' in value else 'online' }}",
        online: "online",
        offline: "offline",
      },
      // Other texts may be the driver's last will.
      {
        filter: `/devices/${device}/meta/error`,
        jinja: "{{ 'online' if value in ['', 'w', 'p', 'wp', 'pw'] else 'offline' }}",
        online: "online",
        offline: "offline",
      },
    ],
  };
  const entity = dropUndefined({ key: control, name: title ?? control, hidden });
  if (type === "pushbutton")
    return single(
      { ...entity, kind: "button" },
      { command: { topic: `${at}/on`, press: "1" }, availability: common.availability },
    );
  if (type === "switch" || type === "wo-switch" || type === "alarm")
    return single(
      { ...entity, kind: settable ? "switch" : "binary_sensor" },
      dropUndefined({ ...common, type: "boolean" as const, payloads: { on: "1", off: "0" }, command }),
    );
  if (options && command)
    return single(
      { ...entity, kind: "select" },
      { ...common, type: "text", command: { ...command, options: [...options] } },
    );
  // "R;G;B": a lamp with only a colour.
  if (type === "rgb" && command)
    return composite({ ...entity, kind: "light" }, [
      { role: "rgb", registration: { ...common, type: "text", command } },
    ]);
  if (TEXTS.has(type) || type === "")
    return single(
      { ...entity, kind: settable ? "text" : "sensor" },
      dropUndefined({ ...common, type: type ? ("text" as const) : undefined, command }),
    );
  const unit = units ?? (Object.hasOwn(UNITS, type) ? UNITS[type] : undefined);
  const low = min ?? (type === "range" ? 0 : undefined);
  const limits = dropUndefined({
    ...(low !== undefined && max !== undefined && low < max ? { min: low, max } : {}),
    step: step !== undefined && step > 0 ? step : type === "range" ? 1 : undefined,
  });
  return single(
    { ...entity, kind: settable ? "number" : "sensor" },
    dropUndefined({ ...common, type: "number" as const, unit, command: command && { ...command, ...limits } }),
  );
}
