import { sayValue } from "@/components/kit/figure";
import type { TileState } from "@/components/kit/tileState";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { t } from "@/lib/texts/t";

/** A point of a section, with the state that its tile shows. */
export interface Summed {
  info: Pick<PointInfo, "icon" | "type" | "unit" | "precision" | "words" | "part">;
  value: Value;
  state: Pick<TileState, "state" | "level">;
}

const LAMPS = /^(?:light|ceiling-|desk-)?(?:bulb|lamp|light)/;
const DOORS = /^(?:door|window-closed|garage)/;
/** More would be read as a list. */
const MOST = 4;

/**
 * What a section says of itself in one line, "4.7–21.2 °C · 2 lamps on · 1 critical": what is on or open and what asks for a person. Only of
 * values that are so now. Empty: nothing worth a line.
 */
export function sectionSummary(points: readonly Summed[], locale: string): string[] {
  const current = points.filter(({ state: { state } }) => state === "live" || state === "alarm");
  const count = (is: (point: Summed) => boolean): number => current.filter(is).length;
  const inState = (name: string): number =>
    points.filter(({ state: { state, level } }) => (level ?? state) === name).length;
  const said = (n: number, text: (args: { count: number }) => string): string | undefined =>
    n > 0 ? text({ count: n }) : undefined;
  return [
    temperatures(current, locale),
    said(count(isOnAnd(LAMPS)), (args) => t("dashboard.lampsOn", args)),
    said(count(isOnAnd(DOORS)), (args) => t("dashboard.open", args)),
    said(inState("critical"), (args) => t("dashboard.critical", args)),
    said(inState("warning"), (args) => t("dashboard.warnings", args)),
    said(inState("offline"), (args) => t("dashboard.offline", args)),
  ]
    .filter((part) => part !== undefined)
    .slice(0, MOST);
}

/** Usual of the glyph, without the chosen one behind it. */
const isOnAnd =
  (glyphs: RegExp) =>
  ({ info, value }: Summed): boolean =>
    (info.part?.role ?? "power") === "power" &&
    (value === true || (typeof value === "number" && value > 0 && info.unit === "%")) &&
    glyphs.test(info.icon ?? "");

/** The lowest to the highest of what is measured as air; freezers and boilers have glyphs of their own. */
function temperatures(points: readonly Summed[], locale: string): string | undefined {
  const measured = points.filter(
    ({ info, value }) =>
      typeof value === "number" && info.unit?.startsWith("°") && info.icon?.startsWith("thermometer"),
  );
  const [first, ...rest] = measured.toSorted((a, b) => (a.value as number) - (b.value as number));
  const last = rest.at(-1);
  if (!first) return undefined;
  const low = sayValue(first.value, first.info, locale);
  if (!last || last.info.unit !== first.info.unit) return low;
  const high = sayValue(last.value, last.info, locale);
  const bare = sayValue(first.value, { ...first.info, unit: undefined }, locale);
  return low === high ? low : `${bare}–${high}`;
}
