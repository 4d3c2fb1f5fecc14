import type { PointInfo } from "@/lib/point";
import type { AxesMode } from "./axes";
import { scalesOf } from "./scale";

/** A point on a chart. Numbers are lines with an envelope, booleans and texts are lanes of states below them. */
export interface Line {
  point: PointInfo;
  label: string;
  /** Selects its colour and dashes. */
  slot: number;
  kind: "number" | "state";
  /** The scale of a number; empty for a state. */
  scale: string;
  unit: string | undefined;
}

/** The lines in the order of the points. A point of unknown type is treated as a number. */
export function linesOf(points: readonly PointInfo[], axes: AxesMode, titles?: ReadonlyMap<string, string>): Line[] {
  const numbers = points.filter((p) => kindOf(p) === "number");
  const scales = scalesOf(numbers, axes);
  return points.map((point, slot) => ({
    point,
    slot,
    label: titles?.get(point.id) ?? point.name,
    kind: kindOf(point),
    scale: scales[numbers.indexOf(point)] ?? "",
    unit: point.unit,
  }));
}

const kindOf = ({ type, command }: PointInfo): Line["kind"] => {
  if (type === "boolean" || type === "text") return "state";
  return type === undefined && command?.kind === "switch" ? "state" : "number";
};
