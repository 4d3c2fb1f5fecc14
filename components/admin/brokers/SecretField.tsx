"use client";

import { Button } from "@/components/ui/Button";
import { Field, TextArea, TextInput } from "@/components/ui/Field";
import { t } from "@/lib/texts/t";
import type { SecretDraft } from "./brokerDraft";

/** A write-only field: a stored secret is never shown, only kept, replaced or removed. */
export function SecretField({
  label,
  value,
  isSet,
  mustReenter = false,
  error,
  hint,
  long = false,
  readOnly,
  onChange,
}: {
  label: string;
  value: SecretDraft;
  /** Whether the server has a secret. */
  isSet: boolean;
  /** The address or user name changed, and the server does not send the stored secret to another broker. */
  mustReenter?: boolean;
  error?: string;
  hint?: string;
  long?: boolean;
  readOnly: boolean;
  onChange: (value: SecretDraft) => void;
}) {
  const typed = value.do === "set" ? value.text : "";
  const write = (text: string) => onChange(text === "" && isSet ? { do: "keep" } : { do: "set", text });
  const state =
    value.do === "remove"
      ? t("brokers.secretRemoved")
      : mustReenter
        ? t("brokers.secretAgain")
        : t("brokers.secretKept");
  const shared = {
    value: typed,
    readOnly,
    placeholder: isSet && !mustReenter && value.do !== "remove" ? "••••••••" : undefined,
    autoComplete: "new-password",
  };
  return (
    <Field label={label} error={error} hint={error !== undefined ? undefined : isSet ? state : hint}>
      <div className="flex items-start gap-2">
        {long ? (
          <TextArea {...shared} mono rows={3} onChange={(event) => write(event.target.value)} />
        ) : (
          <TextInput {...shared} type="password" onChange={(event) => write(event.target.value)} />
        )}
        {isSet && !readOnly && (
          <Button
            className="shrink-0"
            onClick={() => onChange(value.do === "remove" ? { do: "keep" } : { do: "remove" })}
          >
            {value.do === "remove" ? t("brokers.keepSecret") : t("brokers.remove")}
          </Button>
        )}
      </div>
    </Field>
  );
}
