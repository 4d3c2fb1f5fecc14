import { dropUndefined } from "../../dropUndefined";
import type { Proposal } from "../announced";
import { boundedMap } from "../convention";
import { type Leaf, leafEntity } from "../leaf";
import { get, type Message } from "../message";
import { prefixed } from "../prefixed";
import { composite } from "../proposals";
import { isWord, plainNumber, shortText } from "../scalar";

const flag = (name: string, on: string, off: string): Leaf => ({ name, is: "flag", words: { on, off } });
const open = (name: string): Leaf => flag(name, "Open", "Closed");
const text = (name: string, diagnostic?: boolean): Leaf => ({ name, is: "text", ...(diagnostic && { diagnostic }) });

/**
 * What TeslaMate says of a car (https://docs.teslamate.org/docs/integrations/mqtt; what the charger's values are in stands in its
 * integrations/home_assistant). Its documentation calls `power` watts in one place and kilowatts in another, so it has no unit here.
 */
const CAR: Readonly<Record<string, Leaf>> = {
  state: text("State"),
  healthy: { ...flag("Logger healthy", "OK", "Problem"), diagnostic: true },
  version: text("Software version", true),
  update_available: { ...flag("Update available", "Update available", "Up to date"), diagnostic: true },
  update_version: text("Update version", true),
  geofence: text("Geofence"),
  shift_state: text("Shift state"),
  power: { name: "Power" },
  speed: { name: "Speed", unit: "km/h" },
  heading: { name: "Heading", unit: "°" },
  elevation: { name: "Elevation", unit: "m" },
  locked: flag("Locked", "Locked", "Unlocked"),
  sentry_mode: { name: "Sentry mode", is: "flag" },
  windows_open: open("Windows"),
  doors_open: open("Doors"),
  trunk_open: open("Trunk"),
  frunk_open: open("Frunk"),
  is_user_present: { name: "User present", is: "flag" },
  is_climate_on: { name: "Climate on", is: "flag" },
  is_preconditioning: { name: "Preconditioning", is: "flag" },
  inside_temp: { name: "Inside temperature", unit: "°C" },
  outside_temp: { name: "Outside temperature", unit: "°C" },
  odometer: { name: "Odometer", unit: "km" },
  est_battery_range_km: { name: "Estimated battery range", unit: "km" },
  rated_battery_range_km: { name: "Rated battery range", unit: "km" },
  ideal_battery_range_km: { name: "Ideal battery range", unit: "km" },
  battery_level: { name: "Battery level", unit: "%" },
  usable_battery_level: { name: "Usable battery level", unit: "%" },
  plugged_in: flag("Plugged in", "Plugged in", "Unplugged"),
  charge_energy_added: { name: "Charge energy added", unit: "kWh" },
  charge_limit_soc: { name: "Charge limit", unit: "%" },
  charge_port_door_open: open("Charge port door"),
  charger_actual_current: { name: "Charger current", unit: "A" },
  charger_phases: { name: "Charger phases" },
  charger_power: { name: "Charger power", unit: "kW" },
  charger_voltage: { name: "Charger voltage", unit: "V" },
  time_to_full_charge: { name: "Time to full charge", unit: "h" },
};
const known = (key: string): Leaf | undefined => (Object.hasOwn(CAR, key) ? CAR[key] : undefined);

/** `<prefix>/cars/<number>/<key>`; an instance of several has its own level before `cars`. */
function carOf(below: readonly string[]): { home: readonly string[]; id: string; key: string } | undefined {
  const at = below.indexOf("cars");
  if (at < 0 || at > 1 || below.length !== at + 3 || !/^\d{1,4}$/.test(below[at + 1] ?? "")) return undefined;
  return { home: below.slice(0, at), id: below[at + 1] as string, key: below[at + 2] as string };
}

const isHealthy = (message: Message, below: readonly string[]): boolean =>
  carOf(below) !== undefined && isWord(message, "true", "false");
/** Below the usual prefix any of its values is clear enough. */
const isUsual = (message: Message, below: readonly string[]): boolean => {
  const car = carOf(below);
  const leaf = message.levels[0] === "teslamate" && car ? known(car.key) : undefined;
  return leaf !== undefined && leafEntity("x", leaf, {}, message) !== undefined;
};

/** TeslaMate. A car that sleeps is there; `healthy` says whether what is said of it is to be trusted. */
export const teslamate = prefixed({
  id: "teslamate",
  label: "TeslaMate",
  prefixes: ["teslamate"],
  marks: [
    { below: "cars/+/healthy", mark: "healthy", fits: isHealthy },
    { below: "+/cars/+/healthy", mark: "healthy", fits: isHealthy },
    { below: "cars/+/rated_battery_range_km", mark: "range", fits: (message) => plainNumber(message) !== undefined },
    { below: "cars/+/+", mark: "usual", fits: isUsual },
    { below: "+/cars/+/+", mark: "usual", fits: isUsual },
  ],
  isClear: (marks) => marks.has("usual") || (marks.has("healthy") && marks.has("range")),
  create(book) {
    const cars = boundedMap<{ name?: string; model?: string }>(500);
    return (prefix, below, message) => {
      const at = carOf(below);
      if (!at) return;
      const base = [prefix, ...at.home, "cars", at.id].join("/");
      const car = cars.open(base, () => ({}));
      if (at.key === "display_name" || at.key === "model") {
        const said = shortText(message, 80);
        if (said === undefined) return;
        if (at.key === "model") car.model = /^[A-Z0-9]$/i.test(said) ? `Model ${said.toUpperCase()}` : said;
        else car.name = said;
        if (at.key === "display_name" || book.has(base)) announce();
        return;
      }
      const common: Proposal = {
        filter: message.topic,
        availability: { filter: `${base}/healthy`, online: "true", offline: "false" },
      };
      if (at.key === "location") {
        if (get(message.object(), "latitude") === undefined || get(message.object(), "longitude") === undefined) return;
        announce();
        book.entity(
          base,
          composite({ key: "location", name: "Location", kind: "location" }, [
            { role: "latitude", registration: { ...common, value: "$.latitude", type: "number", unit: "°" } },
            { role: "longitude", registration: { ...common, value: "$.longitude", type: "number", unit: "°" } },
            { role: "place", registration: { ...common, format: "location" } },
          ]),
        );
        return;
      }
      const leaf = known(at.key);
      const entity = leaf && leafEntity(at.key, leaf, common, message);
      if (!entity) return;
      if (!book.has(base)) announce();
      book.entity(base, entity);

      function announce(): void {
        book.device(
          base,
          dropUndefined({ name: car.name ?? `Car ${at?.id}`, maker: "Tesla", model: car.model, unnamed: !car.name }),
        );
      }
    };
  },
});
