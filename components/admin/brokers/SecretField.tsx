"use client";

import { Button } from "@/components/ui/Button";
import { Field, TextArea, TextInput } from "@/components/ui/Field";
import type { SecretDraft } from "./brokerDraft";

/** A write-only field: what is set is never shown, only kept, replaced or removed. */
export function SecretField({
  label,
  value,
  isSet,
  error,
  hint,
  long = false,
  readOnly,
  onChange,
}: {
  label: string;
  value: SecretDraft;
  /** The server has one. */
  isSet: boolean;
  error?: string;
  hint?: string;
  long?: boolean;
  readOnly: boolean;
  onChange: (value: SecretDraft) => void;
}) {
  const typed = value.do === "set" ? value.text : "";
  const write = (text: string) => onChange(text === "" && isSet ? { do: "keep" } : { do: "set", text });
  const state = value.do === "remove" ? "Will be removed on saving." : "Set; leave empty to keep it.";
  const shared = {
    value: typed,
    readOnly,
    placeholder: isSet && value.do !== "remove" ? "••••••••" : undefined,
    autoComplete: "new-password",
  };
  return (
    <Field label={label} error={error} hint={isSet ? state : hint}>
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
            {value.do === "remove" ? "Keep" : "Remove"}
          </Button>
        )}
      </div>
    </Field>
  );
}
