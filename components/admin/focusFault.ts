import type { RefObject } from "react";

/** The first field that is wrong, once React has drawn the errors: on a phone it is seldom on the screen. */
export function focusFirstFault(form: RefObject<HTMLFormElement | null>): void {
  requestAnimationFrame(() => focusField(form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')));
}

/** Opens what it is folded into. */
export function focusField(field: HTMLElement | null | undefined): void {
  for (let box = field?.closest("details"); box; box = box.parentElement?.closest("details")) box.open = true;
  field?.focus();
}
