import type { PointId } from "@/lib/ids";
import { err, ok } from "@/lib/result";
import { t } from "@/lib/texts/t";
import type { Field } from "./options";

/** How many points a tile shows in addition to its own. */
export const MOST_MORE = 7;

export const morePoints: Field<readonly PointId[]> = (given) => {
  if (given === undefined) return ok([]);
  const ids = Array.isArray(given) && given.every((id) => typeof id === "string" && id !== "") ? given : undefined;
  if (!ids || ids.length > MOST_MORE + 1) return err(t("tiles.mustBePoints", { most: MOST_MORE }));
  return ok(ids as PointId[]);
};
