import { readSetting } from "@/lib/units/entered";
import { decimalOf, plainEntered } from "@/lib/units/format";
import { pointer } from "../../fieldErrors";

export type Issue = { pointer: string; detail: string };

/** Parses number fields below the pointer `at`: empty is absent; an invalid or ambiguous number becomes an issue at its field. */
export function numberReader(at: string, { issues, locale }: { issues: Issue[]; locale: string }) {
  return (text: string, ...path: PropertyKey[]): number | undefined => {
    if (text.trim() === "") return undefined;
    const read = readSetting(text, locale);
    if (read.ok) return read.value;
    issues.push({ pointer: `${at}${pointer(...path)}`, detail: read.error });
    return undefined;
  };
}

/** A number and its unit, as in "1,5 min". */
const DURATION = /^([\p{Nd}.,\s'’٫٬]*\p{Nd})(\s*[a-z]*)$/iu;

/** Parses duration fields: the number in the page's language. The schema then checks the text, also one that is not a duration. */
export function durationReader(at: string, parts: { issues: Issue[]; locale: string }) {
  const number = numberReader(at, parts);
  return (text: string, ...path: PropertyKey[]): string | undefined => {
    const [, count, unit] = DURATION.exec(text.trim()) ?? [];
    if (count === undefined) return text.trim() || undefined;
    const plain = plainEntered(count, parts.locale);
    if (plain !== undefined) return `${plain}${unit}`;
    number(count, ...path);
    return undefined;
  };
}

/** A duration with the decimal separator of this language. */
export const writeDuration = (text: string, locale: string): string =>
  text.replace(/(\d)\.(\d)/, `$1${decimalOf(locale)}$2`);
