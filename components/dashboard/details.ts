import type { MouseEvent } from "react";

/** Which point's details are open stands in the address: they can be linked to, and Back closes them. */
export const DETAILS_PARAMETER = "point";

/** A plain press opens them in the page; one with a key held does what it does on any link. */
export function openDetails(event: MouseEvent<HTMLAnchorElement>, id: string): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  const url = new URL(window.location.href);
  url.searchParams.set(DETAILS_PARAMETER, id);
  window.history.pushState(null, "", url);
}

export function closeDetails(): void {
  const url = new URL(window.location.href);
  url.searchParams.delete(DETAILS_PARAMETER);
  window.history.replaceState(null, "", url);
}
