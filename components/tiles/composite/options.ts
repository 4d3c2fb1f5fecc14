import type { PointId } from "@/lib/ids";
import { err, ok } from "@/lib/result";
import { t } from "@/lib/texts/t";
import { type Field, optionsOf } from "../shared/options";

const MOST = 16;

export interface CompositeOptions {
  /** The points in addition to the tile's own, by role. A role that the kind does not have is kept, but not shown. */
  parts: Readonly<Record<string, PointId>>;
}

const parts: Field<CompositeOptions["parts"]> = (given) => {
  if (given === undefined) return ok({});
  const wrong = err<string>(t("tiles.mustNameParts", { most: MOST }));
  if (typeof given !== "object" || given === null || Array.isArray(given)) return wrong;
  const entries = Object.entries(given);
  if (entries.length > MOST || !entries.every(([, id]) => typeof id === "string" && id !== "")) return wrong;
  return ok(Object.fromEntries(entries) as CompositeOptions["parts"]);
};

export const compositeOptions = optionsOf<CompositeOptions>({ parts });

/** The rows of the grid that a tile with this many parts needs. */
export function rowsFor(options: Record<string, unknown> | undefined): number {
  const named = options?.parts;
  const count = typeof named === "object" && named !== null ? Object.keys(named).length : 0;
  return count === 0 ? 2 : count <= 5 ? 4 : 6;
}
