"use client";

import { useEffect } from "react";

/**
 * Asks before what was written is lost: by closing or reloading, where the browser asks by itself, and by a link to another page
 * of Telltale, which leaves without a reload and so without that question. A link with `data-discard` means it.
 */
export function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    const ask = (event: MouseEvent) => {
      if (!leavesHere(event) || window.confirm("Leave without saving? What you changed here is lost.")) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("beforeunload", hold);
    // On the window and on the way down: before the router hears of it.
    window.addEventListener("click", ask, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", hold);
      window.removeEventListener("click", ask, { capture: true });
    };
  }, [dirty]);
}

/** Whether this click takes the present page to another one of Telltale. */
function leavesHere(event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!link || link.dataset.discard !== undefined || (link.target !== "" && link.target !== "_self")) return false;
  return link.origin === window.location.origin && link.pathname !== window.location.pathname;
}
