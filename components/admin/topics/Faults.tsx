"use client";

import { type RefObject, useLayoutEffect, useState } from "react";
import { t } from "@/lib/texts/t";
import type { FieldErrors } from "../fieldErrors";
import { focusField } from "../focusFault";

/** All errors of the form, each with the label of its field and a link to it. */
export function Faults({ faults, form }: { faults: FieldErrors; form: RefObject<HTMLFormElement | null> }) {
  const [labels, setLabels] = useState<readonly (string | undefined)[]>([]);
  // Labels are read from the rendered fields, so that they are not repeated here.
  useLayoutEffect(() => {
    setLabels([...faults.keys()].map((at) => labelOf(fieldAt(form.current, at))));
  }, [faults, form]);
  if (faults.size === 0) return null;
  return (
    <div role="alert" className="max-h-32 overflow-y-auto text-sm text-crit-ink">
      <p className="font-medium">{t("registration.fieldsToMend", { count: faults.size })}</p>
      <ul className="list-disc pl-5">
        {[...faults].map(([at, detail], i) => (
          <li key={at} className="break-words">
            <button
              type="button"
              className="cursor-pointer font-medium underline underline-offset-2"
              onClick={() => focusField(fieldAt(form.current, at))}
            >
              {labels[i] ?? at.split("/").filter(Boolean).join(" › ")}
            </button>
            : {detail}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The control for this pointer, or for the nearest one above it that has a control. */
function fieldAt(form: HTMLElement | null, at: string): HTMLElement | undefined {
  for (let place = at; form && place !== ""; place = place.slice(0, place.lastIndexOf("/"))) {
    const box = form.querySelector(`[data-at="${CSS.escape(place)}"]`);
    const field =
      box?.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      box?.querySelector<HTMLElement>("input, select, textarea");
    if (field) return field;
  }
  return undefined;
}

function labelOf(field: HTMLElement | undefined): string | undefined {
  if (
    !(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)
  )
    return undefined;
  const label = field.labels?.[0]?.textContent?.trim() || field.getAttribute("aria-label") || undefined;
  const called = field.closest<HTMLElement>("[data-called]")?.dataset.called;
  return label && called ? `${called}, ${label}` : label;
}
