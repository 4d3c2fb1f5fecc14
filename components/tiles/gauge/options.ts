import { optionalRange, optionsOf } from "../shared/options";

export interface GaugeOptions {
  /** The ends of the dial; undefined: the point's range, its command's limits, or 0 to 100. */
  range: readonly [number, number] | undefined;
}
export const gaugeOptions = optionsOf<GaugeOptions>({ range: optionalRange });
