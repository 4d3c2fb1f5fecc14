import type { PointOut } from "@/lib/api";

/** A point's value in a list: as it is, with its unit; a dash where it was never seen. */
export function valueText({ value, at, unit }: Pick<PointOut, "value" | "at" | "unit">): string {
  if (at === null) return "–";
  if (value === null) return "unknown";
  const text = typeof value === "boolean" ? (value ? "on" : "off") : String(value);
  return unit === undefined ? text : `${text} ${unit}`;
}
