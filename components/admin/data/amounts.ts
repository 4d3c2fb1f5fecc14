const whole = new Intl.NumberFormat(undefined);
const UNITS = ["kB", "MB", "GB", "TB"] as const;

/** As “12,345 readings”, “1 line”. */
export const countOf = (n: number, one: string, many = `${one}s`): string =>
  `${whole.format(n)} ${n === 1 ? one : many}`;

/** Decimal, as disks are sold. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return countOf(bytes, "byte");
  let size = bytes / 1000;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`;
}
