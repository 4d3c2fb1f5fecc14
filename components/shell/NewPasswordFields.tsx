import type { ApiProblem } from "@/components/api";
import { newPasswordError, repeatError } from "@/components/kit/passwordFields";
import { Banner } from "@/components/ui/Banner";
import { Field, TextInput } from "@/components/ui/Field";
import { t } from "@/lib/texts/t";

/** What is wrong, by the field's name; `form`: with the whole. */
export type FormErrors = Readonly<Record<string, string | undefined>>;

/** What can be known before the form is sent. Undefined: nothing is wrong. */
export function newPasswordErrors(name: string, password: string, repeat: string): FormErrors | undefined {
  const found = { [name]: newPasswordError(password), repeat: repeatError(password, repeat) };
  return Object.values(found).some(Boolean) ? found : undefined;
}

/** A refusal, at the fields that it names. */
export function refusalErrors(problem: ApiProblem, names: readonly string[]): FormErrors {
  const details = names.map((name) => [name, problem.fields.find(({ pointer }) => pointer === `/${name}`)?.detail]);
  return details.some(([, detail]) => detail) ? Object.fromEntries(details) : { form: problem.message };
}

/** A new password, twice, and what is wrong with the form. */
export function NewPasswordFields({
  name,
  label,
  again,
  errors,
}: {
  name: string;
  label: string;
  again: string;
  errors: FormErrors;
}) {
  return (
    <>
      <Field label={label} error={errors[name]} hint={errors[name] ? undefined : t("shell.passwordHint")}>
        <TextInput name={name} type="password" required autoComplete="new-password" />
      </Field>
      <Field label={again} error={errors.repeat}>
        <TextInput name="repeat" type="password" required autoComplete="new-password" />
      </Field>
      {errors.form && (
        <Banner tone="critical" live>
          {errors.form}
        </Banner>
      )}
    </>
  );
}
