import { partLabel } from "@/components/kit/partLabel";
import { MOVES } from "@/lib/composite/cover";
import type { CompositeKind } from "@/lib/composite/roles";

/** The accessible name of a part's control: "Desk lamp brightness", "Open Bedroom blind"; of the switch the name of the whole. */
export function partName(kind: CompositeKind, title: string, role: string): string {
  if (role === "power") return title;
  if (MOVES.has(role)) return `${partLabel(kind, role)} ${title}`;
  return `${title} ${partLabel(kind, role).toLowerCase()}`;
}
