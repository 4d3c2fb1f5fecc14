import { optionalRange, optionsOf } from "../shared/options";

export interface GaugeOptions {
  /** The dial's ends; absent: the point's range, its command's, or 0 to 100. */
  range: readonly [number, number] | undefined;
}
export const gaugeOptions = optionsOf<GaugeOptions>({ range: optionalRange });
