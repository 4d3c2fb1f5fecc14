import { appendFileSync } from "node:fs";
import type { BUDGETS } from "./budgets.mjs";

export type BudgetName = keyof typeof BUDGETS;

/** One line of the table: what was measured, beside what nobody can do without on this machine, in this run. */
export interface Row {
  what: string;
  value: number;
  unit: string;
  /** The bare limit in the same unit, and what it is. */
  bare?: number;
  of?: string;
  /** value / bare. */
  ratio?: number;
  /** Its entry in the table of budgets; absent: printed, not judged. */
  budget?: BudgetName;
  /** The most that the smoke form allows of the ratio: a gross regression on any machine, however busy. Absent: printed, not judged. */
  smoke?: number;
}

/** The short form in `npm test`: judged by ratios alone. */
export const SMOKE = process.env.TELLTALE_BENCH_SMOKE === "1";

/** Rounds for people: three significant digits, no exponent. */
export const short = (n: number): number => (Math.abs(n) >= 1000 ? Math.round(n) : Number(n.toPrecision(3)));

/** Prints the row, and hands it to run.mjs for the table. */
export function report(row: Row): Row {
  const full = {
    ...row,
    ...(row.bare !== undefined && row.bare > 0 && row.ratio === undefined && { ratio: row.value / row.bare }),
  };
  const file = process.env.TELLTALE_BENCH_ROWS;
  if (file) appendFileSync(file, `${JSON.stringify(full)}\n`);
  const beside =
    full.bare === undefined
      ? ""
      : `  (${full.ratio === undefined ? "" : `${short(full.ratio)} × `}${full.of}: ${short(full.bare)} ${row.unit})`;
  console.log(`  ${full.what}: ${short(full.value)} ${full.unit}${beside}`);
  return full;
}
