import type { Choice as ShownChoice } from "@/components/ui/Field";
import type { Choice, Placeholder } from "@/lib/registration/control";
import type { Field } from "@/lib/registration/field";
import { t } from "@/lib/texts/t";
import { writeEntered } from "@/lib/units/entered";

/** What the entries of lib/registration show, in the reader's language. */

/** For the box around the control of a field. */
export const fieldTexts = ({ title, help }: Field) => ({ label: t(title), hint: help && t(help) });

export const shownChoices = <Value extends string>(choices: readonly Choice<Value>[]): ShownChoice<Value>[] =>
  choices.map(({ value, label }) => ({ value, label: t(label) }));

export function placeholderText(placeholder: Placeholder | undefined, locale: string): string | undefined {
  if (typeof placeholder === "number") return writeEntered(placeholder, locale);
  return typeof placeholder === "object" ? t(placeholder.words) : placeholder;
}
