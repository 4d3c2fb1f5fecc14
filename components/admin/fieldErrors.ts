import type { ZodError } from "zod";
import { explainIssue } from "@/lib/explainIssue";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";

/** What is wrong where: JSON pointers (RFC 6901) into what the form edits, each with its sentence. */
export type FieldErrors = ReadonlyMap<string, string>;

const escapePart = (part: PropertyKey): string => String(part).replaceAll("~", "~0").replaceAll("/", "~1");

export const pointer = (...path: readonly PropertyKey[]): string => path.map((part) => `/${escapePart(part)}`).join("");

/** The first sentence for each place. */
export function errorsOf(issues: readonly { pointer: string; detail: string }[]): FieldErrors {
  const errors = new Map<string, string>();
  for (const issue of issues) if (!errors.has(issue.pointer)) errors.set(issue.pointer, issue.detail);
  return errors;
}

/** The schemas' issues at their places, in sentences. */
export function zodErrors(error: ZodError): { pointer: string; detail: string }[] {
  return error.issues.flatMap((issue) => {
    const empty = issue.code === "too_small" && issue.origin === "string" && issue.minimum === 1;
    return explainIssue(issue).map(({ path, message }) => ({
      pointer: pointer(...path),
      detail: empty ? t("ui.mustNotBeEmpty") : sentence(inWords(message)),
    }));
  });
}

/** The schemas' messages start in lower case, as parts of a log line; in a form they stand alone. */
export const sentence = (message: string): string => {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?:\]]$/.test(text) ? text : `${text}.`;
};

/** What is wrong at this place or below it, where no field of its own shows that. */
export function errorUnder(errors: FieldErrors, at: string): string | undefined {
  const exact = errors.get(at);
  if (exact !== undefined) return exact;
  for (const [place, detail] of errors) if (place.startsWith(`${at}/`)) return detail;
  return undefined;
}
