"use client";

import { type ComponentProps, type FormEvent, useId, useState } from "react";
import type { Control } from "@/components/kit/control";
import type { Value } from "@/lib/reading";
import type { Result } from "@/lib/result";
import { t } from "@/lib/texts/t";

/** A native input and a Set button. The entry stays until it is sent; if it is invalid, the reason is shown and nothing is sent. */
export function Entry({
  title,
  control,
  read,
  field,
}: {
  title: string;
  control: Control;
  /** Parses the entry to the value to send, or returns why it is invalid. */
  read: (typed: string) => Result<Value>;
  field: ComponentProps<"input">;
}) {
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string>();
  const faultId = useId();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const result = read(typed);
    if (!result.ok) return setFault(result.error);
    setFault(undefined);
    setTyped("");
    control.send(result.value);
  };

  return (
    <form className="entry" onSubmit={submit} noValidate>
      <div className="entry-line">
        <input
          {...field}
          className="entry-input"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          disabled={control.disabled}
          aria-label={title}
          aria-invalid={fault !== undefined || undefined}
          aria-describedby={fault ? `${faultId} ${control.describedBy}` : control.describedBy}
          autoComplete="off"
        />
        <button
          type="submit"
          className="control-button"
          disabled={control.disabled}
          aria-describedby={control.describedBy}
        >
          {t("tiles.set")}
        </button>
      </div>
      {fault && (
        <p id={faultId} className="entry-fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  );
}
