import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";

/** "opening…" while it moves; any other state as the device reports it. */
export const stateWord = (said: string): string =>
  /^(opening|closing)$/i.test(said) ? `${said.toLowerCase()}…` : said;

export const sayOfCover = (
  role: string,
  _point: Pick<PointInfo, "unit">,
  _locale: string,
  value: Value,
): string | undefined => (role === "state" && typeof value === "string" ? stateWord(value) : undefined);
