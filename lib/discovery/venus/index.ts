import type { Convention } from "../convention";
import type { EntityKind, FoundEntity } from "../found";
import { get, type Message, numberOf, shapeOf, textOf } from "../message";
import { single, tidy, titled } from "../proposals";

/** Units by the last level of a path (https://github.com/victronenergy/venus/wiki/dbus); Venus OS sends bare values. */
const UNITS: Readonly<Record<string, string>> = {
  Voltage: "V",
  Current: "A",
  Power: "W",
  Soc: "%",
  Temperature: "°C",
  Frequency: "Hz",
  F: "Hz",
  V: "V",
  I: "A",
  P: "W",
  S: "VA",
  TimeToGo: "s",
  ConsumedAmphours: "Ah",
  Capacity: "Ah",
  InstalledCapacity: "Ah",
  Level: "%",
  Remaining: "m³",
  Humidity: "%",
  Pressure: "hPa",
  SolarIrradiance: "W/m²",
  WindSpeed: "m/s",
  ExternalTemperature: "°C",
  CellTemperature: "°C",
  Forward: "kWh",
  Reverse: "kWh",
};
/** Paths whose last level says too little. */
const PATHS: Readonly<Record<string, string>> = {
  "Yield/Power": "W",
  "Yield/User": "kWh",
  "Yield/System": "kWh",
  "History/Daily/0/Yield": "kWh",
  "Ac/Energy/Forward": "kWh",
  "Ac/Energy/Reverse": "kWh",
  "Pv/V": "V",
};

/** What a word means for one kind of service, where that is something else. */
const OF_SERVICE: Readonly<Record<string, string>> = {
  "tank/Capacity": "m³",
  "gps/Position/Latitude": "°",
  "gps/Position/Longitude": "°",
};

/** What a person looks at; the thousands of settings and counters beside it are left to the explorer. */
const SHOWN =
  /^(Dc\/|Ac\/|Pv\/|Yield\/|Soc$|Soh$|TimeToGo$|ConsumedAmphours$|State$|Mode$|Level$|Remaining$|Capacity$|Temperature$|Humidity$|Pressure$|Relay\/\d+\/State$|WindSpeed$|SolarIrradiance$|ExternalTemperature$|CellTemperature$|Position\/|Alarms\/|Load\/|Connected$|History\/Daily\/0\/Yield$)/;
/** What may be operated, and how. */
const SETTABLE: readonly [RegExp, "switch" | "number"][] = [
  [/^Relay\/\d+\/State$/, "switch"],
  [/^Ac\/In\/\d+\/CurrentLimit$|^Ac\/ActiveIn\/CurrentLimit$/, "number"],
];

/**
 * Victron Venus OS (https://github.com/victronenergy/dbus-flashmq): `N/<portal>/<service>/<instance>/<path>` with `{"value": …}`, written
 * on `W/…`. It falls silent unless `R/<portal>/keepalive` is published at least once a minute.
 */
export const venus: Convention = {
  id: "venus",
  label: "Victron Venus OS",
  filters: ["N/+/+/+/#"],
  keepAlive: ({ key }) => ({ topic: `R/${key.split("/")[0]}/keepalive`, payload: "", everyMs: 30_000 }),
  repeats: (message) => (/Name$/.test(message.topic) ? undefined : `${message.topic} ${shapeOf(message.json(), 1)}`),
  create(book) {
    return (message) => {
      const [, portal = "", service = "", instance = "", ...rest] = message.levels;
      const path = rest.join("/");
      const json = message.object();
      if (!json || !Object.hasOwn(json, "value") || path === "" || service === "settings") return;
      const key = `${portal}/${service}/${instance}`;
      if (path === "CustomName" || path === "ProductName") return named(key, service, path, textOf(get(json, "value")));
      // The one retained message, which tells whom to keep awake.
      const found = service === "system" && path === "Serial";
      if (!found && !SHOWN.test(path)) return;
      if (!book.has(key) && !book.device(key, { name: `${titled(service)} ${instance}`, maker: "Victron Energy" }))
        return;
      const entity = found ? undefined : entityOf(message, path);
      if (entity) book.entity(key, entity);
    };

    /** What its owner calls it wins over what it is. */
    function named(key: string, service: string, path: string, name: string | undefined): void {
      if (name === undefined) return;
      const before = book.get(key);
      const own =
        before?.model !== undefined && before.name !== before.model && !before.name.startsWith(`${titled(service)} `);
      if (path === "ProductName")
        book.device(key, { name: own && before ? before.name : name, maker: "Victron Energy", model: name });
      else book.device(key, { name, maker: "Victron Energy" });
    }
  },
};

function entityOf(message: Message, path: string): FoundEntity | undefined {
  const value = get(message.object(), "value");
  if (typeof value === "object" && value !== null) return undefined;
  const last = path.split("/").at(-1) ?? path;
  const set = SETTABLE.find(([pattern]) => pattern.test(path))?.[1];
  const unit =
    OF_SERVICE[`${message.levels[2]}/${path}`] ??
    (Object.hasOwn(PATHS, path) ? PATHS[path] : undefined) ??
    (Object.hasOwn(UNITS, last) ? UNITS[last] : undefined);
  const kind: EntityKind = set ?? "sensor";
  const max = numberOf(get(message.object(), "max"));
  const limits = { min: numberOf(get(message.object(), "min")) ?? 0, max: max !== undefined && max > 0 ? max : 100 };
  const write = message.topic.replace(/^N\//, "W/");
  return single(
    tidy({
      key: path,
      name: path.split("/").map(titled).join(" "),
      kind,
      category: path.startsWith("Alarms/") ? ("diagnostic" as const) : undefined,
    }),
    tidy({
      filter: message.topic,
      value: "$.value",
      type:
        set === "switch"
          ? ("boolean" as const)
          : typeof value === "string"
            ? ("text" as const)
            : // Nothing yet: what will come is known by its unit only.
              value === null && unit === undefined && set === undefined
              ? undefined
              : ("number" as const),
      unit: set === "switch" ? undefined : unit,
      payloads: set === "switch" ? { on: "1", off: "0" } : undefined,
      command:
        set === "switch"
          ? { topic: write, payloads: { on: '{"value":1}', off: '{"value":0}' } }
          : set === "number"
            ? { topic: write, template: '{"value":{{value}}}', ...limits }
            : undefined,
      // The gateway's own link is known by whether it speaks at all.
      staleAfter: "3m",
    }),
  );
}
