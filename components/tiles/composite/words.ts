import { MOVES } from "@/lib/composite/cover";
import { ROLE_LABELS } from "@/lib/composite/roles";

/** A role in words, as a label. */
export const roleLabel = (role: string): string =>
  (Object.hasOwn(ROLE_LABELS, role) ? ROLE_LABELS[role] : undefined) ?? role.charAt(0).toUpperCase() + role.slice(1);

/** The accessible name of a part's control: "Desk lamp brightness", "Open Bedroom blind"; of the switch the name of the whole. */
export function partName(title: string, role: string): string {
  if (role === "power") return title;
  if (MOVES.has(role)) return `${roleLabel(role)} ${title}`;
  return `${title} ${roleLabel(role).toLowerCase()}`;
}
