import { type CompositeKind, roleLabelOf } from "@/lib/composite/roles";
import { t } from "@/lib/texts/t";

/** What a part is called, in its tile and in the form of its registration. A role that the kind does not draw is shown as written. */
export function partLabel(kind: CompositeKind, role: string): string {
  const key = roleLabelOf(kind, role);
  return key ? t(key) : role;
}
