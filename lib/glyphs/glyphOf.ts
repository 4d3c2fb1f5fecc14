import type { PointInfo } from "../point";
import { BY_COMMAND, BY_KIND, BY_UNIT, BY_WORD } from "./tables";

/** What decides which glyph a point has. */
type Pictured = Pick<PointInfo, "name" | "type" | "unit" | "holds" | "command" | "part" | "deviceClass"> & {
  icon?: string | undefined;
};

/**
 * The glyph of a point as the page asks for it (`/icons/…`, components/kit/Glyph.tsx): the name of a built-in one, or `built-in/chosen`
 * where the registration names its own. The built-in one stands in for a name that the icon set does not have.
 */
export function glyphOf(point: Pictured): string {
  const own = point.icon?.replace(/^mdi:/, "");
  const usual = usualGlyph(point);
  return own === undefined || own === usual ? usual : `${usual}/${own}`;
}

function usualGlyph({ name, deviceClass = "", type, unit, holds, command, part }: Pictured): string {
  return (
    BY_KIND.get(holds ?? (part && partKind(part)) ?? "") ??
    glyphOfWords(name) ??
    glyphOfWords(deviceClass) ??
    (unit === undefined ? undefined : BY_UNIT.get(unit.toLowerCase())) ??
    BY_COMMAND[command?.kind ?? "none"] ??
    (type === "boolean" ? "circle-outline" : type === "text" ? "text-short" : "numeric")
  );
}

/** Only the main part of a lamp or blind looks like it; its other parts are said by their names. */
const partKind = ({ kind, role }: NonNullable<Pictured["part"]>): string | undefined =>
  role === undefined || MAIN.has(role) ? kind : undefined;
const MAIN: ReadonlySet<string> = new Set(["power", "state", "position", "brightness", "current"]);

/** The last word counts: "Boiler pressure" is a pressure, "House battery" a battery. */
function glyphOfWords(name: string): string | undefined {
  let found: string | undefined;
  for (const word of name.toLowerCase().split(/[^\p{L}\p{N}]+/u)) found = BY_WORD.get(word) ?? found;
  return found;
}
