import type { RefObject } from "react";

/** Focuses the first invalid field after React has rendered the errors: on a phone it is seldom visible. */
export function focusFirstFault(form: RefObject<HTMLFormElement | null>): void {
  requestAnimationFrame(() => focusField(form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')));
}

/** Opens the disclosures around a field and focuses it. */
export function focusField(field: HTMLElement | null | undefined): void {
  for (let box = field?.closest("details"); box; box = box.parentElement?.closest("details")) box.open = true;
  field?.focus();
}
