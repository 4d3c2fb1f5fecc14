import { t } from "@/lib/texts/t";

const whole = new Intl.NumberFormat(undefined);
const UNITS = ["kB", "MB", "GB", "TB"] as const;

/** A whole number in the browser's number format: “12,345”. */
export const wholeText = (n: number): string => whole.format(n);

/** A size in decimal units. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return t("kit.byteCount", { count: bytes });
  let size = bytes / 1000;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`;
}
