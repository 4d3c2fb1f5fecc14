import { t } from "@/lib/texts/t";
import { pointer } from "../../fieldErrors";
import type { ValueDraft } from "./draft";

const KEY = /^[A-Za-z0-9_-]{1,64}$/;

/** The pointer of a row of values: by its key, or by its index while the key is invalid. */
export const rowPointer = (rows: readonly ValueDraft[], index: number): string => {
  const row = rows[index];
  return row && keyError(rows, index) === undefined ? pointer("values", row.key.trim()) : pointer("rows", index);
};

export function keyError(rows: readonly ValueDraft[], index: number): string | undefined {
  const key = rows[index]?.key.trim() ?? "";
  if (!KEY.test(key)) return t("registration.keyFault");
  // The schema library would silently drop it.
  if (key === "__proto__") return t("registration.keyReserved", { key });
  const first = rows.findIndex((row) => row.key.trim() === key);
  return first === index ? undefined : t("registration.keyTwice", { key });
}
