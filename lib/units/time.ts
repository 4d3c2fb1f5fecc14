/** Times of day have 24 hours wherever they stand, as on the axis of a chart: "11 PM" here and "23" there would be two clocks. */
export const timeFormat = (options: Intl.DateTimeFormatOptions, locale?: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, { ...options, hourCycle: "h23" });
