import type { CompositeKind } from "@/lib/composite/roles";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { sayValue } from "../shared/figure";
import { scaleOf } from "../slider/scale";

const LABELS: Readonly<Record<string, string>> = {
  colorTemperature: "Colour temperature",
  color: "Colour",
  hs: "Colour",
  current: "Current",
  target: "Target",
  targetLow: "Heat to",
  targetHigh: "Cool to",
  fanMode: "Fan mode",
  humidity: "Humidity",
  targetHumidity: "Target humidity",
  oscillate: "Oscillation",
};

/** A role in words, as a label. */
export const roleLabel = (role: string): string =>
  (Object.hasOwn(LABELS, role) ? LABELS[role] : undefined) ?? role.charAt(0).toUpperCase() + role.slice(1);

/** The accessible name of a part's control: "Desk lamp brightness", "Open Bedroom blind"; of the switch the name of the whole. */
export function partName(title: string, role: string): string {
  if (role === "power") return title;
  if (MOVES.has(role)) return `${roleLabel(role)} ${title}`;
  return `${title} ${roleLabel(role).toLowerCase()}`;
}

/** The parts of a cover that are pressed, in the order of their buttons. */
export const MOVES: ReadonlySet<string> = new Set(["open", "stop", "close"]);

/** For a fan or a lamp true is on; other words stand in the registration's own values. */
const ON_OFF = { on: "On", off: "Off" };

/**
 * A part's value as people say it: brightness of 0 to 254 in per cent, mired in kelvin. Whatever has a unit of its own stays as it is.
 */
export function sayPart(
  kind: CompositeKind,
  role: string,
  point: Pick<PointInfo, "type" | "unit" | "precision" | "command" | "range">,
  locale: string,
  value: Value,
  least?: number,
): string {
  if (typeof value === "number" && kind === "light") {
    if (role === "colorTemperature" && point.unit === "mired" && value > 0)
      return `${new Intl.NumberFormat(locale).format(Math.round(1e6 / value / 50) * 50)} K`;
    if (role === "brightness" && point.unit === undefined) {
      const { min, max } = scaleOf(point);
      if (max > 100) return `${Math.round(((value - min) / (max - min)) * 100)} %`;
    }
  }
  if (kind === "cover" && role === "state" && typeof value === "string") return stateWord(value);
  return sayValue(value, point, locale, ON_OFF, least);
}

/** "opening…" while it moves; any other word as the device says it. */
export const stateWord = (said: string): string =>
  /^(opening|closing)$/i.test(said) ? `${said.toLowerCase()}…` : said;
