import { PER_LINE } from "./align";

/** The indexes of a number's columns among the series (0 is time). */
export const seriesOf = (number: number, numbers: number) => ({
  max: 1 + number * PER_LINE,
  min: 2 + number * PER_LINE,
  mean: 3 + number * PER_LINE,
  /** The value of the compared span. */
  past: 1 + numbers * PER_LINE + number,
});
